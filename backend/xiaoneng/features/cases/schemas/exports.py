"""What people send to take a list of cases out."""

from pydantic import Field

from xiaoneng.features.cases.schemas.reads import CaseNarrowing
from xiaoneng.kit.schemas import Flag, Input, Reason


class CaseExportCreate(Input):
    """A list of cases as the page shows it. Callers are masked unless `with_personal` is set, which needs a reason.

    A workbook has all rows, the newest first.
    """

    filters: CaseNarrowing = Field(default=CaseNarrowing(), description="与列表相同的筛选条件")
    with_personal: Flag = False
    reason: Reason | None = None
