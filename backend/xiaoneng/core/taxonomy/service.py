"""Reading the code lists from the process's memory, and bringing in new editions."""

from collections.abc import Mapping
from datetime import date, timedelta
from importlib.resources import files
from uuid import UUID

from xiaoneng.core.taxonomy import repository, rules
from xiaoneng.core.taxonomy.errors import UnknownCode, UnknownScheme
from xiaoneng.core.taxonomy.models import Scheme, TaxonomyVersion
from xiaoneng.core.taxonomy.rules import CodeList, Term
from xiaoneng.core.taxonomy.schemas import RowError, TaxonomyImportRead, TaxonomyRead, TermRead
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import Author, Change
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.documents import read_yaml
from xiaoneng.kit.remembered import Remembered

SUBJECT_TYPE = "taxonomy"
Lists = Mapping[Scheme, CodeList]


async def _load(session: Session, old: Lists | None) -> Lists:
    fresh: dict[Scheme, CodeList] = {}
    for scheme, (version_id, version) in (await repository.in_force(session, clock.today())).items():
        known = old.get(scheme) if old else None
        if known is None or known.version_id != version_id:
            terms = await repository.terms_of(session, version_id)
            known = CodeList(scheme, version_id, version, {term.code: term for term in terms})
        fresh[scheme] = known
    return fresh


_lists = Remembered[Lists](_load, timedelta(seconds=1))


async def code_list(session: Session, scheme: str) -> CodeList:
    """The edition in force; asked of the database at most once a second, read from it only when it changed.

    Raises UnknownScheme.
    """
    try:
        return (await _lists.get(session))[Scheme(scheme)]
    except (KeyError, ValueError) as error:
        raise UnknownScheme from error


async def name_of(session: Session, scheme: str, code: str) -> str:
    """The name of a code, retired or not; a code that never was is shown as it stands. Raises UnknownScheme."""
    return (await names(session, scheme)).get(code, code)


async def names(session: Session, scheme: str) -> Mapping[str, str]:
    """The names of all codes of the edition in force, retired ones too. Raises UnknownScheme."""
    return (await code_list(session, scheme)).names


async def require(session: Session, scheme: str, code: str) -> Term:
    """The entry a caller may choose under `code`. Raises UnknownCode when there is none or it is retired."""
    term = (await code_list(session, scheme)).terms.get(code)
    if term is None or term.retired:
        raise UnknownCode(code)
    return term


async def read(session: Session, scheme: Scheme) -> TaxonomyRead:
    """What can be chosen now. Raises UnknownScheme."""
    found = await code_list(session, scheme)
    items = [TermRead.model_validate(term) for term in found.terms.values() if not term.retired]
    return TaxonomyRead(scheme=scheme, version=found.version, items=items)


async def import_table(
    session: Session, author: Author, scheme: Scheme, content: bytes, valid_from: date
) -> TaxonomyImportRead:
    """Make the three-level table the next edition of a list, unless a row is wrong or nothing changes.

    Raises UnreadableFile. Processes that run show a new edition within a second of the day it is valid from.
    """
    rows = rules.read_rows(content)
    latest = await repository.latest(session, scheme)
    current = {term.code: term for term in await repository.terms_of(session, latest.id)} if latest else {}
    merged = rules.merge(current, rows)
    number = latest.version if latest else 0
    applied = not merged.errors and merged.terms != list(current.values())
    if applied:
        number += 1
        edition = TaxonomyVersion(scheme=scheme, version=number, valid_from=valid_from, created_by=author.id)
        await repository.add(session, edition, merged.terms)
        changes = {"scheme": scheme, "version": number, "created": merged.created, "retired": merged.retired}
        timeline.record(session, author, SUBJECT_TYPE, edition.id, Change("import", changes=changes))
    return TaxonomyImportRead(
        scheme=scheme,
        version=number,
        valid_from=valid_from if applied or latest is None else latest.valid_from,
        applied=applied,
        created=merged.created,
        unchanged=merged.unchanged,
        retired=merged.retired,
        errors=[RowError.model_validate(error) for error in merged.errors],
    )


async def seed(session: Session) -> list[UUID]:
    """Give every list that has no edition its first one; returns the keys of the editions made."""
    made: list[UUID] = []
    for scheme in Scheme:
        if await repository.latest(session, scheme):
            continue
        raw = read_yaml(files(__package__).joinpath(f"{scheme.value}.yaml").read_text("utf-8"))
        edition = TaxonomyVersion(scheme=scheme, version=1, valid_from=raw["valid_from"])
        await repository.add(session, edition, rules.flatten(raw["terms"]))
        made.append(edition.id)
    return made
