"""What photographs and films of telephones tell besides what they show: HEIC and MP4 (ISO/IEC 14496-12, 23008-12).

Both are boxes in boxes that point at each other by place, so nothing is moved: what tells is overwritten with zeros
where it stands. Malformed content raises ValueError, for nobody can say that it tells nothing.
"""

from collections.abc import Iterator
from typing import NamedTuple

_TELLING = frozenset({b"udta", b"uuid", b"meta", b"free", b"skip", b"XMP_", b"emsg", b"ID32"})
_OUTER = frozenset({b"moov", b"mdia", b"moof", b"traf", b"mvex", b"edts"})
_DATED = frozenset({b"mvhd", b"tkhd", b"mdhd"})
_SHOWN = frozenset({b"vide", b"soun", b"subt", b"sbtl", b"text", b"clcp"})
"""Tracks that somebody sees or hears; all others carry places, movements and the like."""
_TELLING_ITEMS = frozenset({b"Exif", b"mime", b"uri "})
_KEY_SIZES = {2: 2, 3: 4}
"""How many bytes name an item, by the version of its entry; earlier ones name no kind."""
_WIDE_PLACES = 2
"""From this version on the places of items are told by four bytes a key."""
_FULL = 4
"""A version and flags come before what most boxes hold."""


class Box(NamedTuple):
    """One box: its kind, and where it begins, where its content begins, and where it ends."""

    kind: bytes
    start: int
    body: int
    end: int


def boxes(content: bytes | bytearray, start: int, end: int) -> Iterator[Box]:
    """The boxes side by side between two places. Raises ValueError when one does not fit."""
    at = start
    while at < end:
        if at + 8 > end:
            raise ValueError("half a box")
        size, body = _number(content, at, 4), at + 8
        if size == 1:
            size, body = _number(content, at + 8, 8), at + 16
        stop = end if size == 0 else at + size
        if stop > end or stop < body:
            raise ValueError("a box that does not fit")
        yield Box(bytes(content[at + 4 : at + 8]), at, body, stop)
        at = stop


def cleaned_film(content: bytes) -> bytes:
    """The film without place, time, device and remarks, and without tracks that nobody sees or hears."""
    made = bytearray(content)
    _clean(made, 0, len(made))
    return bytes(made)


def cleaned_photograph(content: bytes) -> bytes:
    """The HEIC photograph without Exif and XMP; how it is turned is a property of the picture and stays."""
    made = bytearray(content)
    for box in boxes(content, 0, len(content)):
        if box.kind == b"meta":
            _blank_items(made, box)
        elif box.kind == b"moov":
            _clean(made, box.start, box.end)
        elif box.kind in _TELLING:
            _blank(made, box)
    return bytes(made)


def _clean(made: bytearray, start: int, end: int) -> None:
    for box in boxes(made, start, end):
        if box.kind in _TELLING:
            _blank(made, box)
        elif box.kind in _DATED:
            _zero(made, box.body + _FULL, box.body + _FULL + (16 if _number(made, box.body, 1) else 8))
        elif box.kind == b"hdlr":
            _zero(made, box.body + _FULL + 20, box.end)
        elif box.kind == b"trak":
            _clean_track(made, box)
        elif box.kind in _OUTER:
            _clean(made, box.body, box.end)


def _clean_track(made: bytearray, track: Box) -> None:
    handler = _inner(made, track, b"mdia", b"hdlr")
    kind = bytes(made[handler.body + 8 : handler.body + 12])
    if kind in _SHOWN:
        _clean(made, track.body, track.end)
        return
    if any(box.kind == b"moof" for box in boxes(made, 0, len(made))):
        raise ValueError("a track in fragments that nobody sees")
    for start, end in _samples(made, _inner(made, track, b"mdia", b"minf", b"stbl")):
        _zero(made, start, end)
    _blank(made, track)


def _inner(made: bytearray, box: Box, *path: bytes) -> Box:
    for kind in path:
        box = next((one for one in boxes(made, box.body, box.end) if one.kind == kind), Box(b"", 0, 0, 0))
        if not box.kind:
            raise ValueError("a box is missing")
    return box


def _samples(made: bytearray, table: Box) -> Iterator[tuple[int, int]]:
    """Where the chunks of a track lie (ISO/IEC 14496-12, 8.7)."""
    held = {box.kind: box.body + _FULL for box in boxes(made, table.body, table.end)}
    sizes, runs = held.get(b"stsz"), held.get(b"stsc")
    places, width = (held[b"co64"], 8) if b"co64" in held else (held.get(b"stco"), 4)
    if sizes is None or runs is None or places is None:
        raise ValueError("no table of samples")
    same, count = _number(made, sizes, 4), _number(made, sizes + 4, 4)
    first = [_number(made, runs + 4 + 12 * n, 4) for n in range(_number(made, runs, 4))]
    each = [_number(made, runs + 8 + 12 * n, 4) for n in range(len(first))]
    sample, run = 0, -1
    for chunk in range(_number(made, places, 4)):
        run += run + 1 < len(first) and first[run + 1] == chunk + 1
        if run < 0:
            raise ValueError("a chunk before the first run")
        many = min(each[run], count - sample)
        listed = range(sample, sample + many) if not same else ()
        length = same * many + sum(_number(made, sizes + 8 + 4 * n, 4) for n in listed)
        start = _number(made, places + 4 + width * chunk, width)
        yield start, start + length
        sample += many


def _blank_items(made: bytearray, meta: Box) -> None:
    """Overwrite the items of a photograph that are no picture (ISO/IEC 14496-12, 8.11)."""
    inner = {box.kind: box for box in boxes(made, meta.body + _FULL, meta.end)}
    telling = set(_telling_items(made, inner[b"iinf"])) if b"iinf" in inner else set()
    if telling and b"iloc" not in inner:
        raise ValueError("items without a place")
    for item, method, start, size in _extents(made, inner[b"iloc"]) if telling else ():
        if item not in telling:
            continue
        if method > 1 or (method == 1 and b"idat" not in inner):
            raise ValueError("an item that lies elsewhere")
        begin = start + (inner[b"idat"].body if method == 1 else 0)
        _zero(made, begin, begin + size if size else len(made))
    for box in inner.values():
        if box.kind in _TELLING:
            _blank(made, box)


def _telling_items(made: bytearray, info: Box) -> Iterator[int]:
    wide = 4 if _number(made, info.body, 1) else 2
    for entry in boxes(made, info.body + _FULL + wide, info.end):
        size = _KEY_SIZES.get(_number(made, entry.body, 1))
        if size is None:
            raise ValueError("an item of no kind")
        at = entry.body + _FULL
        if bytes(made[at + size + 2 : at + size + 6]) in _TELLING_ITEMS:
            yield _number(made, at, size)


def _extents(made: bytearray, places: Box) -> Iterator[tuple[int, int, int, int]]:
    """Item, how it is placed (0: in the file, 1: in `idat`), where, and how long (0: to the end)."""
    version, at = _number(made, places.body, 1), places.body + _FULL
    told = _number(made, at, 2)
    of_offset, of_length, of_base = told >> 12, told >> 8 & 15, told >> 4 & 15
    of_index = told & 15 if version else 0
    wide = 4 if version >= _WIDE_PLACES else 2
    count, at = _number(made, at + 2, wide), at + 2 + wide
    for _ in range(count):
        item, at = _number(made, at, wide), at + wide
        method, at = (_number(made, at, 2) & 15, at + 2) if version else (0, at)
        base, at = _number(made, at + 2, of_base), at + 2 + of_base
        extents, at = _number(made, at, 2), at + 2
        for _ in range(extents):
            at += of_index
            yield item, method, base + _number(made, at, of_offset), _number(made, at + of_offset, of_length)
            at += of_offset + of_length


def _number(content: bytes | bytearray, at: int, size: int) -> int:
    if at + size > len(content):
        raise ValueError("it ends too early")
    return int.from_bytes(content[at : at + size])


def _blank(made: bytearray, box: Box) -> None:
    made[box.start + 4 : box.start + 8] = b"free"
    _zero(made, box.body, box.end)


def _zero(made: bytearray, start: int, end: int) -> None:
    if not 0 <= start <= end <= len(made):
        raise ValueError("outside")
    made[start:end] = bytes(end - start)
