"""What is given away shows the picture and tells nothing else (domain.md 3.11, trap 18)."""

import struct

from tests.core.files.samples import DEVICE, GREY, PLACE, WEBP, png, with_gps

from xiaoneng.core.files.rules.pictures import cleaned


def test_a_photograph_loses_place_device_and_remarks_and_keeps_its_pixels_and_its_turn() -> None:
    sent = with_gps(GREY)
    assert PLACE in sent
    assert DEVICE in sent
    given = cleaned(sent, "image/jpeg")
    assert PLACE not in given
    assert DEVICE not in given
    assert b"\x88\x25" not in given
    assert given[2:].count(b"Exif") == 1
    assert given.endswith(GREY[20:])
    assert cleaned(given, "image/jpeg") == given


def test_a_picture_that_stands_upright_has_no_exif_at_all() -> None:
    assert cleaned(with_gps(GREY, turned=1), "image/jpeg") == GREY


def test_other_pictures_lose_their_remarks() -> None:
    plain = png()
    text = struct.pack(">I", len(PLACE)) + b"tEXt" + PLACE + b"\x00" * 4
    assert cleaned(plain[:33] + text + plain[33:] + PLACE, "image/png") == plain
    told = WEBP + b"EXIF" + struct.pack("<I", len(PLACE)) + PLACE
    assert PLACE not in cleaned(told, "image/webp")
    assert cleaned(told, "image/webp")[8:] == WEBP[8:]
