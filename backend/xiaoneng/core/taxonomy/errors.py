"""Refusals."""

from xiaoneng.kit.problems import InvalidInput, NotFound


class UnknownScheme(NotFound):
    """The list has no edition that is in force."""

    code = "taxonomy.unknown_scheme"
    title_zh = "没有这一分类目录"
    title_en = "There is no such code list"


class UnknownCode(InvalidInput):
    """The code is not in the list, or can no longer be chosen."""

    code = "taxonomy.unknown_code"
    title_zh = "分类代码不存在或已停用"
    title_en = "The code is unknown or retired"


class UnreadableFile(InvalidInput):
    """The file is not a table of the expected form."""

    code = "taxonomy.unreadable_file"
    title_zh = "无法读取分类文件，请使用含一级、二级、三级分类列的 CSV"
    title_en = "The file cannot be read: send a CSV with columns for three levels"
