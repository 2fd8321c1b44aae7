"""The authorization matrix, generated from the pivot: every route, every role, as written."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from fastapi.routing import APIRoute
from tests.fixtures.region import World, done, register

from xiaoneng.api import operations
from xiaoneng.app import create_app
from xiaoneng.core.access.deps import guard
from xiaoneng.core.access.models import Relation, Role
from xiaoneng.core.access.rules import PivotRow, pivot
from xiaoneng.settings import Settings

pytestmark = pytest.mark.anyio
PREFIX = "/api/v1"
LOGINS = {
    Role.LGO: "office",
    Role.LGL: "leader",
    Role.INS: "inspector",
    Role.ACC: "accountability",
    Role.UHD: "cg.head",
    Role.ULN: "cg.liaison",
    Role.HDL: "cg.handler",
    Role.HOP: "operator",
    Role.MON: "monitor",
    Role.AUD: "auditor",
    Role.SYS: "sysadmin",
    Role.SEC: "secadmin",
    Role.AUA: "audadmin",
}
UNREACHABLE = {"notifications_stream"}


def api_routes() -> Iterator[APIRoute]:
    """Every route that is served and described."""
    described = create_app(Settings(environment="test")).openapi()["paths"]
    for route in operations:
        assert isinstance(route, APIRoute)
        assert {method.lower() for method in route.methods or ()} <= described[route.path].keys()
        yield route


def rows() -> list[PivotRow]:
    return [row for row in pivot().rows.values() if row.route != "-"]


def guarded(route: APIRoute) -> bool:
    todo = list(route.dependant.dependencies)
    while todo:
        dependency = todo.pop()
        if dependency.call is guard:
            return True
        todo += dependency.dependencies
    return False


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    paths = create_app(Settings(environment="test")).openapi()["paths"]
    served = {
        (described["operationId"], f"{method.upper()} {path.removeprefix(PREFIX)}")
        for path, methods in paths.items()
        for method, described in methods.items()
    }
    assert served == {(row.operation, row.route) for row in rows()}


def test_every_route_is_guarded_unless_its_row_says_public() -> None:
    routes = list(api_routes())
    assert len(routes) == len(rows())
    for route in routes:
        assert guarded(route) != pivot().rows[route.operation_id].public, route.operation_id


def test_every_changing_route_leaves_an_audit_entry_by_its_row() -> None:
    silent = {"auth_refresh", "cases_alike", "public_receipts_track", "notifications_mark_read", "files_upload"}
    silent |= {"letter_previews_make"}
    silent |= {"saved_views_create", "saved_views_change", "saved_views_remove"}  # how one looks changes nothing
    for row in rows():
        if row.route.startswith("POST ") and row.operation not in silent:
            assert row.audit != "none", row.operation


def test_every_route_declares_its_errors() -> None:
    for route in api_routes():
        assert route.responses, route.operation_id


@pytest.mark.parametrize("role", LOGINS)
async def test_function_is_open_exactly_to_the_roles_of_the_row(world: World, role: Role) -> None:
    client = await world.as_(LOGINS[role])
    wrong = []
    for row in rows():
        if row.public or row.operation in UNREACHABLE:
            continue
        method, path = row.route.split(" ")
        answer = await client.request(method, fill(path), json={} if method == "POST" else None)
        refused = answer.status_code == 403 and answer.json()["code"] == "access.permission_denied"
        expected = row.permission is not None and role not in row.allow
        if refused != expected or answer.status_code in {401, 500}:
            wrong.append(f"{row.operation}: {answer.status_code} {answer.text[:80]}")
    assert wrong == []


async def test_nobody_gets_in_without_a_login(world: World) -> None:
    client = await world.anybody()
    for row in rows():
        if not row.public:
            method, path = row.route.split(" ")
            answer = await client.request(method, fill(path), json={} if method == "POST" else None)
            assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer"), row.operation


def fill(path: str) -> str:
    while "{" in path:
        start, end = path.index("{"), path.index("}")
        value = "case_category" if path[start:end].endswith("scheme") else str(uuid4())
        path = path[:start] + value + path[end + 1 :]
    return path


SUBJECTS = {
    "case": "case_id",
    "item": "item_id",
    "instruction": "task_id",
    "listing": "listing_id",
    "monitoring_point": "point_id",
    "monitor": "monitor_id",
}
"""The kinds of objects, with the name of their key in a route."""
CLOCKS = {"case": "finish", "item": "plan"}


def object_cells() -> list[tuple[str, Role, str]]:
    """Every action or reading of one object, every role, on an object of the own and of another unit."""
    return [
        (row.operation, role, owner)
        for row in rows()
        if row.resource in {*SUBJECTS, "caller"} and "_id}" in row.route
        for role in LOGINS
        for owner in ("own", "other")
    ]


async def test_objects_are_reached_exactly_as_far_as_the_row_says(world: World) -> None:
    subjects = await _subjects(world)
    wrong = []
    for operation, role, owner in object_cells():
        row = pivot().rows[operation]
        method, path = row.route.split(" ")
        kind = row.resource if row.resource in SUBJECTS else "case"
        subject = subjects[kind, owner]
        answer = await (await world.as_(LOGINS[role])).request(
            method,
            path.replace(f"{{{SUBJECTS[kind]}}}", subject["id"]).replace("{kind}", CLOCKS.get(kind, "")),
            headers={"If-Match": '"0"'},
            json=BODIES.get(operation, {}),
        )
        expected = _expected(row, kind, role, owner)
        if _outcome(answer.status_code) != expected:
            wrong.append(f"{operation} {role} {owner}: {answer.status_code}, expected {expected}")
    assert wrong == []


def _expected(row: PivotRow, kind: str, role: Role, owner: str) -> str:
    """403 when the function is closed, 404 when the object is out of sight, else let through (or refused later)."""
    if role not in row.allow:
        return "403"
    sight = pivot().grants[f"{kind}:read"].get(role, frozenset())
    return "through" if _reaches(role, sight, owner) else "404"


def _reaches(role: Role, relations: frozenset[Relation], owner: str) -> bool:
    """The handler alone is assigned by name to the objects of the own unit."""
    if Relation.JURISDICTION in relations or Relation.OWN in relations:
        return True  # the operator registered both cases
    mine = {Relation.UNIT, Relation.ASSIGNED} if role is Role.HDL else {Relation.UNIT}
    return owner == "own" and bool(relations & mine)


def _outcome(status: int) -> str:
    return {403: "403", 404: "404"}.get(status, "through")


ANY = str(uuid4())
BODIES = {
    "cases_dispatch": {"unit_id": ANY},
    "cases_designate": {"unit_id": ANY, "basis": "会议纪要", "reason": "理由理由"},
    "cases_refuse_return": {"reason": "理由理由"},
    "cases_add_co_units": {"co_unit_ids": [ANY]},
    "cases_apply_extension": {"reason": "理由理由", "amount": 1},
    "cases_apply_pause": {"reason": "理由理由"},
    "cases_resume": {"reason": "理由理由"},
    "cases_apply_exclusion": {"reason": "理由理由", "file_ids": [ANY]},
    "cases_appeal": {"reason": "理由理由", "about": "redo"},
    "cases_note_progress": {"note": "记录"},
    "cases_draft_reply": {"text": "答复内容"},
    "cases_return_draft": {"reason": "理由理由"},
    "cases_call_back_redo": {"solved": "no", "stars": 1, "reason": "理由理由"},
    "cases_ask_after_limit": {"solved": "no", "stars": 1},
    "cases_step_up": {"reason": "理由理由"},
    "cases_answer_on_spot": {"text": "答复内容"},
    "cases_refuse_acceptance": {"reason": "理由理由", "channel": "请向法院提起诉讼"},
    "cases_transfer_emergency": {"service": "119", "note": "已转消防"},
    "cases_hand_over": {"unit_id": ANY, "reason": "理由理由"},
    "cases_hand_down": {"co_unit_ids": [ANY]},
    "cases_merge": {"into_id": ANY, "reason": "理由理由"},
    "cases_reopen": {"reason": "理由理由"},
    "cases_unmerge": {"reason": "理由理由"},
    "cases_whistle": {"unit_ids": [ANY], "ground": "emergency", "place": "城南市场"},
    "cases_return": {"reason": "理由理由"},
    "cases_assign_handler": {"person_id": ANY},
    "cases_contact": {"reached": True, "note": "记录"},
    "cases_reply": {"text": "答复内容"},
    "cases_record_attempt": {"note": "记录"},
    "cases_call_back": {"solved": "yes", "stars": 5},
    "cases_redo": {"reason": "理由理由"},
    "cases_close": {"reason": "理由理由"},
    "cases_urge": {"reason": "理由理由"},
    "cases_reveal_caller": {"reason": "理由理由"},
    "case_instructions_report": {"text": "落实情况"},
    "case_instructions_accept": {"judgement": "同意"},
    "case_instructions_send_back": {"reason": "理由理由"},
    "case_instructions_withdraw": {"reason": "理由理由"},
    "case_listings_decline": {"reason": "理由理由"},
    "case_listings_report_progress": {"text": "本周进展"},
    "case_listings_record_meeting": {"met_on": "2026-01-05", "chaired_by": "主持人", "decision": "会议决定"},
    "case_listings_draft_text": {"title": "公开标题", "text": "公开内容"},
    "case_listings_apply_unlist": {"conclusion": "摘牌结论"},
    "case_listings_keep": {"reason": "理由理由"},
    "rectification_items_designate": {"unit_id": ANY},
    "rectification_items_plan": {
        "target": "目标目标",
        "measures": [{"text": "措施措施", "owner_id": ANY, "due_on": "2030-01-01"}],
        "responsible_leader_id": ANY,
        "responsible_person_id": ANY,
        "due_on": "2030-01-01",
    },
    "rectification_items_return_plan": {"reason": "理由理由"},
    "rectification_items_report_progress": {"text": "进展进展", "percent": 10},
    "rectification_items_add_evidence": {"file_id": ANY, "measure_id": ANY, "description": "照片"},
    "rectification_items_apply_closeout": {"statement": "情况属实"},
    "rectification_items_verify": {"method": "on_site", "conclusion": "已整改到位"},
    "rectification_items_return_closeout": {"reason": "理由理由"},
    "rectification_items_convene": {"body_ids": [ANY, ANY]},
    "rectification_items_sign_acceptance": {"body_id": ANY, "passed": True, "opinion": "同意"},
    "rectification_items_accept": {"conclusion": "同意"},
    "rectification_items_announce": {"title": "标题", "target": "目标", "outcome": "成效", "contact": "电话"},
    "rectification_items_record_objection": {"text": "异议内容"},
    "rectification_items_answer_objection": {"objection_id": ANY, "upheld": False, "answer": "答复内容"},
    "rectification_items_pass_look_back": {"check_id": ANY, "finding": "未反弹"},
    "rectification_items_rebound": {"reason": "理由理由", "due_on": "2030-01-01"},
    "rectification_items_adopt": {"unit_id": ANY},
    "rectification_items_void": {"reason": "理由理由"},
    "rectification_items_apply_extension": {"to_due_on": "2030-02-01", "reason": "理由理由"},
    "rectification_items_refuse_extension": {"reason": "理由理由"},
    "rectification_items_link_institution": {"institution_id": ANY},
    "rectification_items_waive_institution": {"reason": "理由理由"},
    "rectification_items_close": {"conclusion": "同意销号"},
    "monitoring_points_suspend": {"reason": "理由理由"},
    "monitoring_points_evaluate": {"year": 2020, "result": "renew", "text": "合格"},
    "monitoring_points_remove": {"reason": "理由理由"},
    "monitors_nominate": {"name": "某人", "phone": "13900001111"},
    "monitors_suspend": {"reason": "理由理由"},
    "monitors_evaluate": {"year": 2020, "result": "renew", "text": "合格"},
    "monitors_remove": {"reason": "理由理由"},
    "monitors_report": {"text": "本周情况"},
    "monitors_record_visit": {"visited_on": "2026-01-05", "text": "走访情况"},
}


async def _subjects(world: World) -> dict[tuple[str, str], dict]:
    """A case with its handler, an item with its responsible person, an instruction to a person and a listing under
    somebody's charge, of the city management bureau and of another.
    """
    subjects = {}
    for owner, unit, prefix in (("own", "ML17", "cg"), ("other", "ML11", "zj")):
        case = await register(world)
        case = await done(world, "operator", case, "dispatch", unit_id=str(world.units[unit]))
        people = await staff(world, unit)
        case = await done(world, f"{prefix}.liaison", case, "assign_handler", person_id=people["HDL"])
        body = {"title": "窗口服务态度", "problem": "窗口工作人员态度生硬。", "lead_unit_id": str(world.units[unit])}
        item = (await (await world.as_("office")).post("/rectification-items", json=body)).json()
        plan = {
            "target": "态度改进",
            "measures": [{"text": "开展培训", "owner_id": people["HDL"], "due_on": "2030-01-01"}],
            "responsible_leader_id": people["UHD"],
            "responsible_person_id": people["HDL"],
            "due_on": "2030-01-02",
        }
        item = await done(world, f"{prefix}.liaison", item, "plan", **plan)
        told = {"case_id": case["id"], "text": "限期解决"}
        told["addressees"] = [{"unit_id": str(world.units[unit]), "person_id": people["HDL"]}]
        [task] = (await (await world.as_("leader")).post("/case-instructions", json=told)).json()["items"]
        asked = {"case_id": case["id"], "leader_id": people["HDL"], "grounds": "反复反映", "due_on": "2030-01-02"}
        listing = (await (await world.as_("office")).post("/case-listings", json=asked)).json()
        subjects |= {("case", owner): case, ("item", owner): item}
        subjects |= {("instruction", owner): task, ("listing", owner): listing}
        office = await world.as_("office")
        watch = {"name": "某企业", "type": "enterprise", "region": "片区", "unit_ids": [str(world.units[unit])]}
        point = (await office.post("/monitoring-points", json=watch)).json()
        somebody = {"name": "某人", "phone": "13900001111"}
        monitor = (await office.post(f"/monitoring-points/{point['id']}/monitors", json=somebody)).json()
        subjects |= {("monitoring_point", owner): point, ("monitor", owner): monitor}
    return subjects


async def staff(world: World, unit: str) -> dict[str, str]:
    """The people of a unit by the role that their title tells."""
    found = (await (await world.as_("office")).get(f"/units/{world.units[unit]}/people")).json()["items"]
    roles = {"局长": "UHD", "主任": "ULN", "科长": "ULN", "科员": "HDL"}
    return {roles[person["post"][-2:]]: person["id"] for person in found}
