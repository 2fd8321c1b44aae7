"""Which files are let in: the ending names a kind, the content must be of that kind and of no other."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from xiaoneng.core.files.errors import TypeRefused
from xiaoneng.core.files.rules import office

SNIFFED = 2048
"""How far readers look for a type; browsers stop at 1,445 bytes, PDF readers at 1,024."""
ZIP_TAIL = 65_536 + 22
_ZIP_END = b"PK\x05\x06"
_MARKUP = re.compile(rb"<\s*(?:!doctype|html|head|body|script|svg|iframe|object|embed|img|\?php|\?xml)", re.IGNORECASE)
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_PDF = re.compile(rb"%PDF-[12]\.\d")
_FTYP = re.compile(rb"\x00\x00[\x00-\x07].ftyp(.{4})", re.DOTALL)
"""The first box of an ISO base media file (ISO/IEC 14496-12); its brand says what it is."""
_MP3 = re.compile(rb"ID3[\x02-\x04][^\xff].[\x00-\x7f]{4}|\xff[\xe2\xe3\xf2\xf3\xfa\xfb][\x10-\xef]", re.DOTALL)
"""An ID3v2 tag, or the header of a layer III frame (ISO/IEC 11172-3)."""
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_MP4_BRANDS = {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV", b"dash"}


@dataclass(frozen=True, slots=True)
class Sample:
    """What a check sees: both ends of the content, and all of it when the ends do not tell."""

    head: bytes
    tail: bytes
    file: BinaryIO

    @classmethod
    def of(cls, file: BinaryIO) -> "Sample":
        """Read both ends."""
        size = file.seek(0, 2)
        file.seek(0)
        head = file.read(SNIFFED)
        file.seek(max(0, size - ZIP_TAIL))
        return cls(head, file.read(), file)


def _is_jpeg(sample: Sample) -> bool:
    return sample.head.startswith(b"\xff\xd8\xff")


def _is_png(sample: Sample) -> bool:
    return sample.head.startswith(b"\x89PNG\r\n\x1a\n") and sample.head[12:16] == b"IHDR"


def _is_webp(sample: Sample) -> bool:
    head = sample.head
    return head[:4] == b"RIFF" and head[8:12] == b"WEBP" and head[12:15] == b"VP8"


def _brand(sample: Sample) -> bytes:
    found = _FTYP.match(sample.head)
    return found[1] if found else b""


def _is_heic(sample: Sample) -> bool:
    return _brand(sample) in _HEIC_BRANDS


def _is_mp4(sample: Sample) -> bool:
    return _brand(sample) in _MP4_BRANDS


def _is_mp3(sample: Sample) -> bool:
    return _MP3.match(sample.head) is not None


def _is_pdf(sample: Sample) -> bool:
    return _PDF.match(sample.head) is not None and b"%%EOF" in sample.tail[-1024:]


def _is_text(sample: Sample) -> bool:
    """UTF-8 or the Chinese Windows code page, without control characters, and no script."""
    sample.file.seek(0)
    content = sample.file.read()
    if _CONTROL.search(content) or content.startswith(b"#!"):
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


def _office(kind: Callable[[BinaryIO], bool]) -> Callable[[Sample], bool]:
    return lambda sample: kind(sample.file)


@dataclass(frozen=True, slots=True)
class Kind:
    """One accepted kind. A container has parts of its own, and its check has looked at them."""

    media_type: str
    check: Callable[[Sample], bool]
    is_container: bool = False


_OPEN_XML = "application/vnd.openxmlformats-officedocument"
_JPEG = Kind("image/jpeg", _is_jpeg)
KINDS = {
    "jpg": _JPEG,
    "jpeg": _JPEG,
    "png": Kind("image/png", _is_png),
    "webp": Kind("image/webp", _is_webp),
    "heic": Kind("image/heic", _is_heic),
    "pdf": Kind("application/pdf", _is_pdf),
    "docx": Kind(f"{_OPEN_XML}.wordprocessingml.document", _office(office.is_docx), is_container=True),
    "xlsx": Kind(f"{_OPEN_XML}.spreadsheetml.sheet", _office(office.is_xlsx), is_container=True),
    "doc": Kind("application/msword", _office(office.is_doc), is_container=True),
    "xls": Kind("application/vnd.ms-excel", _office(office.is_xls), is_container=True),
    "txt": Kind("text/plain", _is_text),
    "csv": Kind("text/csv", _is_text),
    "mp4": Kind("video/mp4", _is_mp4),
    "mp3": Kind("audio/mpeg", _is_mp3),
}
"""By ending. Plain archives are not among them: what is inside would go unseen."""


def judge(file: BinaryIO, ending: str) -> str:
    """The media type of a file that may be kept. Raises TypeRefused."""
    kind = KINDS.get(ending)
    if kind is None:
        raise TypeRefused(f".{ending}")
    sample = Sample.of(file)
    if not sample.head or not kind.check(sample) or _has_second_nature(sample, kind):
        raise TypeRefused
    return kind.media_type


def _has_second_nature(sample: Sample, kind: Kind) -> bool:
    """Whether another reader could take the same bytes for a page, a PDF or an archive."""
    if kind.check is not _is_pdf and b"%PDF-" in sample.head:
        return True
    return not kind.is_container and (_ZIP_END in sample.tail or _MARKUP.search(sample.head) is not None)
