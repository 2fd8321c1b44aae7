export default {
  title: 'Notifications',
  unread: 'Notifications, {n} unread',
  none_unread: 'Notifications, none unread',
  mark_all: 'Mark all read',
  empty: 'No notifications',
  empty_help: 'New work, reminders and results will appear here.',
  more: 'Earlier',
}
