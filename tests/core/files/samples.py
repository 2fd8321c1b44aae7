"""Files as people send them, and as attackers do; all made here."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

JPEG = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xda\x00\x02"
    + bytes(range(255))
    + b"\xff\xd9"
)
_TABLE = bytes([1, *[0] * 15, 0])
GREY = (
    JPEG[:20]
    + b"\xff\xdb\x00\x43\x00"
    + b"\x01" * 64
    + b"\xff\xc0\x00\x0b\x08\x00\x08\x00\x08\x01\x01\x11\x00"
    + b"\xff\xc4\x00\x14\x00"
    + _TABLE
    + b"\xff\xc4\x00\x14\x10"
    + _TABLE
    + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x3f\xff\xd9"
)
"""A grey square of 8 x 8 as a camera writes it: quantization, frame, Huffman tables, one scan."""
PLACE, DEVICE = b"39.9087N 116.3975E", b"Phone of somebody"
WEBP = b"RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 64
MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp42" + b"\x00\x00\x00\x08free" + b"\x00" * 64
MP3 = b"\xff\xfb\x90\x64" + b"\x00" * 413
MP3_TAGGED = b"ID3\x03\x00\x00\x00\x00\x00\x0a" + b"\x00" * 10 + MP3
PDF = (
    b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"
)
TEXT = "群众反映路灯不亮，已于当日修复。\n".encode()
TEXT_GBK = "群众反映路灯不亮，已于当日修复。\n".encode("gb18030")
CSV = "\ufeff编号,标题\nSQ1,路灯\n".encode()

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def png(width: int = 1, height: int = 1) -> bytes:
    """The smallest picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\x00\x80")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def archive(parts: Mapping[str, bytes | str], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP with these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", packing) as opened:
        for name, content in parts.items():
            opened.writestr(name, content)
    return made.getvalue()


def types(main: str, more: str = "") -> str:
    """The list of content types of an Office Open XML file."""
    return (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/main" ContentType="{main}"/>{more}</Types>'
    )


def docx_parts(main: str = _WORD, more: str = "") -> dict[str, bytes | str]:
    """What a Word document is made of, at the least."""
    return {"[Content_Types].xml": types(main, more), "word/document.xml": "<w:document/>", "_rels/.rels": "<r/>"}


def xlsx_parts() -> dict[str, bytes | str]:
    """What a workbook is made of, at the least."""
    return {"[Content_Types].xml": types(_EXCEL), "xl/workbook.xml": "<workbook/>", "_rels/.rels": "<r/>"}


DOCX = archive(docx_parts())
DOCX_STORED = archive(docx_parts(), zipfile.ZIP_STORED)
XLSX = archive(xlsx_parts())


def compound(*names: str) -> bytes:
    """A compound file whose directory has entries of these names (none of the rest of the format)."""
    entries = b""
    for name in names:
        head = name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 2 * len(name) + 2)
        entries += head.ljust(128, b"\0")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + entries.ljust(512, b"\0")


DOC = compound("Root Entry", "WordDocument", "1Table")
XLS = compound("Root Entry", "Workbook")

GOOD = {
    "a.jpg": (JPEG, "image/jpeg"),
    "a.JPEG": (JPEG, "image/jpeg"),
    "a.png": (png(), "image/png"),
    "a.webp": (WEBP, "image/webp"),
    "a.heic": (HEIC, "image/heic"),
    "a.pdf": (PDF, "application/pdf"),
    "a.docx": (DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "stored.docx": (DOCX_STORED, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "a.xlsx": (XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "a.doc": (DOC, "application/msword"),
    "a.xls": (XLS, "application/vnd.ms-excel"),
    "old.xls": (compound("Root Entry", "Book"), "application/vnd.ms-excel"),
    "a.txt": (TEXT, "text/plain"),
    "gbk.txt": (TEXT_GBK, "text/plain"),
    "a.csv": (CSV, "text/csv"),
    "a.mp4": (MP4, "video/mp4"),
    "a.mp3": (MP3, "audio/mpeg"),
    "tagged.mp3": (MP3_TAGGED, "audio/mpeg"),
}

HTML = b"<!DOCTYPE html><script>alert(1)</script>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + b"\x00" * 200
ELF = b"\x7fELF\x02\x01\x01" + b"\x00" * 200
_ZIP = archive({"a.txt": "x"})


def _linked() -> bytes:
    entry = zipfile.ZipInfo("word/link")
    entry.external_attr = 0o120777 << 16
    made = io.BytesIO(DOCX)
    with zipfile.ZipFile(made, "a") as opened:
        opened.writestr(entry, "/etc/passwd")
    return made.getvalue()


def _lying() -> bytes:
    """Says in its directory that a small part would unpack to 4 GB less one."""
    made = bytearray(DOCX)
    at = made.rindex(b"PK\x01\x02")
    made[at + 24 : at + 28] = b"\xfe\xff\xff\xff"
    return bytes(made)


def _overlapping() -> bytes:
    """Two entries of the directory share the same packed bytes, as in a bomb that needs no nesting."""
    made = bytearray(DOCX)
    first, second = made.index(b"PK\x01\x02"), made.rindex(b"PK\x01\x02")
    made[second + 42 : second + 46] = made[first + 42 : first + 46]
    return bytes(made)


def _encrypted() -> bytes:
    made = bytearray(DOCX)
    at = made.index(b"PK\x01\x02")
    made[at + 8] |= 1
    return bytes(made)


_BOMB = archive(docx_parts() | {"word/media/image1.bmp": b"\x00" * (8 * 1024 * 1024)})

HOSTILE = {
    "html as html": ("a.html", HTML),
    "html as text": ("a.txt", HTML),
    "html as csv": ("a.csv", b"\xef\xbb\xbf  \n" + HTML),
    "html as jpg": ("a.jpg", HTML),
    "html as pdf": ("a.pdf", HTML),
    "svg as svg": ("a.svg", SVG),
    "svg as png": ("a.png", SVG),
    "svg as text": ("a.txt", SVG),
    "program": ("a.exe", EXE),
    "program as jpg": ("a.jpg", EXE),
    "program as text": ("a.txt", EXE),
    "linux program as pdf": ("a.pdf", ELF),
    "shell script": ("a.sh", b"#!/bin/sh\nrm -rf /\n"),
    "shell script as text": ("a.txt", b"#!/bin/sh\nrm -rf /\n"),
    "batch file": ("a.bat", b"@echo off\r\n"),
    "no ending": ("picture", JPEG),
    "hidden file": (".jpg", JPEG),
    "double ending": ("a.jpg.exe", JPEG),
    "reversed ending": ("a\u202egpj.exe", JPEG),
    "ending with a NUL": ("a.exe\x00.jpg", EXE),
    "ending with a dot": ("a.exe.", EXE),
    "png as jpg": ("a.jpg", png()),
    "jpg as docx": ("a.docx", JPEG),
    "docx as xlsx": ("a.xlsx", DOCX),
    "xlsx as docx": ("a.docx", XLSX),
    "doc as docx": ("a.docx", DOC),
    "doc as xls": ("a.xls", DOC),
    "archive": ("a.zip", _ZIP),
    "archive as docx": ("a.docx", _ZIP),
    "jar as docx": ("a.docx", archive({"META-INF/MANIFEST.MF": "x", "A.class": b"\xca\xfe\xba\xbe"})),
    "macros by ending": ("a.docm", DOCX),
    "macros as docx": ("a.docx", archive(docx_parts() | {"word/vbaProject.bin": b"x"})),
    "macros by type": ("a.docx", archive(docx_parts("application/vnd.ms-word.document.macroEnabled.main+xml"))),
    "macros by another type": (
        "a.docx",
        archive(docx_parts(more='<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>')),
    ),
    "excel 4 macros": ("a.xlsx", archive(xlsx_parts() | {"xl/macrosheets/sheet1.xml": "<x/>"})),
    "active x": ("a.docx", archive(docx_parts() | {"word/activeX/activeX1.bin": b"x"})),
    "entities in the types": ("a.docx", archive(docx_parts(more="<!ENTITY a 'b'>"))),
    "macros in doc": ("a.doc", compound("Root Entry", "WordDocument", "Macros", "VBA")),
    "macros in xls": ("a.xls", compound("Root Entry", "Workbook", "_VBA_PROJECT_CUR")),
    "macros in small letters": ("a.doc", compound("Root Entry", "WordDocument", "macros")),
    "packaged program in doc": ("a.doc", compound("Root Entry", "WordDocument", "\x01Ole10Native")),
    "installer as doc": ("a.doc", compound("Root Entry", "SummaryInformation")),
    "bomb": ("a.docx", _BOMB),
    "lying size": ("a.docx", _lying()),
    "overlapping parts": ("a.docx", _overlapping()),
    "encrypted part": ("a.docx", _encrypted()),
    "climbing part": ("a.docx", archive(docx_parts() | {"../../etc/cron.d/x": "x"})),
    "absolute part": ("a.docx", archive(docx_parts() | {"/etc/passwd": "x"})),
    "windows part": ("a.docx", archive(docx_parts() | {"..\\..\\a.exe": "x"})),
    "linked part": ("a.docx", _linked()),
    "six thousand parts": ("a.docx", archive(docx_parts() | {f"word/{number}": b"" for number in range(6000)})),
    "cut off docx": ("a.docx", DOCX[:-30]),
    "docx behind a picture": ("a.docx", JPEG + DOCX),
    "docx with a tail": ("a.docx", DOCX + b"<html>"),
    "picture with an archive": ("a.jpg", JPEG + _ZIP),
    "picture with an archive and a tail": ("a.png", png() + _ZIP + b"tail"),
    "pdf with an archive": ("a.pdf", PDF + _ZIP + b"%%EOF"),
    "video with an archive": ("a.mp4", MP4 + _ZIP),
    "picture that is a page": ("a.jpg", JPEG[:20] + HTML + JPEG),
    "picture that is a script": ("a.png", png()[:33] + b"< script>alert(1)</script>"),
    "picture that is a pdf": ("a.jpg", JPEG[:20] + PDF + JPEG),
    "sound that is a page": ("a.mp3", MP3_TAGGED[:20] + HTML),
    "pdf after a page": ("a.pdf", HTML + PDF),
    "pdf that is a page": ("a.pdf", b"%PDF-1.4\n" + HTML + PDF),
    "pdf without end": ("a.pdf", PDF[:-8]),
    "text with NUL": ("a.txt", b"abc\x00def"),
    "text with escapes": ("a.txt", b"\x1b]0;title\x07"),
    "utf-16 page as text": ("a.txt", HTML.decode().encode("utf-16")),
    "empty": ("a.txt", b""),
}


def _entry(tag: int, kind: int, count: int, value: int) -> bytes:
    return struct.pack(">HHII", tag, kind, count, value)


def with_gps(picture: bytes, turned: int = 6) -> bytes:
    """The picture with an Exif block: device, orientation, and a GPS directory with latitude and longitude."""
    device = DEVICE + b"\x00"
    gps_at = 8 + 2 + 3 * 12 + 4 + len(device)
    first = struct.pack(">H", 3)
    first += _entry(0x0110, 2, len(device), 8 + 2 + 3 * 12 + 4)
    first += _entry(0x0112, 3, 1, turned << 16) + _entry(0x8825, 4, 1, gps_at) + b"\x00" * 4 + device
    degrees = struct.pack(">6I", 39, 1, 54, 1, 31, 1)
    gps = struct.pack(">H", 2) + _entry(1, 2, 2, int.from_bytes(b"N\x00\x00\x00"))
    gps += _entry(2, 5, 3, gps_at + 2 + 2 * 12 + 4) + b"\x00" * 4 + degrees + PLACE
    exif = b"Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08" + first + gps
    segment = b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    remark = b"\xff\xfe" + struct.pack(">H", len(PLACE) + 2) + PLACE
    return picture[:20] + segment + remark + picture[20:] + PLACE
