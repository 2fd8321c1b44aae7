export default {
  desk: {
    title: 'My desk',
    overdue: 'Overdue',
    today: 'Due today',
    next: 'Next',
    none_overdue: 'Nothing is overdue',
    none_today: 'Nothing is due today',
    none_next: 'Nothing is waiting for you',
    changed: 'Recent changes',
    nothing_changed: 'Nothing since yesterday',
    open: 'Open',
    done: '{no}: {action}',
  },
}
