import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.core.taxonomy import rules
from xiaoneng.core.taxonomy.errors import UnreadableFile
from xiaoneng.core.taxonomy.models import RowFault
from xiaoneng.core.taxonomy.rules import Merge, Term

HEADER = "一级分类,二级分类,三级分类\n"


def _table(*rows: str) -> bytes:
    return (HEADER + "\n".join(rows)).encode()


def _merge(base: Merge | None, *rows: str) -> Merge:
    current = {term.code: term for term in base.terms} if base else {}
    return rules.merge(current, rules.read_rows(_table(*rows)))


def _by_name(merged: Merge) -> dict[str, Term]:
    return {term.name: term for term in merged.terms}


class TestReadRows:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
    def test_reads_what_spreadsheets_save(self, encoding: str) -> None:
        content = (HEADER + "城乡建设, 供水 ,停水\r\n其他").encode(encoding)
        assert rules.read_rows(content) == [["城乡建设", "供水", "停水"], ["其他", "", ""]]

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            "名称,代码\n城建,01".encode(),
            (HEADER + '"未结束').encode(),
            b"\xff\xfe\xff\x00\x81",
            (HEADER + "\n".join(f"甲{number}" for number in range(rules.MAX_ROWS + 1))).encode(),
        ],
        ids=["empty", "other header", "open quote", "bytes", "too many rows"],
    )
    def test_refuses_what_is_no_table_of_this_form(self, content: bytes) -> None:
        with pytest.raises(UnreadableFile):
            rules.read_rows(content)


class TestMerge:
    def test_the_first_edition_numbers_every_level(self) -> None:
        merged = _merge(None, "甲,乙,丙", "甲,乙,丁", "戊")
        shown = [(term.code, term.name, term.parent_code) for term in merged.terms]
        assert shown == [
            ("01", "甲", None),
            ("0101", "乙", "01"),
            ("010101", "丙", "0101"),
            ("010102", "丁", "0101"),
            ("02", "戊", None),
        ]
        assert (merged.created, merged.unchanged, merged.retired) == (5, 0, 0)

    def test_the_same_table_again_changes_nothing(self) -> None:
        first = _merge(None, "甲,乙,丙", "戊")
        again = _merge(first, "甲,乙,丙", "戊")
        assert again.terms == first.terms
        assert (again.created, again.unchanged, again.retired) == (0, 4, 0)

    def test_what_is_gone_is_retired_and_its_code_never_given_to_another(self) -> None:
        first = _merge(None, "甲,乙", "甲,丙")
        second = _merge(first, "甲,丁", "甲,丙")
        terms = _by_name(second)
        assert terms["乙"] == Term("0101", "乙", "01", 4, retired=True)
        assert (terms["丙"].code, terms["丁"].code) == ("0102", "0103")
        assert (second.created, second.unchanged, second.retired) == (1, 2, 1)

    def test_what_comes_back_gets_its_old_code(self) -> None:
        first = _merge(None, "甲,乙", "甲,丙")
        second = _merge(first, "甲,丙")
        third = _merge(second, "甲,乙", "甲,丙")
        assert _by_name(third)["乙"].code == "0101"
        assert not any(term.retired for term in third.terms)
        assert (third.created, third.retired) == (1, 0)

    @pytest.mark.parametrize(
        ("row", "column", "code"),
        [
            ("甲,,丙", "二级分类", RowFault.MISSING_PARENT),
            (",乙,丙", "一级分类", RowFault.MISSING_PARENT),
            (",,", "一级分类", RowFault.EMPTY_ROW),
            (f"甲,{'长' * 61},丙", "二级分类", RowFault.TOO_LONG),
            ("甲,乙,丙\u202e丁", "三级分类", RowFault.BAD_CHARACTERS),
            ("甲,乙,\x00", "三级分类", RowFault.BAD_CHARACTERS),
            ("好,好,好", "三级分类", RowFault.DUPLICATE_ROW),
        ],
    )
    def test_says_which_row_and_column_is_wrong(self, row: str, column: str, code: RowFault) -> None:
        (error,) = _merge(None, "好,好,好", row).errors
        assert (error.row, error.column, error.code) == (3, column, code)

    def test_reports_every_wrong_row(self) -> None:
        merged = _merge(None, "甲,,丙", "好", ",乙", "好")
        assert [error.row for error in merged.errors] == [2, 4, 5]

    def test_a_hundredth_child_is_refused(self) -> None:
        merged = _merge(None, *(f"甲,第{number}项" for number in range(1, 101)))
        assert [(error.row, error.code) for error in merged.errors] == [(101, RowFault.TOO_MANY_CHILDREN)]


_names = st.sampled_from("甲乙丙丁")
_paths = st.lists(st.lists(_names, min_size=1, max_size=3), min_size=1, max_size=12, unique_by=tuple)


@given(st.lists(_paths, min_size=2, max_size=4))
def test_however_editions_follow_each_other_codes_keep_their_meaning(editions: list[list[list[str]]]) -> None:
    meaning: dict[str, tuple[str, str | None]] = {}
    current: dict[str, Term] = {}
    for paths in editions:
        merged = rules.merge(current, [[*path, *[""] * (3 - len(path))] for path in paths])
        current = {term.code: term for term in merged.terms}
        assert len(current) == len(merged.terms)
        for term in merged.terms:
            assert meaning.setdefault(term.code, (term.name, term.parent_code)) == (term.name, term.parent_code)
            assert term.parent_code is None or term.parent_code in current
        assert set(meaning) == set(current)
