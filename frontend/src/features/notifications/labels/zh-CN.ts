export default {
  title: '通知',
  unread: '通知，{n} 条未读',
  none_unread: '通知，没有未读',
  mark_all: '全部已读',
  empty: '没有通知',
  empty_help: '有新的派件、到期提醒和办理结果会出现在这里。',
  more: '更早的通知',
}
