"""Reading a list of units."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiaoneng.core.organization.errors import FileUnreadable
from xiaoneng.core.organization.models import UnitType
from xiaoneng.core.organization.rules.divisions import Known, decode, parse

HEADER = "code,name,level,parent_code\n"
GOOD = (
    HEADER
    + "43,青禾市,prefecture,4\n4301,柳溪县,county,43\n430101,桥头镇,township,4301\n43010101,沩水村,village,430101\n"
)


def read(text, known=None, root=None, headers=None):
    return parse(text, headers or {}, known or {}, root)


def faults(text, **more):
    return [(fault.row, fault.column, fault.code) for fault in read(text, **more).faults]


class TestGoodFiles:
    def test_rows_come_parents_first_and_the_top_loses_the_parent_outside(self):
        lines = GOOD.splitlines(keepends=True)
        shuffled = lines[0] + "".join(reversed(lines[1:]))
        rows = read(shuffled).new
        assert [row.code for row in rows] == ["43", "4301", "430101", "43010101"]
        assert [row.parent_code for row in rows] == [None, "43", "4301", "430101"]
        assert [row.level for row in rows] == [2, 3, 4, 5]
        assert [row.type for row in rows] == [UnitType.COUNTY, UnitType.COUNTY, UnitType.TOWNSHIP, UnitType.VILLAGE]

    def test_headers_of_the_file_can_be_mapped(self):
        text = "区划代码,名称,层级,上级代码\n1,青禾县,县,\n2,柳溪镇,镇,1\n"
        headers = {"code": "区划代码", "name": "名称", "level": "层级", "parent_code": "上级代码"}
        assert [row.name for row in read(text, headers=headers).new] == ["青禾县", "柳溪镇"]

    def test_a_type_column_names_departments(self):
        text = "code,name,level,parent_code,type\n1,青禾县,3,,\n2,住建局,3,1,government_department\n"
        assert [row.type for row in read(text).new] == [UnitType.COUNTY, UnitType.GOVERNMENT_DEPARTMENT]

    def test_what_exists_already_is_unchanged(self):
        known = {"43": Known("青禾市", 2, None), "4301": Known("柳溪县", 3, "43")}
        parsed = read(GOOD, known=known, root="43")
        assert (parsed.unchanged, [row.code for row in parsed.new], parsed.faults) == (2, ["430101", "43010101"], [])

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
    def test_encodings_of_spreadsheets_keep_rare_characters(self, encoding):
        text = HEADER + "1,沩峰𬭩䶮县,county,\n"
        assert [row.name for row in read(decode(text.encode(encoding))).new] == ["沩峰𬭩䶮县"]


class TestFaults:
    def test_every_fault_is_named_by_row_and_column_and_nothing_is_left_to_create(self):
        text = (
            GOOD
            + "430101,重复镇,township,4301\n9,孤村,village,777\n8,怪村,galaxy,43\n,无码村,village,43\n7,,village,43\n"
        )
        parsed = read(text)
        assert [(fault.row, fault.column, fault.code) for fault in parsed.faults] == [
            (6, "code", "duplicate_code"),
            (7, "parent_code", "orphan"),
            (8, "level", "unknown_level"),
            (9, "code", "bad_code"),
            (10, "name", "bad_name"),
        ]
        assert parsed.new == []

    def test_a_cycle_is_told_once_for_each_of_its_rows(self):
        text = HEADER + "1,县,county,\n2,甲,township,4\n3,乙,township,2\n4,丙,township,3\n5,丁,village,2\n"
        assert faults(text) == [(3, "parent_code", "cycle"), (4, "parent_code", "cycle"), (5, "parent_code", "cycle")]

    def test_a_unit_that_is_its_own_parent(self):
        assert faults(HEADER + "1,县,county,\n2,甲,township,2\n") == [(3, "parent_code", "cycle")]

    def test_two_tops_are_orphans_because_a_region_has_one_root(self):
        assert faults(HEADER + "1,甲县,county,9\n2,乙县,county,9\n") == [
            (2, "parent_code", "orphan"),
            (3, "parent_code", "orphan"),
        ]

    def test_a_missing_parent_is_named_where_the_region_has_its_root(self):
        parsed = read(HEADER + "4309,新村,village,4302\n", known={"43": Known("青禾市", 2, None)}, root="43")
        assert [fault.message for fault in parsed.faults] == ["找不到上级单位“4302”"]

    def test_another_root_than_the_regions(self):
        assert faults(GOOD, known={"1": Known("别的县", 3, None)}, root="1") == [(2, "parent_code", "orphan")]

    @pytest.mark.parametrize(
        "known",
        [Known("旧名", 3, "43"), Known("柳溪县", 4, "43"), Known("柳溪县", 3, None)],
        ids=["name", "level", "parent"],
    )
    def test_a_row_that_contradicts_what_exists_changes_nothing(self, known):
        root = {"43": Known("青禾市", 2, None)}
        assert faults(GOOD, known={**root, "4301": known}, root="43") == [(3, "code", "differs")]

    @pytest.mark.parametrize("type_", ["ministry", "COUNTY"])
    def test_an_unknown_type(self, type_):
        text = f"code,name,level,parent_code,type\n1,县,county,,{type_}\n"
        assert faults(text) == [(2, "type", "unknown_type")]

    @pytest.mark.parametrize(
        "content",
        [b"", b"\xff\xfe\x00c", b"a,b\n1,2\n", b"code,name,level\n", b"code\0,name", b"\x81"],
        ids=["empty", "utf16", "columns", "short", "nul", "broken"],
    )
    def test_no_such_csv(self, content):
        with pytest.raises(FileUnreadable):
            read(decode(content))

    def test_an_open_quote_is_no_csv(self):
        with pytest.raises(FileUnreadable):
            read(HEADER + '1,"县,county,\n')

    def test_rows_shorter_than_the_header(self):
        assert {code for _, _, code in faults(HEADER + "1\n")} == {"bad_name", "unknown_level"}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(min_value=0, max_value=30), min_size=1, max_size=30), st.randoms())
def test_any_tree_in_any_order_is_read_parents_first(parents, random):
    """Unit n stands below some unit before it: a tree, whatever the order of its rows."""
    rows = [f"{number},单位{number},village,{parent % number}" for number, parent in enumerate(parents, start=1)]
    rows.append("0,县,county,")
    random.shuffle(rows)
    parsed = read(HEADER + "\n".join(rows) + "\n")
    assert parsed.faults == []
    seen = set()
    for row in parsed.new:
        assert row.parent_code is None or row.parent_code in seen
        seen.add(row.code)
    assert len(seen) == len(parents) + 1
