export default {
  portal: { title: '群众诉求' },
}
