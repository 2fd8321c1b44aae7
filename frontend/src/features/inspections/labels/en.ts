import letters from './letters.en'

export default {
  letters,
  checks: { title: 'Self-checks', empty: 'No self-checks yet', empty_help: 'Once a campaign runs the office opens its self-check; who has to check is frozen that day.', open: 'Open the self-check', frozen: 'Frozen on {when}', covered: '{done} of {required} checked', percent: '{n}%', all: 'All done', from: 'Campaign' },
  check: { tree: 'Coverage', top: 'All', only_open: 'Only what is not done', all_done: 'Everything here has been checked.', below: '{n} below', log: 'Changes of the list', no_log: 'Nothing changed since it was frozen.', entry: '{who}, {when}: {what} {unit}', weak: 'Weak points', item: 'Rectification item', summary: 'What was found', by: 'Checked by {who}, {when}', signed: 'Signed by {who}', returned: 'Sent back: {reason}' },
  kind: { add: 'added', remove: 'removed' },
  unit_status: { open: 'Not checked', checked: 'Checked', submitted: 'Signed', accepted: 'Accepted', returned: 'Sent back' },
  check_status: { open: 'Under way', closed: 'Done' },
  dimension: { attitude: 'Attitude', quality: 'Quality of service', efficiency: 'Efficiency', lawfulness: 'Lawfulness', integrity: 'Integrity' },
  action: { add_units: 'Add units', remove_units: 'Remove units', close: 'Close the self-check', record: 'Record the self-check', submit: 'Sign', accept: 'Accept', send_back: 'Send back' },
  consequence: { submit: 'Whoever signs answers for the truth of it, for the unit and all below.', close: 'It closes only when all units have checked themselves.' },
  field: { units: 'Units', reason: 'Reason', summary: 'What was found', weak: 'Leave empty if there is none; what is written becomes a rectification item' },
}
