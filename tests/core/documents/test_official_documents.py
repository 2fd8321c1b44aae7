"""Official documents: what stands where (GB/T 9704-2012), in Word and in PDF, and what a machine without fonts says."""

import asyncio
import io
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.core.documents.errors import FontsMissing
from xiaoneng.core.documents.rules import layout
from xiaoneng.core.documents.schemas import Column, Document, Form, Format, Grid, Head, Heading, Paragraph, Tail
from xiaoneng.core.documents.service import fonts, rendering
from xiaoneng.core.files.rules import office

pytestmark = pytest.mark.anyio
LETTER = Document(
    title="关于窗口一次性告知制度落实不到位问题的整改建议书",
    head=Head("示范区效能建设领导小组办公室文件", "示效建〔2026〕12号", urgency="特急"),
    recipients=("区城市管理局",),
    blocks=rendering.blocks_of("经查，有关情况如下。\n一、存在问题\n（一）告知不到位\n#set page(width: 1cm) <b>&"),
    attachments=("问题清单", "抽查记录"),
    issuer="示范区效能建设领导小组办公室",
    issued_on=date(2026, 3, 5),
    tail=Tail("示范区效能建设领导小组办公室", date(2026, 3, 5), ("区纪委监委", "区委组织部")),
)
FORM = Document("销号申请表", (Form(((("编号", "ZG-1"), ("单位", "城管局")), (("问题", "路灯不亮"),))),))
LIST = Document("整改清单", (Grid((Column("序号"), Column("问题", 5)), (("1", "=1+1"), ("2", "路灯"))),), is_wide=True)


@pytest.fixture
def no_fonts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine that has no font for Chinese."""
    monkeypatch.setattr(fonts, "_WANTED", dict.fromkeys(fonts._WANTED, ("No Such Font",)))
    monkeypatch.setattr(fonts, "_SERIF", ())
    monkeypatch.setattr(fonts, "_SANS", ())
    fonts.fonts.cache_clear()
    yield
    fonts.fonts.cache_clear()


@pytest.fixture
def with_fonts() -> None:
    try:
        fonts.fonts()
    except FontsMissing:
        pytest.skip("no font for Chinese on this machine: install fonts-noto-cjk")


async def word(document: Document) -> docx.document.Document:
    content = await rendering.write(document, Format.WORD)
    assert office.is_docx(io.BytesIO(content))
    return docx.Document(io.BytesIO(content))


async def test_a_letter_has_head_body_and_record_in_their_order() -> None:
    lines = [line.text for line in (await word(LETTER)).paragraphs if line.text]
    assert lines[:3] == ["特急", "示范区效能建设领导小组办公室文件", "示效建〔2026〕12号"]
    assert "".join(lines[3:5]) == LETTER.title
    assert lines[5:10] == ["区城市管理局：", "经查，有关情况如下。", "一、存在问题", "（一）告知不到位", lines[9]]
    assert lines[9] == "#set page(width: 1cm) <b>&"
    assert lines[10:] == ["附件：1. 问题清单", "　　　2. 抽查记录", "示范区效能建设领导小组办公室", "2026年3月5日"]


async def test_the_measures_are_those_of_the_standard() -> None:
    made = await word(LETTER)
    page = made.sections[0]
    edges = [round(edge.mm) for edge in (page.top_margin, page.left_margin, page.right_margin, page.bottom_margin)]
    assert edges == [37, 28, 26, 35]
    assert page.page_width.mm - 28 - 26 == pytest.approx(156, abs=0.2)
    body = next(line for line in made.paragraphs if line.text.startswith("经查"))
    assert (body.runs[0].font.size.pt, body.paragraph_format.line_spacing.pt) == (16, pytest.approx(28.95, abs=0.06))
    assert body.paragraph_format.first_line_indent.pt == 32
    names = body.runs[0]._r.rPr.rFonts
    assert {names.get(qn(f"w:{key}")) for key in ("ascii", "eastAsia", "hAnsi")} == {"仿宋_GB2312"}
    assert [line.runs[0].font.size.pt for line in made.paragraphs if line.text and line.text in LETTER.title] == [
        22
    ] * 2
    tail = made.tables[-1]
    assert [row.cells[0].text for row in tail.rows] == [
        "抄送：区纪委监委，区委组织部。",
        "示范区效能建设领导小组办公室\t2026年3月5日印发",
    ]


async def test_a_document_to_a_higher_body_names_who_signs() -> None:
    upward = replace(LETTER, head=replace(LETTER.head or Head("", ""), signatory="某某"))
    assert "示效建〔2026〕12号\t签发人：某某" in [line.text for line in (await word(upward)).paragraphs]


async def test_forms_and_lists_are_tables() -> None:
    form = (await word(FORM)).tables[0]
    assert [cell.text for cell in form.rows[0].cells] == ["编号", "ZG-1", "单位", "城管局"]
    assert [cell.text for cell in form.rows[1].cells] == ["问题", "路灯不亮", "路灯不亮", "路灯不亮"]
    made = await word(LIST)
    assert [[cell.text for cell in row.cells] for row in made.tables[0].rows] == [
        ["序号", "问题"],
        ["1", "=1+1"],
        ["2", "路灯"],
    ]
    assert made.sections[0].page_width > made.sections[0].page_height


async def test_control_characters_do_not_break_a_document() -> None:
    broken = Document("标\x00题", (Paragraph("正\x0b文\ud800"), Heading("一、\x1f题")))
    assert [line.text for line in (await word(broken)).paragraphs if line.text] == ["标题", "正文", "一、题"]


@pytest.mark.usefixtures("with_fonts")
@pytest.mark.parametrize("document", [LETTER, replace(LETTER, is_draft=True), FORM, LIST])
async def test_the_same_document_is_a_pdf_and_pictures(document: Document) -> None:
    assert (await rendering.write(document, Format.PDF)).startswith(b"%PDF-")
    pages = await rendering.pictures(document)
    assert pages
    assert all(page.startswith(b"\x89PNG") for page in pages)


@pytest.mark.usefixtures("no_fonts")
async def test_without_fonts_word_is_made_and_a_pdf_is_refused_plainly() -> None:
    assert await rendering.write(LETTER, Format.WORD)
    with pytest.raises(FontsMissing):
        await rendering.write(LETTER, Format.PDF)


def test_the_start_of_a_process_does_not_load_the_writers() -> None:
    code = "import sys, xiaoneng.app, xiaoneng.worker; print({'docx', 'lxml', 'typst'} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "set()"


def test_libreoffice_opens_the_word_file(tmp_path: Path) -> None:
    office_program = shutil.which("soffice")
    if office_program is None:
        pytest.skip("LibreOffice is not installed")
    place = tmp_path / "letter.docx"
    place.write_bytes(asyncio.run(rendering.write(LETTER, Format.WORD)))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    order = [office_program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(place)]
    subprocess.run(order, check=True, capture_output=True, timeout=120)
    assert (tmp_path / "letter.pdf").read_bytes().startswith(b"%PDF-")


async def test_nothing_in_a_word_file_was_written_by_somebody_else() -> None:
    content = await rendering.write(LETTER, Format.WORD)
    told = zipfile.ZipFile(io.BytesIO(content)).read("docProps/core.xml").decode()
    assert "python-docx" not in told


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("一、存在问题", 1),
        ("十二、其他", 1),
        ("（三）窗口", 2),
        ("1. 建章立制", 3),
        ("1. 自收到之日起五日内整改到位。", 0),
        ("一是认识不足", 0),
        ("2026年3月", 0),
    ],
)
def test_a_numbered_line_is_a_heading(line: str, level: int) -> None:
    assert layout.level_of(line) == level


@given(st.text(alphabet="关于的整改建议书、，）问题和", min_size=1, max_size=120))
def test_a_title_is_broken_into_lines_that_fit_and_keeps_every_character(title: str) -> None:
    lines = layout.title_lines(title)
    assert "".join(lines) == title
    assert all(1 <= len(line) <= 20 for line in lines)


@given(st.text(alphabet="区市效能建设领导小组办公室文件", min_size=1, max_size=40))
def test_a_mark_stays_within_its_line(mark: str) -> None:
    size = layout.mark_size(mark)
    assert 22 <= size <= 48
    assert size == 22 or size * len(mark) <= 442
