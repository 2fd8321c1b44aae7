"""Word files in the layout of GB/T 9704-2012; heavy, so loaded when the first document is asked for.

Fonts are named, never put in: whoever opens the file has those that the standard wants.
"""

import io
from collections.abc import Iterable
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor

from xiaoneng.core.documents.rules import layout
from xiaoneng.core.documents.schemas import Block, Document, Form, Grid, Head, Heading, Paragraph, Tail
from xiaoneng.kit import clock

_TITLE, _FANG, _KAI, _HEI, _SONG = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"
_EM = Pt(layout.BODY)
_TWIPS = 20
_SQUEEZE = str(round((layout.PITCH - layout.BODY) * _TWIPS))
"""What is taken from every character of the body: as a grid of characters, programs disagree on it."""
_FORM_SHARES = (22, 50, 22, 50)
_OF_LEVEL = {1: _HEI, 2: _KAI, 3: _FANG}


def write(document: Document) -> bytes:
    """The document as a Word file."""
    word = docx.Document()
    _set_up(word, document)
    if document.head:
        _write_head(word, document.head)
    _write_title(word, document)
    for block in document.blocks:
        _write_block(word, block)
    _write_attachments(word, document.attachments)
    if document.issuer:
        _sign(word, document)
    if document.note:
        _paragraph(word, f"（{document.note}）", left=2 * _EM)
    if document.tail:
        _write_tail(word, document.tail)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _set_up(word: Any, document: Document) -> None:
    told = word.core_properties
    told.title, told.author, told.comments = layout.printable(document.title), document.issuer or "", ""
    told.created = told.modified = clock.now().replace(tzinfo=None)
    normal = word.styles["Normal"]
    normal.font.size = Pt(layout.BODY)
    _name(normal.element.get_or_add_rPr(), _FANG)
    section = word.sections[0]
    width, height = (Mm(side) for side in layout.PAGE)
    section.page_width, section.page_height = (height, width) if document.is_wide else (width, height)
    if document.is_wide:
        section.orientation = WD_ORIENT.LANDSCAPE
    edges = [layout.WIDE_MARGIN] * 4 if document.is_wide else [layout.TOP, layout.LEFT, layout.RIGHT, layout.BOTTOM]
    section.top_margin, section.left_margin, section.right_margin, section.bottom_margin = map(Mm, edges)
    section.footer_distance = section.bottom_margin - Mm(12)
    if not document.is_wide:
        _put(section._sectPr, "docGrid", type="lines", linePitch=str(round(layout.LINE * _TWIPS)))
    _number_pages(word, section, is_wide=document.is_wide)


def _number_pages(word: Any, section: Any, *, is_wide: bool) -> None:
    """— 1 — outside, one character from the edge; in the middle of a page laid across."""
    word.settings.odd_and_even_pages_header_footer = not is_wide
    sides = [(section.footer, ALIGN.CENTER)] if is_wide else []
    sides += [] if is_wide else [(section.footer, ALIGN.RIGHT), (section.even_page_footer, ALIGN.LEFT)]
    for footer, side in sides:
        line = footer.paragraphs[0]
        line.alignment = side
        line.paragraph_format.left_indent = line.paragraph_format.right_indent = Pt(0 if is_wide else layout.SMALL)
        _run(line, "— ", _SONG, layout.SMALL)
        field = _run(line, "", _SONG, layout.SMALL)
        for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
            child = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                child.set(qn("w:fldCharType"), kind)
            else:
                child.text = text
            field._r.append(child)
        _run(line, " —", _SONG, layout.SMALL)


def _write_head(word: Any, head: Head) -> None:
    above = [line for line in (head.copy_no, head.secrecy, head.urgency) if line]
    for line in above:
        _paragraph(word, line, font=_HEI)
    size = layout.mark_size(head.mark)
    mark = _paragraph(word, head.mark, font=_TITLE, size=size, side=ALIGN.CENTER, color=layout.RED, exact=size * 1.2)
    mark.paragraph_format.space_before = Mm(layout.MARK_AT) - Pt(layout.LINE) * len(above)
    _blank(word, 2)
    if head.signatory:
        line = _paragraph(word, head.no, left=_EM, right=_EM)
        line.paragraph_format.tab_stops.add_tab_stop(_width(word) - _EM, WD_TAB_ALIGNMENT.RIGHT)
        _run(line, "\t签发人：", _FANG, layout.BODY)
        _run(line, head.signatory, _KAI, layout.BODY)
    else:
        line = _paragraph(word, head.no, side=ALIGN.CENTER)
    _rule(line, "bottom", sz="12", space="11", color=layout.RED)
    _blank(word, 2)


def _write_title(word: Any, document: Document) -> None:
    for line in layout.title_lines(layout.printable(document.title)):
        _paragraph(word, line, font=_TITLE, size=layout.TITLE, side=ALIGN.CENTER, exact=layout.TITLE * 1.5)
    if document.recipients:
        _blank(word, 1)
        _paragraph(word, "，".join(document.recipients) + "：", side=ALIGN.JUSTIFY)
    else:
        _blank(word, 0.6)


def _write_block(word: Any, block: Block) -> None:
    match block:
        case Paragraph():
            _paragraph(word, block.text, first=2 * _EM, side=ALIGN.JUSTIFY)
        case Heading():
            line = _paragraph(
                word, block.text, font=_OF_LEVEL[block.level], first=2 * _EM, bold=_OF_LEVEL[block.level] is _FANG
            )
            line.paragraph_format.keep_with_next = True
        case Grid():
            lines = [[(value, False) for value in row] for row in block.rows]
            titles = [(column.title, True) for column in block.columns]
            _table(word, [column.share for column in block.columns], [titles, *lines], repeats=True)
        case Form():
            rows = [
                [part for label, value in pairs for part in ((label, True), (value, False))] for pairs in block.rows
            ]
            _table(word, _FORM_SHARES, rows, repeats=False)


def _table(word: Any, shares: Iterable[int], rows: list[list[tuple[str, bool]]], *, repeats: bool) -> None:
    parts = list(shares)
    widths = [Length(_width(word) * share // sum(parts)) for share in parts]
    table = word.add_table(rows=len(rows), cols=len(parts), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for line, row in zip(table.rows, rows, strict=True):
        cells = list(line.cells)
        if len(row) < len(cells):
            cells[len(row) - 1 :] = [cells[len(row) - 1].merge(cells[-1])]
        for cell, (value, is_label) in zip(cells, row, strict=True):
            _fill(cell, value, is_label=is_label)
        _put(line._tr.get_or_add_trPr(), "cantSplit")
    if repeats and rows:
        _put(table.rows[0]._tr.get_or_add_trPr(), "tblHeader")


def _fill(cell: Any, value: str, *, is_label: bool) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    line = cell.paragraphs[0]
    line.alignment = ALIGN.CENTER if is_label else ALIGN.LEFT
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(3)
    line.paragraph_format.line_spacing = Pt(layout.TABLE * 1.5)
    _run(line, layout.printable(value), _HEI if is_label else _FANG, layout.TABLE)


def _write_attachments(word: Any, names: tuple[str, ...]) -> None:
    if names:
        _blank(word, 1)
    for at, name in enumerate(names, start=1):
        number = f"{at}. " if len(names) > 1 else ""
        hang = _EM * 3 + _EM * len(number) // 2
        line = _paragraph(word, ("附件：" if at == 1 else "　　　") + number + name, left=2 * _EM + hang)
        line.paragraph_format.first_line_indent = -hang


def _sign(word: Any, document: Document) -> None:
    """署名 over 成文日期, the date four characters from the right, the seal's place free above and around them."""
    name = document.issuer or ""
    day = layout.day(document.issued_on) if document.issued_on else "　　年　　月　　日"
    over = (_ems(name) - _ems(day)) / 2
    edge = max(0.0, 4 - over)
    _blank(word, 2)
    first = _paragraph(word, name, side=ALIGN.RIGHT, right=Length(int(_EM * edge)))
    first.paragraph_format.keep_with_next = True
    _paragraph(word, day, side=ALIGN.RIGHT, right=Length(int(_EM * (edge + over))))


def _ems(text: str) -> float:
    return sum(0.5 if char.isascii() else 1 for char in text)


def _write_tail(word: Any, tail: Tail) -> None:
    """版记 at the foot of the last page: a table that floats there however long the text is."""
    copies = "抄送：" + "，".join(tail.copies_to) + "。" if tail.copies_to else None
    table = word.add_table(rows=2 if copies else 1, cols=1)
    table.autofit = False
    table.columns[0].width = Length(_width(word))
    place = {"horzAnchor": "margin", "vertAnchor": "margin", "tblpXSpec": "center", "tblpYSpec": "bottom"}
    _put(table._tbl.tblPr, "tblpPr", leftFromText="0", rightFromText="0", **place)
    lines = [row.cells[0].paragraphs[0] for row in table.rows]
    if copies:
        _shape(lines[0], left=Pt(layout.SMALL * 4), right=Pt(layout.SMALL), first=-Pt(layout.SMALL * 3), exact=23)
        _run(lines[0], layout.printable(copies), _FANG, layout.SMALL)
    _shape(lines[-1], left=Pt(layout.SMALL), right=Pt(layout.SMALL), exact=23)
    edge = _width(word) - Pt(layout.SMALL)
    lines[-1].paragraph_format.tab_stops.add_tab_stop(edge, WD_TAB_ALIGNMENT.RIGHT)
    printed = f"{layout.printable(tail.printed_by)}\t{layout.day(tail.printed_on)}印发"
    _run(lines[-1], printed, _FANG, layout.SMALL)
    for at, row in enumerate(table.rows):
        borders = OxmlElement("w:tcBorders")
        row.cells[0]._tc.get_or_add_tcPr().append(borders)
        _put(borders, "top", val="single", sz="6" if at else "8", color="000000")
        if at == len(lines) - 1:
            _put(borders, "bottom", val="single", sz="8", color="000000")
    _paragraph(word, "", exact=1)  # a table at the very end would not float


def _paragraph(word: Any, text: str, **more: Any) -> Any:
    """One paragraph on the line grid; `first`, `left`, `right` indent it, `exact` is its line in points."""
    line = word.add_paragraph()
    _shape(line, **more)
    run = _run(line, layout.printable(text), more.get("font", _FANG), more.get("size", layout.BODY))
    run.bold = more.get("bold") or None
    if "color" in more:
        run.font.color.rgb = RGBColor.from_string(more["color"].upper())
    return line


def _shape(line: Any, **more: Any) -> None:
    shape = line.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    shape.line_spacing = Pt(more.get("exact", layout.LINE))
    shape.left_indent, shape.right_indent = more.get("left"), more.get("right")
    if "first" in more:
        shape.first_line_indent = more["first"]
    line.alignment = more.get("side", ALIGN.LEFT)


def _blank(word: Any, lines: float) -> None:
    for share in [1.0] * int(lines) + ([lines % 1] if lines % 1 else []):
        _paragraph(word, "", exact=layout.LINE * share)


def _run(line: Any, text: str, font: str, size: int) -> Any:
    run = line.add_run(text)
    run.font.size = Pt(size)
    properties = run._r.get_or_add_rPr()
    _name(properties, font)
    if size == layout.BODY:
        squeeze = OxmlElement("w:spacing")
        squeeze.set(qn("w:val"), _SQUEEZE)
        properties.insert_element_before(squeeze, "w:w", "w:kern", "w:position", "w:sz", "w:szCs")
    return run


def _name(properties: Any, font: str) -> None:
    """Name the font for Latin and for Chinese characters alike: one alone leaves the other to the program."""
    names = properties.get_or_add_rFonts()
    for key in ("ascii", "hAnsi", "eastAsia", "cs"):
        names.set(qn(f"w:{key}"), font)


def _rule(line: Any, side: str, **values: str) -> None:
    properties = line._p.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        properties.insert_element_before(borders, *_AFTER_BORDERS)
    _put(borders, side, val="single", **values)


_AFTER_BORDERS = tuple(
    f"w:{name}"
    for name in ("shd", "tabs", "suppressAutoHyphens", "snapToGrid", "spacing", "ind", "jc", "textAlignment", "rPr")
)


def _put(parent: Any, name: str, **values: str) -> None:
    """Set one child element, where its schema does not care about the order."""
    child = parent.find(qn(f"w:{name}"))
    if child is None:
        child = OxmlElement(f"w:{name}")
        if name == "tblpPr":
            parent.insert(1, child)
        else:
            parent.append(child)
    for key, value in values.items():
        child.set(qn(f"w:{key}"), value)


def _width(word: Any) -> int:
    section = word.sections[0]
    return int(section.page_width - section.left_margin - section.right_margin)
