"""The series of human numbers and how each is written. New kinds of documents are new rows here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from xiaoneng.core.numbering.errors import UnknownSeries
from xiaoneng.core.numbering.models import CASE_SEQUENCE


@dataclass(frozen=True, slots=True)
class Series:
    """One series. `pattern` may use `issuer`, `day` (region date) and `number`.

    With a `sequence` numbers come from blocks and may leave gaps; without one they are counted by issuer and year
    and leave none, as the law wants for documents. `wrap` is the first number that does not fit the pattern.
    """

    name: str
    pattern: str
    sequence: str | None = None
    wrap: int | None = None

    def format(self, number: int, day: date, issuer: str = "") -> str:
        """The number as people read it."""
        shown = number % self.wrap if self.wrap else number
        return self.pattern.format(issuer=issuer, day=day, number=shown)


_ALL = (
    Series("case", "SQ{day:%Y%m%d}{number:06d}", sequence=CASE_SEQUENCE.name, wrap=1_000_000),
    Series("rectification_item", "ZG-{day:%Y}-{number:05d}"),
    Series("look_back", "HTK-{day:%Y}-{number:03d}"),
    Series("institution", "ZD-{day:%Y}-{number:04d}"),
    Series("campaign", "ZX-{day:%Y}-{number:03d}"),
    Series("inspection", "JC-{day:%Y}-{number:04d}"),
    Series("letter.suggestion", "{issuer}建〔{day:%Y}〕{number}号"),
    Series("letter.reminder", "{issuer}醒〔{day:%Y}〕{number}号"),
    Series("letter.admonition", "{issuer}诫〔{day:%Y}〕{number}号"),
    Series("letter.supervision", "{issuer}督〔{day:%Y}〕{number}号"),
    Series("evaluation_scheme", "PYFA-{day:%Y}-{number:03d}"),
    Series("evaluation_round", "PY-{day:%Y}-{number:03d}"),
    Series("monitoring_point", "JCD-{day:%Y}-{number:03d}"),
    Series("monitoring_info", "JCX-{day:%Y}-{number:05d}"),
    Series("case_listing", "GP-{day:%Y}-{number:04d}"),
)
SERIES: Mapping[str, Series] = MappingProxyType({series.name: series for series in _ALL})


def series_of(name: str) -> Series:
    """The series of that name. Raises UnknownSeries."""
    try:
        return SERIES[name]
    except KeyError as error:
        raise UnknownSeries(name) from error
