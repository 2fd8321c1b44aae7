"""Word and Excel, old and new, without anything that runs."""

import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from stat import S_ISLNK
from typing import BinaryIO

MAX_ENTRIES = 5_000
MAX_UNPACKED = 300 * 1024 * 1024
MAX_RATIO = 200
_MAX_TYPES = 1024 * 1024
_LOCAL_HEADER = 30
_ENCRYPTED = 0x1
_TYPES = "[content_types].xml"
_ACTIVE_NAMES = ("vbaproject", "vbadata", "/macrosheets/", "/activex/", "/dialogsheets/")
_ACTIVE_TYPES = (b"macroenabled", b"macrosheet", b"vbaproject", b"<!doctype", b"<!entity")
_CHUNK = 1024 * 1024


def is_docx(file: BinaryIO) -> bool:
    """Whether this is a Word document of Office Open XML, no template, no macros."""
    return _is_open_xml(file, "word/document.xml", b"wordprocessingml.document.main+xml")


def is_xlsx(file: BinaryIO) -> bool:
    """Whether this is an Excel workbook of Office Open XML, no template, no macros."""
    return _is_open_xml(file, "xl/workbook.xml", b"spreadsheetml.sheet.main+xml")


def _is_open_xml(file: BinaryIO, main_part: str, main_type: bytes) -> bool:
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            parts = {entry.filename.lower() for entry in entries}
            if not (_is_whole(file) and _is_harmless(entries) and {_TYPES, main_part} <= parts):
                return False
            types = _content_types(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
        return False
    return main_type in types and not any(mark in types for mark in _ACTIVE_TYPES)


def _is_whole(file: BinaryIO) -> bool:
    """Whether the archive is the entire file, with nothing before and nothing behind."""
    file.seek(0)
    starts = file.read(4) == b"PK\x03\x04"
    file.seek(-22, 2)
    return starts and file.read(4) == b"PK\x05\x06"


def _is_harmless(entries: Sequence[zipfile.ZipInfo]) -> bool:
    names = [entry.filename.lower() for entry in entries]
    if len(names) > MAX_ENTRIES or len(set(names)) != len(names):
        return False
    if any(mark in f"/{name}" for name in names for mark in _ACTIVE_NAMES):
        return False
    return all(map(_is_plain, entries)) and not _is_bomb(entries)


def _is_plain(entry: zipfile.ZipInfo) -> bool:
    name = entry.filename
    leaves = name.startswith(("/", "\\")) or "\\" in name or ":" in name or ".." in name.split("/")
    is_link = S_ISLNK(entry.external_attr >> 16)
    packed = entry.compress_type in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
    return packed and not (leaves or is_link or entry.flag_bits & _ENCRYPTED)


def _is_bomb(entries: Sequence[zipfile.ZipInfo]) -> bool:
    """Too much once unpacked, or entries that share the same packed bytes."""
    packed = sum(entry.compress_size for entry in entries)
    unpacked = sum(entry.file_size for entry in entries)
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    overlap = any(
        first.header_offset + _LOCAL_HEADER + first.compress_size > second.header_offset
        for first, second in pairwise(ordered)
    )
    return overlap or ordered[0].header_offset != 0 or unpacked > min(MAX_UNPACKED, MAX_RATIO * packed + _MAX_TYPES)


def _content_types(archive: zipfile.ZipFile) -> bytes:
    entry = next(entry for entry in archive.infolist() if entry.filename.lower() == _TYPES)
    with archive.open(entry) as part:
        return part.read(_MAX_TYPES).lower()


def is_doc(file: BinaryIO) -> bool:
    """Whether this is a Word 97–2003 document without macros."""
    return _is_compound(file, {"WordDocument"})


def is_xls(file: BinaryIO) -> bool:
    """Whether this is an Excel 97–2003 workbook without macros."""
    return _is_compound(file, {"Workbook", "Book"})


_ACTIVE_STREAMS = {"_VBA_PROJECT", "_VBA_PROJECT_CUR", "VBA", "Macros", "\x01Ole10Native", "\x01Ole10ItemName"}


def _is_compound(file: BinaryIO, main: set[str]) -> bool:
    """Whether the compound file has one of the streams `main` and none that runs ([MS-CFB] 2.6)."""
    file.seek(0)
    if file.read(8) != b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return False
    entries = {name: _directory_entry(name) for name in main | _ACTIVE_STREAMS}
    found: set[str] = set()
    for chunk in _chunks(file, overlap=max(map(len, entries.values()))):
        folded = chunk.lower()
        found |= {name for name, entry in entries.items() if entry in folded}
    return bool(found & main) and not found & _ACTIVE_STREAMS


def _directory_entry(name: str) -> bytes:
    """How a directory entry of that name begins: 64 bytes of UTF-16, then the name's length in bytes.

    Lower case, as names are compared without regard to case.
    """
    return (name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 2 * len(name) + 2)).lower()


def _chunks(file: BinaryIO, overlap: int) -> Iterator[bytes]:
    file.seek(0)
    kept = b""
    while read := file.read(_CHUNK):
        yield kept + read
        kept = read[-overlap:]
