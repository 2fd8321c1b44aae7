import type { Labels } from '../speech'

import receipt from './receipt.en'
import submit from './submit.en'

const labels: Labels = {
  portal: {
    name: 'Public portal',
    skip: 'Skip to the content',
    language: '中文',
    larger: 'Larger',
    hotline: 'Prefer to talk? Call {tel}. What you say there counts just the same.',
    privacy: 'No login. No trackers. Nothing about you goes to other websites.',
    stepOf: 'Step {step} of {total}',
    missing: { title: 'There is no such page', text: 'The address may be mistyped, or the page has moved.', back: 'Go to the home page' },
    home_page: {
      title: 'Something wrong? Tell us',
      lead: 'Every case is registered, handled by a deadline and answered. No login needed.',
      submit: 'Report something',
      submitHint: 'A question, a request, a complaint, a tip-off, an idea or praise',
      track: 'Follow your case',
      trackHint: 'Use your receipt to see how far it is and what was answered',
      rate: 'Rate the result',
      rateHint: 'Once you have an answer, say whether you are satisfied',
      listed: 'Listed complaints',
      listedHint: 'Major complaints: who answers for them, until when, and what came of them',
      votes: 'Democratic evaluation',
      votesHint: 'Representatives drawn by lot judge the departments; check the draw yourself',
      urgent: 'In danger right now? Do not wait',
      police: 'Police',
      fire: 'Fire',
      rescue: 'Ambulance',
    },
    listed: { title: 'Major complaints on the list', lead: 'A leader answers for each of these until a set day, with a report every week. Nobody who complained is named.', loading: 'Opening…', none: 'Nothing is on the list now.', running: 'On the list', settled: 'Off the list', unit: 'Unit', leader: 'Leader in charge', due: 'To settle by', reports: 'Reports', reported: '{n}', reported_late: '{n}, {late} of them late', conclusion: 'Conclusion' },
    votes: { result: 'The result', receipts: 'All receipts (if yours is there, your ballot is in)', vote: 'I have a code', title: 'Democratic evaluation', lead: 'Every year representatives drawn by lot judge how the departments work. The draw and the results are public.', none: 'No evaluation is public now.', draw: 'See the draw and check it' },
    vote: { title: 'Democratic evaluation', promise: 'Secret: nothing on the ballot tells who you are. The code allows one ballot, works once, and leads nobody to it.', code: 'Your code', code_help: 'It is printed on your slip; capitals and dashes do not matter', code_short: 'A code has 16 letters and digits, please check again', begin: 'Begin', nth: 'No. {n} of {all}', may_skip: 'Choose “don’t know”, or nothing, where you do not know.', next: 'Next', before: 'Back', review: 'Hand in', answered: '{n} of {all} judged', final: 'It cannot be changed afterwards.', send: 'Hand in', sending: 'Handing in…', thanks: 'Your ballot is in, thank you', receipt: 'Your receipt', receipt_help: 'Write it down. After the end all receipts are listed: if yours is there, your ballot is in. It does not tell how you chose.', over: 'It is over, or has not begun', back: 'Back to the evaluation' },
    result: { title: 'Result', returned: '{n} of {of} ballots came back ({rate}%)', until: 'Objections are taken until {at}', final: 'The window for objections has passed; the result stands', hidden: 'Fewer than 5 replies: no score is shown', rests: '{n} replies, {rate}% of the ballots; “don’t know” {unknown} times', small: 'Small sample, for reference only', veto: 'Vetoed: {why}', how: 'How you know that nothing was changed', sealed: 'This is version {n}. The SHA-256 of the sealed box is below; it changes with any ballot. Auditors take the box and count it again with another program, xiaoneng tally verify.' },
    draw: { title: 'Public draw', lead: 'First the pool is sealed, the quotas are set and a public number is named; once it comes out, the list follows from it. Anybody can repeat it.', loading: 'Opening…', nth: 'Draw no. {n}', pool: 'Take part', people: '{n} people', hash: 'Hash of the pool', source: 'Which number', entropy: 'The number', waiting: 'not yet out', drawn: 'Drawn', refused: 'Could not, replaced', superseded: 'Draw no. {n} was made anew', check: 'Repeat it on my device', pool_same: 'The pool is untouched: the hash is the same', pool_differs: 'The pool is not the one that was sealed', list_same: 'The same list: what was published follows', list_differs: 'Another list: what was published does not follow', not_yet: 'The number is not out yet; come back for the list.', how: 'How it is computed', algorithm: 'Hash of the pool: SHA-256 of the sorted lines “category label” joined by line breaks. The list: in each category the labels stand in the order of SHA-256 (number / pool hash / category, line break, label); the first fill the quota, and whoever cannot take part is replaced by the next. A label holds no personal data.', download: 'Download everything', list: 'Labels that were drawn', category: { service_user: 'Service users', supervisor: 'Supervisors', deputy: 'Deputies', enterprise: 'Enterprises', resident: 'Residents' } },
    action: {
      next: 'Next',
      back: 'Back',
      backToReview: 'Done, back to the check',
      skip: 'Not sure, skip',
      edit: 'Change',
      retry: 'Try again',
    },
    problem: {
      offline: 'No connection',
      offlineText: 'Check whether you have a signal, then try again. Everything you typed is still here.',
      server: 'Something broke on our side',
      serverText: 'It is not your fault. Everything you typed is still here; please try again in a few minutes.',
      wait: 'Too many tries',
      waitText: 'To stop people from guessing receipts, please wait {seconds} seconds before the next try.',
      waitOver: 'You can try again now.',
      waitSend: 'Too many people are sending right now. Please wait {seconds} seconds. Everything you typed is still here.',
      refused: 'That did not work',
      code: 'Code {code}',
    },
    kinds: { consultation: 'Question', request: 'Request for help', complaint: 'Complaint', report: 'Tip-off', suggestion: 'Idea', praise: 'Praise', petition: 'Petition', leader_mailbox: 'Leader’s mailbox' },
    identity: { real_name: 'under your name', confidential: 'confidential', anonymous: 'anonymous' },
    identity_means: {
      real_name: 'The staff who handle your case call you to ask for details and tell you the result. Your number is shown masked; whoever looks it up must give a reason, and it is recorded.',
      confidential: 'Your name and phone are not told to the handler, nor to the unit or person concerned. Only the hotline or the supervising office contacts you; they too must give a reason, and it is recorded.',
      anonymous: 'No name, no phone. Nobody can contact you; you can only see the answer and rate it with your receipt.',
    },
    solved: { yes: 'Solved', partly: 'Partly solved', no: 'Not solved' },
    stars: { s5: 'Very satisfied', s4: 'Satisfied', s3: 'Fairly satisfied', s2: 'Dissatisfied', s1: 'Very dissatisfied' },
    submit,
    ...receipt,
  },
}

export default labels
