export default {
  portal: { title: 'Tell the government' },
}
