"""What a picture tells besides the picture: place, time, device. It is taken out of what is given away.

The kept content stays as it came, under its hash, so that it can prove where evidence was taken; readers get a copy
without it. Nothing is drawn anew, so no pixel changes. (domain.md 3.11, trap 18)
"""

from collections.abc import Callable, Iterator
from itertools import chain

from xiaoneng.core.files.rules import boxes

_SOI, _EOI, _SOS, _APP0, _APP1, _APP2, _APP14 = 0xD8, 0xD9, 0xDA, 0xE0, 0xE1, 0xE2, 0xEE
_FILL = 0xFF
_STANDALONE = frozenset({0x00, 0x01, *range(0xD0, 0xD8)})
_TELLING = frozenset({*range(_APP0, 0xF0), 0xFE})
_EXIF, _ICC = b"Exif\x00\x00", b"ICC_PROFILE\x00"
_ORIENTATION = 0x0112
_UPRIGHT = 1
_PNG_KEPT = frozenset(b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs acTL fcTL fdAT cICP".split())
_PNG_START = b"\x89PNG\r\n\x1a\n"
_WEBP_TOLD = 0x08 | 0x04


def _jpeg(content: bytes) -> bytes:
    turned = _UPRIGHT
    kept: list[bytes] = []
    for marker, data in _segments(content):
        if marker == _APP1 and data[4:10] == _EXIF:
            turned = _orientation(data[10:])
        elif marker not in _TELLING or marker in {_APP0, _APP14} or (marker == _APP2 and data[4:16] == _ICC):
            kept.append(data)
    told = [] if turned == _UPRIGHT else [_turn(turned)]
    return b"".join(chain([b"\xff\xd8"], told, kept, [b"\xff\xd9"]))


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The segments up to the end of the image, scans with their data; not what lies between or behind."""
    at = 2
    while (at := content.find(b"\xff", at)) >= 0 and at + 1 < len(content):
        marker = content[at + 1]
        if marker == _EOI:
            return
        if marker in _STANDALONE or marker == _FILL:
            at += 1 if marker == _FILL else 2
            continue
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4])
        if marker == _SOS:
            end = _end_of_scan(content, end)
        yield marker, content[at:end]
        at = end


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the compressed data end: at the next marker that is no restart and no escaped 0xFF."""
    while (at := content.find(b"\xff", at)) >= 0 and at + 1 < len(content):
        if content[at + 1] not in _STANDALONE:
            return at
        at += 2
    return len(content)


def _orientation(tiff: bytes) -> int:
    """How the camera was held (Exif tag 274), upright when it does not say."""
    is_little = tiff[:2] == b"II"

    def number(at: int, size: int) -> int:
        return int.from_bytes(tiff[at : at + size], "little" if is_little else "big")

    first = number(4, 4)
    for entry in range(min(number(first, 2), 200)):
        at = first + 2 + entry * 12
        if number(at, 2) == _ORIENTATION:
            held = number(at + 8, 2)
            return held if held in range(1, 9) else _UPRIGHT
    return _UPRIGHT


def _turn(held: int) -> bytes:
    """The one thing that a reader must know to show the picture the right way up."""
    entry = _ORIENTATION.to_bytes(2) + b"\x00\x03\x00\x00\x00\x01" + held.to_bytes(2) + b"\x00\x00"
    data = _EXIF + b"MM\x00\x2a\x00\x00\x00\x08\x00\x01" + entry + b"\x00\x00\x00\x00"
    return b"\xff\xe1" + (len(data) + 2).to_bytes(2) + data


def _png(content: bytes) -> bytes:
    kept, at = [_PNG_START], len(_PNG_START)
    while at + 8 <= len(content):
        kind, end = content[at + 4 : at + 8], at + 12 + int.from_bytes(content[at : at + 4])
        if kind in _PNG_KEPT:
            kept.append(content[at:end])
        if kind == b"IEND":
            break
        at = end
    return b"".join(kept)


def _webp(content: bytes) -> bytes:
    kept, at = [], 12
    while at + 8 <= len(content):
        kind, size = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        end = at + 8 + size + size % 2
        chunk = content[at:end]
        if kind == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ~_WEBP_TOLD]) + chunk[9:]
        if kind not in {b"EXIF", b"XMP "}:
            kept.append(chunk)
        at = end
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


_CLEANERS: dict[str, Callable[[bytes], bytes]] = {
    "image/jpeg": _jpeg,
    "image/png": _png,
    "image/webp": _webp,
    "image/heic": boxes.cleaned_photograph,
    "video/mp4": boxes.cleaned_film,
}


def tells(media_type: str) -> bool:
    """Whether files of this kind are given away as a copy that tells nothing but what it shows."""
    return media_type in _CLEANERS


def cleaned(content: bytes, media_type: str) -> bytes:
    """The picture or film without what it tells besides: place, time, device, author, remarks, previews.

    Raises ValueError for a HEIC or an MP4 of which nobody can say so.
    """
    return _CLEANERS[media_type](content)
