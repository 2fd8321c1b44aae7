"""Refusals."""

from xiaoneng.kit.problems import Unavailable


class FontsMissing(Unavailable):
    """No font of this machine can show Chinese, so that no PDF can be set; Word files name their fonts only."""

    code = "documents.fonts_missing"
    title_zh = "服务器没有中文字体，无法生成 PDF：请安装思源宋体，或在 XIAONENG_DOCUMENTS__FONT_DIRS 中指明目录"
    title_en = "The server has no Chinese font: install fonts-noto-cjk or set XIAONENG_DOCUMENTS__FONT_DIRS"
