export default {
  nav: { label: '民主评议页面', schemes: '评议方案' },
  schemes: { title: '评议方案', start: '起草方案', table: '方案列表', empty: '还没有评议方案', empty_help: '先起草一个方案：评议谁、由谁评、怎么计分。批准施行后不再改动，修改就是新的版本。', views: { all: '全部', in_force: '施行中', draft: '起草中' } },
  column: { title: '方案', status: '状态', objects: '评议对象', draw: '抽取人数', drafted: '起草', enacted: '批准' },
  scheme_status: { draft: '起草中', in_force: '施行中', retired: '已停用' },
  category: { service_user: '服务对象', supervisor: '监督员', deputy: '两代表一委员', enterprise: '企业代表', resident: '群众代表' },
  object_kind: { unit: '单位', section: '科室', service_item: '服务事项' },
  scheme: { title: '评议方案', version: '第 {n} 版', revise: '修订为新版本', groups: '可比组与评议对象', key: '重点评议', of_group: '{n} 个对象', raters: '评议主体', indicators: '评议内容', options: '选项与分值', counting: '计分规则', excluded: '不计入平均分，单独列示', weight: '权重', quota: '名额', by_size: '按库内比例', parts: '构成', parts_value: '问卷 {survey}% · 月度动态 {monthly}% · 工作考核 {work}%', trim: '去掉最高、最低', trim_value: '各 {n}%', trim_none: '不去', draw: '抽取', draw_value: '从不少于 {pool} 人的库中抽 {n} 人', valid: '有效条件', valid_value: '回收不多于发出，回收率不低于 {turnout}%；每个对象少于 {sample} 份的标明样本不足', small: '少于 5 份的分组不显示得分', bottom: '末位', bottom_value: '每组后 {n} 名，并列全部计入；不多于 {off} 个对象的组不列末位', lineage: '合并、更名的单位', inherits: '承继原单位上一轮的末位', forgets: '不承继', vetoes: '一票否决', none: '无', drafted: '起草人', enacted: '批准人', about: '方案信息' },
  action: { edit: '修改方案', enact: '批准施行', retire: '停止使用' },
  consequence: { enact: '施行后内容不再改动；同一方案的上一版本随即停用。', retire: '停用后不能再用它开展评议，已开展的不受影响。' },
  field: { reason: '理由' },
  edit: { title: '编辑方案', new: '起草方案', revise: '修订方案', name: '方案名称', groups: '可比组', group_name: '组名', is_key: '重点评议单位组', units: '单位', others: '科室与服务事项', add_other: '增加科室或事项', add_group: '增加一组', raters: '评议主体', category: '类别', weight: '权重 %', quota: '名额', quota_help: '全部留空则按库内人数比例分配', add: '增加', drop: '删去{name}', indicators: '评议内容', indicator: '内容', options: '选项', option: '选项', score: '分值', score_help: '留空即“不了解”：不计入平均分，单独列示', counting: '计分规则', survey: '问卷权重 %', monthly: '月度动态权重 %', work: '工作考核权重 %', trim: '两端各去掉 %', draw_size: '抽取人数', pool_minimum: '代表库下限', turnout: '回收率下限 %', min_sample: '最低样本', bottom: '末位个数', bottom_off_at: '不列末位的组规模', lineage: '末位按沿革承继', vetoes: '一票否决事由', vetoes_help: '每行一条', save: '保存', saved: '已保存', total: '合计 {n}', whole: '合计应为 100', unnamed: '未命名' },
  usual: { good: '满意', fair: '基本满意', plain: '一般', bad: '不满意', unknown: '不了解' },
}
