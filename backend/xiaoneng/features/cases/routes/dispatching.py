"""HTTP of who handles a case."""

from uuid import UUID

from xiaoneng.core.access.deps import ActingDep, changes
from xiaoneng.features.cases.errors.cases import (
    AlreadyPaused,
    MustBeDesignated,
    NotBelow,
    NothingReturned,
    PersonRefused,
    ReturnForbidden,
    ReturnLoop,
    ReturnsUsedUp,
    ReturnWindowClosed,
    UnitRefused,
    UnitTaken,
)
from xiaoneng.features.cases.routes.shared import act
from xiaoneng.features.cases.schemas.actions import (
    AssignHandlerInput,
    CoUnitsInput,
    DesignateInput,
    DispatchInput,
    HandOverInput,
    WhistleInput,
)
from xiaoneng.features.cases.schemas.reads import CaseRead
from xiaoneng.kit.http import router
from xiaoneng.kit.schemas import ReasonInput

routes = router("/cases", "cases")


@routes.post(
    "/{case_id}/actions/dispatch",
    operation_id="cases_dispatch",
    summary="派发到承办单位",
    responses=changes(UnitRefused, UnitTaken, ReturnLoop, MustBeDesignated),
)
async def dispatch_case(acting: ActingDep, case_id: UUID, body: DispatchInput) -> CaseRead:
    """Hand the case to a lead, and to units that help it; their clocks start."""
    return await act(acting, case_id, "dispatch", body)


@routes.post(
    "/{case_id}/actions/designate",
    operation_id="cases_designate",
    summary="指定承办单位",
    responses=changes(UnitRefused, UnitTaken),
)
async def designate_case(acting: ActingDep, case_id: UUID, body: DesignateInput) -> CaseRead:
    """Decide who handles the case, with the basis on record; no return from it (R-10, R-18)."""
    return await act(acting, case_id, "designate", body)


@routes.post(
    "/{case_id}/actions/refuse_return",
    operation_id="cases_refuse_return",
    summary="不同意退回",
    responses=changes(NothingReturned, UnitRefused),
)
async def refuse_return_case(acting: ActingDep, case_id: UUID, body: ReasonInput) -> CaseRead:
    """Send a returned case back to the unit that returned it, which may not return it again (SM-24)."""
    return await act(acting, case_id, "refuse_return", body)


@routes.post(
    "/{case_id}/actions/add_co_units",
    operation_id="cases_add_co_units",
    summary="增派协办单位",
    responses=changes(UnitRefused, UnitTaken),
)
async def add_co_units_case(acting: ActingDep, case_id: UUID, body: CoUnitsInput) -> CaseRead:
    """Have further units help the lead, each with limits of its own."""
    return await act(acting, case_id, "add_co_units", body)


@routes.post(
    "/{case_id}/actions/hand_over",
    operation_id="cases_hand_over",
    summary="转交（首接负责）",
    responses=changes(UnitRefused, UnitTaken, ReturnForbidden, AlreadyPaused),
)
async def hand_over_case(acting: ActingDep, case_id: UUID, body: HandOverInput) -> CaseRead:
    """Hand the case to another unit, and answer for it until that unit signs (R-22)."""
    return await act(acting, case_id, "hand_over", body)


@routes.post(
    "/{case_id}/actions/hand_down",
    operation_id="cases_hand_down",
    summary="逐级交办",
    responses=changes(UnitRefused, UnitTaken, NotBelow, AlreadyPaused),
)
async def hand_down_case(acting: ActingDep, case_id: UUID, body: CoUnitsInput) -> CaseRead:
    """Have units below the lead do a part; their answers come up to it."""
    return await act(acting, case_id, "hand_down", body)


@routes.post(
    "/{case_id}/actions/whistle",
    operation_id="cases_whistle",
    summary="吹哨",
    responses=changes(UnitRefused, UnitTaken, AlreadyPaused),
)
async def whistle_case(acting: ActingDep, case_id: UUID, body: WhistleInput) -> CaseRead:
    """Call several units to the place; a clock runs until each has arrived."""
    return await act(acting, case_id, "whistle", body)


@routes.post(
    "/{case_id}/actions/return",
    operation_id="cases_return",
    summary="退回",
    responses=changes(ReturnWindowClosed, ReturnsUsedUp, ReturnForbidden),
)
async def return_case(acting: ActingDep, case_id: UUID, body: ReasonInput) -> CaseRead:
    """The unit gives the case back within its window (R-18)."""
    return await act(acting, case_id, "return", body)


@routes.post(
    "/{case_id}/actions/assign_handler",
    operation_id="cases_assign_handler",
    summary="指派承办人",
    responses=changes(PersonRefused),
)
async def assign_handler_case(acting: ActingDep, case_id: UUID, body: AssignHandlerInput) -> CaseRead:
    """Name the person who handles the case."""
    return await act(acting, case_id, "assign_handler", body)
