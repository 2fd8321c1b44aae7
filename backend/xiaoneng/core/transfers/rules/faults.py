"""What can be wrong with a cell, in words."""

from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    "missing": "必填项为空",
    "too_long": "内容超过长度上限",
    "too_short": "内容过短",
    "not_text": "这一格不是文本（可能被表格程序转成了日期或逻辑值），请改为文本",
    "number_too_long": "数字超过 15 位，表格程序已丢失末尾数字，请把该列设为文本后重新填写",
    "cell_error": "这一格是公式错误值",
    "not_a_moment": "不是可识别的日期时间，请写成 2026-11-25 09:30",
    "year_out_of_range": "年份不在 1949—2100 之间",
    "start_of_day": "只有日期，按当天 0 时计",
    "end_of_day": "只有日期，按当天 24 时计",
    "columns_differ": "本行列数与表头不一致",
    "repeated": "与前面某行的编号相同",
    "unknown_word": "不是系统中的选项",
    "unknown_category": "没有这个类别",
    "unknown_unit": "没有这个单位",
    "ambiguous_unit": "有多个单位叫这个名称",
    "closed_before_received": "办结时间早于受理时间",
    "due_before_received": "办结时限早于受理时间",
    "in_future": "时间晚于现在",
    "flag_contradicts": "表中的按期标志与按时限算出的不一致，以算出的为准",
    "differs": "与系统中已有的内容不同，确认后以表中的为准",
    "not_applicable": "写的是“/”之类的符号，不是数字；按“不适用”原样保留，不当作 0",
    "not_a_number": "金额或数量一栏写的不是数字，原样保留",
    "number_as_text": "数字写成了文本，原样保留",
    "not_a_date": "时限一栏写的不是日期，原样保留",
    "contradicts_done": "与“是否整改完成”互相矛盾，原样保留，请核对",
    "part_over_whole": "大于应当包含它的另一栏，原样保留，请核对",
    "bad_phone": "电话号码格式不对",
    "bad_identity": "身份证号位数或校验位不对",
    "phone_taken": "这个手机号已属于另一个人",
}


def words_of(code: str) -> str:
    """The fault as a person reads it."""
    return WORDS.get(code, code)
