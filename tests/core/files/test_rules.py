import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.files.samples import DOC, GOOD, HOSTILE

from xiaoneng.core.files.errors import TypeRefused
from xiaoneng.core.files.rules import media, names


def _judge(name: str, content: bytes) -> str:
    return media.judge(io.BytesIO(content), names.ending(names.clean(name)))


@pytest.mark.parametrize("name", GOOD)
def test_what_people_send_is_let_in(name: str) -> None:
    content, media_type = GOOD[name]
    assert _judge(name, content) == media_type


@pytest.mark.parametrize("case", HOSTILE)
def test_what_attackers_send_is_refused(case: str) -> None:
    with pytest.raises(TypeRefused):
        _judge(*HOSTILE[case])


def test_a_macro_is_found_across_the_border_of_two_reads() -> None:
    entry = DOC.index("WordDocument".encode("utf-16-le"))
    macros = "Macros".encode("utf-16-le").ljust(64, b"\0") + b"\x0e\x00"
    filler = b"\0" * (1024 * 1024 - len(DOC) - 40)
    assert entry < len(DOC)
    with pytest.raises(TypeRefused):
        _judge("a.doc", DOC + filler + macros.ljust(128, b"\0"))


@given(st.binary(max_size=300), st.sampled_from(sorted(media.KINDS)))
def test_no_content_makes_the_judge_stumble(content: bytes, ending: str) -> None:
    head = next(good for name, (good, _) in GOOD.items() if name.lower().endswith(ending))[:40]
    for tried in (content, head + content):
        try:
            assert media.judge(io.BytesIO(tried), ending) == media.KINDS[ending].media_type
        except TypeRefused:
            continue


class TestClean:
    @pytest.mark.parametrize(
        ("sent", "kept"),
        [
            ("照片 1.jpg", "照片 1.jpg"),
            ("../../etc/passwd.txt", "passwd.txt"),
            ("C:\\Users\\a\\图.png", "图.png"),
            ("/", "_"),
            ("..", "_"),
            ("", "_"),
            ("a\u202egpj.exe", "agpj.exe"),
            ("a\u200b\u2066b.pdf", "ab.pdf"),
            ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
            ("a\x00b\x7f\x85.pdf", "ab.pdf"),
            ('a"<b>|?*.pdf', "a__b____.pdf"),
            ("  . a.pdf . ", "a.pdf"),
            ("CON.txt", "_CON.txt"),
            ("com1", "_com1"),
            ("e\u0301.txt", "\u00e9.txt"),
            ("\ud800x.txt", "x.txt"),
        ],
    )
    def test_nothing_hides_in_a_name(self, sent: str, kept: str) -> None:
        assert names.clean(sent) == kept

    def test_a_long_name_keeps_its_ending(self) -> None:
        kept = names.clean("长" * 300 + ".docx")
        assert len(kept) == 200
        assert kept.endswith("长.docx")

    def test_a_long_ending_is_none(self) -> None:
        assert names.clean("a." + "b" * 300) == "a." + "b" * 198

    @given(st.text(max_size=220))
    def test_a_clean_name_is_short_visible_and_clean(self, sent: str) -> None:
        kept = names.clean(sent)
        assert 0 < len(kept) <= 200
        assert not set(kept) & set('/\\<>:"|?*')
        assert names.clean(kept) == kept


class TestDisposition:
    def test_tells_old_and_new_readers(self) -> None:
        assert names.disposition("现场 1.jpg") == (
            "attachment; filename=\"__ 1.jpg\"; filename*=UTF-8''%E7%8E%B0%E5%9C%BA%201.jpg"
        )

    @given(st.text(max_size=100))
    def test_is_always_one_plain_header(self, sent: str) -> None:
        header = names.disposition(names.clean(sent))
        assert header.isascii()
        assert header.isprintable()
        assert header.count('"') == 2
