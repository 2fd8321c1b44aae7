"""The templates that come with the product and those in force."""

from importlib.resources import files
from uuid import UUID

from xiaoneng.features.campaigns.errors import TemplateUnknown
from xiaoneng.features.campaigns.models.templates import CampaignTemplate
from xiaoneng.features.campaigns.repository import templates as repository
from xiaoneng.features.campaigns.schemas.templates import TemplateContent, TemplateList, TemplateListItem, TemplateRead
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.documents import read_yaml
from xiaoneng.kit.problems import NotFound

SHIPPED = ("county_overhaul", "city_efficiency", "style_opinion", "twenty_tasks", "hard_to_get_done")
"""The templates that come with the product, in the order of their documents."""


def shipped(code: str) -> TemplateContent:
    """A template as it comes with the product."""
    text = files("xiaoneng.features.campaigns").joinpath(f"seed/{code}.yaml").read_text("utf-8")
    return TemplateContent.model_validate(read_yaml(text))


async def seed(session: Session) -> list[UUID]:
    """Give every shipped template that has no edition its first one; returns the keys of the editions made."""
    known = await repository.codes(session)
    made: list[UUID] = []
    for code in SHIPPED:
        if code in known:
            continue
        content = shipped(code)
        edition = CampaignTemplate(
            code=code,
            version=1,
            title=content.title,
            valid_from=content.valid_from,
            content=content.model_dump(mode="json"),
        )
        session.add(edition)
        made.append(edition.id)
    await session.flush()
    return made


async def require(session: Session, code: str) -> tuple[CampaignTemplate, TemplateContent]:
    """The edition in force and what it lays down. Raises TemplateUnknown."""
    found = await repository.find(session, code, clock.today())
    if found is None:
        raise TemplateUnknown
    return found, TemplateContent.model_validate(found.content)


async def list_all(session: Session) -> TemplateList:
    """The templates in force, shipped ones in the order of their documents."""
    rows = await repository.in_force(session, clock.today())
    order = {code: place for place, code in enumerate(SHIPPED)}
    ordered = sorted(rows, key=lambda row: (order.get(row.code, len(order)), row.code))
    return TemplateList(items=[_item(row) for row in ordered])


async def read(session: Session, code: str) -> TemplateRead:
    """One template with all it lays down. Raises NotFound."""
    found = await repository.find(session, code, clock.today())
    if found is None:
        raise NotFound
    content = TemplateContent.model_validate(found.content)
    return TemplateRead(**_item(found).model_dump(), content=content)


def _item(row: CampaignTemplate) -> TemplateListItem:
    content = TemplateContent.model_validate(row.content)
    return TemplateListItem(
        id=row.id,
        code=row.code,
        version=row.version,
        title=row.title,
        theme=content.theme,
        basis=content.basis,
        valid_from=row.valid_from,
        stages_count=len(content.stages),
        tasks_count=len(content.tasks),
        deliverables_count=len(content.deliverables),
        reports_count=len(content.reports),
        dated=any(stage.ends for stage in content.stages),
    )


async def content_of(session: Session, template_id: UUID) -> TemplateContent:
    """What the edition behind a campaign lays down."""
    return TemplateContent.model_validate((await repository.get(session, template_id)).content)
