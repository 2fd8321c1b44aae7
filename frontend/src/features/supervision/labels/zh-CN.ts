export default {
  listings: { title: '挂牌督办', empty: '没有在挂的诉求', empty_help: '在诉求详情页提请挂牌，经批准后在这里督办。', leader: '包案 {name}', reports_late: '周报逾期', late_count: '逾期周报 {n} 次', report_by: '下次周报 {when} 前', met: '{when} 定案会议', published: '已公开', not_published: '未公开', settle: '限 {when} 办结' },
  instructions: { title: '领导批示', empty: '没有待办的批示', empty_help: '领导在诉求详情页作出批示，承办单位在这里反馈。', given: '{who} {when} 批示', reported: '{who} {when} 反馈', returned: '退回 {n} 次', judged: '{who}：{text}' },
  detail: { title: '挂牌详情', case: '诉求', grounds: '挂牌理由', proposed_by: '提请人', listed_by: '批准', unlisted_by: '摘牌', duty: '包案与期限', leader: '包案领导', unit: '承办单位', due: '限期办结', next_report: '下次周报', progress: '每周进展', no_progress: '还没有报送进展。', late: '逾期', overdue: '本周进展已逾期未报', meeting: '定案会议', no_meeting: '还没有定案会议记录。有记录才能申请摘牌。', chaired_by: '主持人', met_on: '会议日期', decision: '会议决定', public: '公开内容', no_text: '还没有撰写公开内容。', waits: '公众现在看不到。由撰写人以外的人复核后发布。', shown: '{when} 起对公众公开', conclusion: '摘牌结论', conclusion_waits: '批准摘牌后对公众公开。', conclusion_shown: '已对公众公开', no_number: '尚未编号' },
  listing_status: { proposed: '待批准', declined: '未批准', listed: '挂牌中', unlisting: '待摘牌', unlisted: '已摘牌' },
  instruction_status: { issued: '待反馈', reported: '待审核', returned: '退回补办', accepted: '已办结', withdrawn: '已撤销' },
  grade: { urgent: '急件', normal: '一般件', hard: '疑难件' },
  action: { give: '作出批示', propose: '提请挂牌', report: '反馈落实情况', accept: '采纳反馈', send_back: '退回补办', withdraw: '撤销批示', approve: '批准挂牌', decline: '不予挂牌', report_progress: '报送本周进展', record_meeting: '记录定案会议', draft_text: '撰写公开内容', publish: '复核并发布', apply_unlist: '申请摘牌', unlist: '批准摘牌', keep: '不同意摘牌' },
  consequence: { approve: '批准后编号挂牌，承办单位每周报送一次进展。', publish: '发布后任何人都能在公众页面看到，请确认其中没有个人信息。', unlist: '摘牌后结论对公众公开，周报到此为止。', send_back: '退回后重新计算期限。' },
  field: { instruction: '批示内容', addressees: '批示给哪些单位', grade: '缓急', due_on: '限期', due_help: '不填则按缓急：急件 5 日、一般件 15 日、疑难件 30 日', leader: '包案领导', grounds: '挂牌理由', settled_by: '限期办结', report: '落实情况', judgement: '审核意见', progress: '本周进展', met_on: '会议日期', chaired_by: '主持人', decision: '会议决定', public_title: '公开标题', public_text: '公开内容', public_help: '不得出现来电人姓名、电话、身份证号', conclusion: '摘牌结论', reason: '理由' },
}
