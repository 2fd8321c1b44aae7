import letters from './letters.zh-CN'

export default {
  letters,
  checks: { title: '自查', empty: '还没有自查', empty_help: '活动启动后由办公室组织自查，范围在组织当日冻结。', open: '组织自查', frozen: '{when} 冻结范围', covered: '已自查 {done}／{required}', percent: '{n}%', all: '全部完成', from: '所属活动' },
  check: { tree: '覆盖情况', top: '全部', only_open: '只看未完成', all_done: '这里全部完成自查。', below: '下级 {n} 个', log: '范围变动', no_log: '冻结后没有变动。', entry: '{who} {when} {what} {unit}', weak: '薄弱环节', item: '整改项', summary: '自查情况', by: '{who} {when} 自查', signed: '{who} 签报', returned: '退回：{reason}' },
  kind: { add: '增加', remove: '移出' },
  unit_status: { open: '未自查', checked: '已自查', submitted: '已签报', accepted: '已审核', returned: '已退回' },
  check_status: { open: '进行中', closed: '已完成' },
  dimension: { attitude: '服务态度', quality: '服务质量', efficiency: '办事效率', lawfulness: '依法行政', integrity: '廉洁自律' },
  action: { add_units: '增加自查单位', remove_units: '移出自查单位', close: '完成自查', record: '登记自查情况', submit: '签报', accept: '审核通过', send_back: '退回重查' },
  consequence: { submit: '签报即对本单位及所属单位自查情况的真实性负责。', close: '只有全部单位完成自查才能关闭。' },
  field: { units: '单位', reason: '理由', summary: '自查情况', weak: '没有薄弱环节可不填；填写的自动列入整改台账' },
}
