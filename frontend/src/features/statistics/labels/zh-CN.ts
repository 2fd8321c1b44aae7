export default {
  desk: {
    title: '我的工作台',
    overdue: '已超期',
    today: '今天到期',
    next: '接下来',
    none_overdue: '没有超期的事',
    none_today: '今天没有到期的事',
    none_next: '没有等你办的事',
    changed: '最近变化',
    nothing_changed: '昨天以来没有变化',
    open: '查看',
    done: '{no} 已{action}',
  },
}
