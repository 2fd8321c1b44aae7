"""PDF and pictures of pages, set by typst; heavy, so loaded when the first document is asked for."""

import json
from importlib import resources
from typing import Any

import typst

from xiaoneng.core.documents.rules import layout
from xiaoneng.core.documents.schemas import Block, Document, Form, Grid, Head, Heading, Paragraph, Tail
from xiaoneng.core.documents.service.fonts import fonts

_PICTURE_PPI = 110


def write(document: Document) -> bytes:
    """The document as PDF. Raises FontsMissing."""
    made: bytes = _compile(document, "pdf")
    return made


def pictures(document: Document) -> list[bytes]:
    """Every page as a PNG. Raises FontsMissing."""
    made: bytes | list[bytes] = _compile(document, "png", _PICTURE_PPI)
    return made if isinstance(made, list) else [made]


def _compile(document: Document, kind: Any, ppi: int | None = None) -> Any:
    source = resources.files("xiaoneng.core.documents").joinpath("layout/official.typ").read_bytes()
    chosen = fonts()
    told = json.dumps(_told(document) | {"fonts": chosen.families, "title_weight": chosen.title_weight})
    with resources.as_file(resources.files("xiaoneng.core.documents").joinpath("layout")) as root:
        compiler = typst.Compiler(root=str(root), font_paths=chosen.loaded, ignore_system_fonts=True)
        return compiler.compile(input=source, format=kind, ppi=ppi, sys_inputs={"document": told})


def _told(document: Document) -> dict[str, Any]:
    text = layout.printable
    return {
        "title": text(document.title),
        "title_lines": layout.title_lines(text(document.title)),
        "head": _head(document.head),
        "recipients": text("，".join(document.recipients)),
        "blocks": [_block(block) for block in document.blocks],
        "attachments": [text(name) for name in document.attachments],
        "issuer": text(document.issuer) if document.issuer else None,
        "day": layout.day(document.issued_on) if document.issued_on else "　　年　　月　　日",
        "note": text(document.note) if document.note else None,
        "tail": _tail(document.tail),
        "draft": document.is_draft,
        "wide": document.is_wide,
        "measures": _measures(is_wide=document.is_wide),
    }


def _measures(*, is_wide: bool) -> dict[str, Any]:
    margins = [layout.WIDE_MARGIN] * 4 if is_wide else [layout.TOP, layout.BOTTOM, layout.LEFT, layout.RIGHT]
    return {
        "page": layout.PAGE[::-1] if is_wide else layout.PAGE,
        **dict(zip(("top", "bottom", "left", "right"), margins, strict=True)),
        "line": layout.LINE,
        "pitch": layout.PITCH,
        "body": layout.BODY,
        "title": layout.TITLE,
        "small": layout.SMALL,
        "table": layout.TABLE,
        "mark_at": layout.MARK_AT,
        "red": layout.RED,
    }


def _head(head: Head | None) -> dict[str, Any] | None:
    if head is None:
        return None
    names = ("mark", "no", "copy_no", "secrecy", "urgency", "signatory")
    values = {name: getattr(head, name) for name in names}
    told = {name: layout.printable(value) if value else None for name, value in values.items()}
    return told | {"mark_size": layout.mark_size(head.mark)}


def _tail(tail: Tail | None) -> dict[str, Any] | None:
    if tail is None:
        return None
    copies = layout.printable("，".join(tail.copies_to))
    by = layout.printable(tail.printed_by)
    return {"copies": copies + "。" if copies else "", "by": by, "on": layout.day(tail.printed_on)}


def _block(block: Block) -> dict[str, Any]:
    text = layout.printable
    match block:
        case Paragraph():
            return {"kind": "paragraph", "text": text(block.text)}
        case Heading():
            return {"kind": "heading", "text": text(block.text), "level": block.level}
        case Grid():
            titles = [text(column.title) for column in block.columns]
            rows = [[text(value) for value in row] for row in block.rows]
            return {"kind": "grid", "titles": titles, "shares": [c.share for c in block.columns], "rows": rows}
        case Form():
            pairs = [[(text(label), text(value)) for label, value in row] for row in block.rows]
            return {"kind": "form", "rows": pairs}
