export default {
  tabs: { label: '效能监测', points: '监测点', infos: '监测信息' },
  points: { title: '监测点', one: '监测点', empty: '还没有监测点', empty_help: '提名监测点并确定监测单位，聘任启用后开始报送。', units: '监测单位', rates: '履职：完成 / 应完成', report: '周报', visit: '月访', hidden: '名称和监督员仅效能办与本人可见', none: '暂无应完成', duties: '本月履职', monitors: '监督员', no_monitors: '还没有监督员。', no_duties: '当前没有履职要求。', evaluated: '{year} 年度评价：{text}', no_account: '无账号，电话随访' },
  infos: { title: '监测信息', empty: '没有待处理的监测信息', empty_help: '监督员报送后在这里筛查。', from: '{point} · {who}', about: '涉及 {unit}', due: '{when} 前筛查', case: '查看诉求', letter: '查看文书', note: '留存理由', feedback: '反馈' },
  mine: { title: '我的监测', empty: '您目前不是监督员', empty_help: '由效能办聘任并启用后在这里报送。', hidden: '您的身份只有效能办知道。', infos: '我报送的信息', no_infos: '还没有报送信息。' },
  duty: { done: '{when} 已完成', missing: '未完成', waiting: '{when} 前' },
  type: { enterprise: '企业', trader: '个体工商户', community: '村（社区）', organisation: '社会组织' },
  term: { nominated: '已提名', appointed: '已聘任', active: '在任', suspended: '暂停', removed: '已解除' },
  info_status: { submitted: '待筛查', screened: '已受理', case_created: '已转诉求', letter_linked: '已关联文书', noted: '留存备查', fed_back: '已反馈', closed: '已办结' },
  result: { renew: '续任', remove: '解除' },
  action: { nominate: '提名监测点', add_monitor: '增加监督员', appoint: '聘任', activate: '启用', suspend: '暂停', resume: '恢复', evaluate: '年度评价', remove: '解除', report: '报送周报', record_visit: '登记走访', submit: '报送信息', screen: '受理筛查', open_case: '转为诉求', link_letter: '关联文书', note: '留存备查', feed_back: '反馈监督员', close: '办结' },
  consequence: { open_case: '诉求中来源只显示“监测点”，不得出现监测点名称、监督员姓名和电话。', remove: '解除后不能恢复。', submit: '报送信息同时计为本周周报。' },
  field: { name: '名称', type: '类型', region: '区域', unit_ids: '监测单位', who: '姓名', phone: '联系电话', person_id: '对应人员', person_help: '没有账号的不选，由效能办电话随访', year: '年度', result: '评价结果', opinion: '评价意见', week: '本周情况', week_help: '没有发现问题也请写明', visited_on: '走访日期', visit: '走访情况', about_unit_id: '涉及单位', title: '标题', content: '内容', case_help: '请用效能办的表述，不要带出来源', letter_id: '文书标识', letter_help: '文书详情页地址中的最后一段', feedback: '反馈内容', reason: '理由' },
}
