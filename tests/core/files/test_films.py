"""Photographs and films of telephones show what they show and tell nothing else (domain.md 3.11, trap 18)."""

import pytest
from tests.core.files.films import FRAME, MOVED, PICTURE, box, heic, mp4
from tests.core.files.samples import DEVICE, HEIC, MP4, PLACE

from xiaoneng.core.files.rules.boxes import boxes
from xiaoneng.core.files.rules.pictures import cleaned, tells

TOLD = (PLACE, DEVICE, MOVED, MOVED[:10])


@pytest.mark.parametrize(("method", "version"), [(0, 0), (0, 1), (1, 1)])
def test_a_heic_photograph_keeps_its_picture_and_its_turn_and_loses_exif_and_xmp(method: int, version: int) -> None:
    sent = heic(method, version)
    assert PLACE in sent
    assert DEVICE in sent
    given = cleaned(sent, "image/heic")
    assert not any(told in given for told in TOLD)
    assert len(given) == len(sent), "what points at places still does"
    assert given.index(PICTURE) == sent.index(PICTURE)
    assert b"irot" in given
    assert cleaned(given, "image/heic") == given


@pytest.mark.parametrize("wide", [False, True])
def test_a_film_keeps_its_frames_and_loses_place_date_device_and_the_track_of_its_way(wide: bool) -> None:
    sent = mp4(wide=wide)
    assert all(told in sent for told in TOLD)
    given = cleaned(sent, "video/mp4")
    assert not any(told in given for told in TOLD)
    assert not any(date.to_bytes(size) in given for date in (3_900_000_000, 3_900_000_001) for size in (4, 8))
    assert len(given) == len(sent)
    assert given.index(FRAME) == sent.index(FRAME)
    assert (sent.count(b"trak"), given.count(b"trak")) == (2, 1)
    assert cleaned(given, "video/mp4") == given


def test_a_film_in_fragments_with_a_track_that_nobody_sees_is_not_given() -> None:
    with pytest.raises(ValueError, match="fragments"):
        cleaned(mp4(fragments=True), "video/mp4")


@pytest.mark.parametrize(("whole", "kind"), [(heic(), "image/heic"), (mp4(), "video/mp4")])
def test_what_is_cut_short_or_broken_is_refused_or_clean_never_something_else(whole: bytes, kind: str) -> None:
    """Every cut and a flipped bit of every byte: a refusal, or a copy of the same length; no other error."""
    for place in range(len(whole)):
        broken = bytearray(whole)
        broken[place] ^= 1 << place % 8
        for content in (bytes(broken), whole[:place]):
            try:
                assert len(cleaned(content, kind)) == len(content)
            except ValueError:
                continue


def test_every_accepted_picture_and_film_is_given_clean() -> None:
    kinds = ("image/jpeg", "image/png", "image/webp", "image/heic", "video/mp4")
    assert all(map(tells, kinds))
    for small, kind in ((HEIC, "image/heic"), (MP4, "video/mp4")):
        assert len(cleaned(small, kind)) == len(small)


def test_a_box_may_have_a_long_size_or_reach_to_the_end() -> None:
    long = b"\x00\x00\x00\x01free" + (20).to_bytes(8) + b"abcd"
    last = b"\x00\x00\x00\x00mdat" + b"rest"
    content = box(b"ftyp", b"isom") + long + last
    assert [(one.kind, content[one.body : one.end]) for one in boxes(content, 0, len(content))] == [
        (b"ftyp", b"isom"),
        (b"free", b"abcd"),
        (b"mdat", b"rest"),
    ]
    with pytest.raises(ValueError, match="half"):
        list(boxes(content[:-1] + box(b"free"), 0, 13))
