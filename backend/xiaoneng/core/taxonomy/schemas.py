"""Shapes of the code lists."""

from datetime import date

from xiaoneng.core.taxonomy.models import RowFault, Scheme
from xiaoneng.kit.schemas import Schema


class TermRead(Schema):
    """One entry that can be chosen."""

    code: str
    name: str
    parent_code: str | None
    sort: int


class TaxonomyRead(Schema):
    """The edition in force, parents before children."""

    scheme: Scheme
    version: int
    items: list[TermRead]


class RowError(Schema):
    """What is wrong with one row; `row` counts from 1, the header being row 1."""

    row: int
    column: str
    code: RowFault
    message: str


class TaxonomyImportRead(Schema):
    """What an import did. Nothing is changed (`applied` false) when a row is wrong or the list is the same."""

    scheme: Scheme
    version: int
    valid_from: date
    applied: bool
    created: int
    unchanged: int
    retired: int
    errors: list[RowError]
