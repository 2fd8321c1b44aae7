"""The pivot: one table of who may do what, read by the guards and by the generated tests alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from xiaoneng.core.access.models import Audit, Relation, Role
from xiaoneng.kit.documents import read_yaml

PIVOT_FILE = Path(__file__).with_name("pivot.yaml")


class PivotRow(BaseModel):
    """One route: which permission it needs, which roles hold it and how far, and what it leaves behind."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    operation: str
    route: str
    resource: str
    permission: str | None = None
    allow: dict[Role, list[Relation]] = {}
    public: bool = False
    any_login: bool = False
    deny_as: int = 404
    recusal: bool = False
    audit: Audit = Audit.NONE

    @model_validator(mode="after")
    def _one_way_in(self) -> Self:
        ways = [self.public, self.any_login, self.permission is not None]
        if sum(ways) != 1 or (self.permission is None) == bool(self.allow):
            raise ValueError(f"{self.operation}: a row is public, for any login, or names a permission with its roles")
        return self


@dataclass(frozen=True)
class Pivot:
    """The whole table."""

    rows: Mapping[str, PivotRow]
    grants: Mapping[str, Mapping[Role, frozenset[Relation]]]


@cache
def pivot() -> Pivot:
    """The table of this release. Raises ValueError when two rows disagree on a permission."""
    rows = [PivotRow.model_validate(raw) for raw in read_yaml(PIVOT_FILE.read_text("utf-8"))]
    grants: dict[str, dict[Role, frozenset[Relation]]] = {}
    for row in rows:
        if row.permission is None:
            continue
        allow = {role: frozenset(relations) for role, relations in row.allow.items()}
        if grants.setdefault(row.permission, allow) != allow:
            raise ValueError(f"{row.permission} is granted in two different ways")
    by_operation = {row.operation: row for row in rows}
    if len(by_operation) != len(rows):
        raise ValueError("an operation stands twice in the pivot")
    return Pivot(by_operation, grants)
