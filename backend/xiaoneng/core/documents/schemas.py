"""Official documents as data: what stands in a red-head document of GB/T 9704-2012, whichever way it is written."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Format(StrEnum):
    """What a document is written as."""

    WORD = "docx"
    PDF = "pdf"


MEDIA_TYPES = {
    Format.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.PDF: "application/pdf",
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (一、), 2 (（一）) or 3 (1.); the number is part of the text."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, indented by two characters."""

    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `share` is its width in proportion to the others."""

    title: str
    share: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a heading row that is repeated on every page."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A form: each row holds one or two pairs of a label and what is filled in."""

    rows: tuple[tuple[tuple[str, str], ...], ...]


Block = Heading | Paragraph | Grid | Form


@dataclass(frozen=True, slots=True)
class Head:
    """版头: the issuing mark in red, the document number, and what may stand above and beside them.

    `signatory` (签发人) is for documents to a higher body only, whose number stands to the left then.
    """

    mark: str
    no: str
    copy_no: str | None = None
    secrecy: str | None = None
    urgency: str | None = None
    signatory: str | None = None


@dataclass(frozen=True, slots=True)
class Tail:
    """版记: who gets copies, who printed it and when."""

    printed_by: str
    printed_on: date
    copies_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One document. Without a head it is an annex or a form: no red, no signature, no record of printing.

    `is_draft` marks the place of the seal, which a sealed document leaves free; `is_wide` lays the page across.
    """

    title: str
    blocks: tuple[Block, ...]
    head: Head | None = None
    recipients: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    issuer: str | None = None
    issued_on: date | None = None
    note: str | None = None
    tail: Tail | None = None
    is_draft: bool = False
    is_wide: bool = False
