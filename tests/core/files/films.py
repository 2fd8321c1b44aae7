"""Photographs and films as telephones write them, box by box; all made here."""

import struct

from tests.core.files.samples import DEVICE, PLACE

PICTURE, FRAME, MOVED = b"the coded picture", b"a coded frame", b"GPS 39.9087N 116.3975E 12 km/h"


def box(kind: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">I", len(body) + 8) + kind + body


def full(kind: bytes, *content: bytes, version: int = 0) -> bytes:
    return box(kind, struct.pack(">I", version << 24), *content)


def heic(method: int = 0, version: int = 1) -> bytes:
    """A picture with its Exif and its XMP, in the file itself or in the box of short items."""
    exif, xmp = b"\x00\x00\x00\x06Exif\x00\x00" + PLACE, b"<x:xmpmeta>" + DEVICE
    entries = [(1, b"hvc1"), (2, b"Exif"), (3, b"mime")]
    infos = [
        full(
            b"infe",
            struct.pack(">HH", item, 0) + kind + b"\x00" + b"application/rdf+xml\x00" * (kind == b"mime"),
            version=2,
        )
        for item, kind in entries
    ]
    info = full(b"iinf", struct.pack(">H", len(infos)), *infos)
    parts = [PICTURE, exif, xmp]
    inside = box(b"idat", exif, xmp) if method else b""

    def meta(start: int) -> bytes:
        at, rows = start, []
        for number, part in enumerate(parts, start=1):
            is_inside = method == 1 and number > 1
            place = (0 if number == 2 else len(exif)) if is_inside else at
            at += 0 if is_inside else len(part)
            how = struct.pack(">H", int(is_inside)) if version else b""
            rows.append(struct.pack(">H", number) + how + struct.pack(">HHII", 0, 1, place, len(part)))
        places = full(b"iloc", b"\x44\x00", struct.pack(">H", len(rows)), *rows, version=version)
        turned = box(b"iprp", box(b"ipco", box(b"irot", b"\x01")))
        return full(b"meta", full(b"hdlr", b"\x00" * 4, b"pict", b"\x00" * 13), info, places, turned, inside)

    head = box(b"ftyp", b"heic\x00\x00\x00\x00mif1heic")
    start = len(head) + len(meta(0)) + 8
    return head + meta(start) + box(b"mdat", PICTURE, *([] if method else parts[1:]))


def track(handler: bytes, place: int, sizes: list[int], wide: bool = False) -> bytes:
    dates = struct.pack(">II", 3_900_000_000, 3_900_000_001)
    table = box(
        b"stbl",
        full(b"stsz", struct.pack(">II", 0, len(sizes)), *(struct.pack(">I", size) for size in sizes)),
        full(b"stsc", struct.pack(">IIII", 1, 1, len(sizes), 1)),
        full(b"co64", struct.pack(">IQ", 1, place)) if wide else full(b"stco", struct.pack(">II", 1, place)),
    )
    media = box(
        b"mdia",
        full(b"mdhd", dates, b"\x00" * 12),
        full(b"hdlr", b"\x00" * 4, handler, b"\x00" * 12, DEVICE, b"\x00"),
        box(b"minf", table),
    )
    return box(b"trak", full(b"tkhd", dates, b"\x00" * 72), media, box(b"udta", box(b"name", DEVICE)))


def mp4(*, wide: bool = False, fragments: bool = False) -> bytes:
    """A film with place, device and date, and with a track of where the camera was."""

    def moov(start: int) -> bytes:
        dates = struct.pack(">QQ", 3_900_000_000, 3_900_000_001)
        return box(
            b"moov",
            full(b"mvhd", dates, b"\x00" * 84, version=1),
            track(b"vide", start, [len(FRAME)], wide),
            track(b"meta", start + len(FRAME), [10, len(MOVED) - 10], wide),
            box(b"udta", box(b"\xa9xyz", PLACE), full(b"meta", box(b"ilst", DEVICE))),
        )

    head = box(b"ftyp", b"isom\x00\x00\x02\x00isommp42")
    more = box(b"moof", full(b"mfhd", b"\x00\x00\x00\x01")) if fragments else b""
    start = len(head) + len(moov(0)) + len(more) + 8
    return head + moov(start) + more + box(b"mdat", FRAME, MOVED) + box(b"uuid", b"x" * 16, DEVICE)
