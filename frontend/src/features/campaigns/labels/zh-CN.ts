export default {
  list: { title: '专项活动', start: '从模板建立', empty: '还没有专项活动', empty_help: '从政策文件模板建立一个活动，阶段、任务和报送要求随之而来。', views: { all: '全部', running: '进行中', draft: '筹备中', over: '已结束' }, table: '活动列表' },
  column: { title: '活动', status: '状态', host: '主办', stage: '当前阶段', window: '起止', units: '参加单位' },
  status: { draft: '筹备', published: '已印发', running: '进行中', suspended: '已暂停', summarising: '总结中', closed: '已结束', archived: '已归档' },
  stage_status: { planned: '未开始', open: '进行中', closed: '已关闭' },
  templates: { title: '活动模板', one: '模板', from: '依据 {basis}', brings: '阶段 {stages} · 任务 {tasks} · 交付材料 {deliverables} · 报送 {reports}', use: '用这个模板建立', stages: '阶段', tasks: '责任分工', deliverables: '交付材料', reports: '报送', catalogues: '分类与清单', figures: '数字与期限', bodies: '组织机构', lead: '牵头 {names}', co: '配合 {names}', undated: '文件未定日期，默认 {days} 天', window: '{from}至{to}', until: '{to}前', empty: '没有可用的模板', seats: '成员单位 {names}', attachments: '须附 {names}', for_stage: '第{n}阶段', whole: '整个活动', by: '{names}报送' },
  rule: { quarter: '每季度结束后报送', month: '每月报送', week: '每周报送', fixed_date: '限 {due} 前报送' },
  detail: { title: '专项活动', stages: '阶段', no_stages: '文件没有划分阶段，任务贯穿整个活动。', units: '参加单位', units_n: '{n} 个单位', duty: '依据与主办', basis: '依据', basis_no: '文号', host: '主办单位', template: '模板', created_by: '建立人', parent: '上级活动', above: '查看上级活动', summary: '活动总结', stage_overdue: '已过截止日', exception: '例外关闭：{reason}', closed_by: '{who} {when} 关闭', window: '{from} 至 {to}', show_all: '全部 {n} 个单位', fewer: '收起', of_stages: '{closed}/{all} 个阶段已关闭', none: '—' },
  action: { create: '建立活动', plan_stages: '调整阶段时间', publish: '印发方案', start: '启动活动', add_units: '增加参加单位', remove_units: '移出参加单位', suspend: '暂停活动', resume: '恢复活动', summarise: '进入总结', close: '结束活动', archive: '归档' },
  consequence: { publish: '印发后，参加单位能看到这个活动。', start: '启动后，到期的阶段自动开始。', archive: '归档后只能查看。' },
  field: { title: '活动名称', starts_on: '开始日期', starts_help: '不填为今天；文件写明月日的阶段按文件排期', units: '单位', units_help: '不选则为全区直属单位', basis_no: '方案文号', basis_no_like: '如 明政办〔2026〕12号', plan_file: '方案文件', stage_starts: '{title}：开始', stage_ends: '{title}：结束', summary: '活动总结', reason: '理由' },
  done: { created: '已建立 {no}' },
}
