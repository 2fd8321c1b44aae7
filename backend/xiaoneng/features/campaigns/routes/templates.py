"""HTTP of templates."""

from xiaoneng.core.access.deps import LOGIN, CurrentActor
from xiaoneng.features.campaigns.schemas.templates import TemplateList, TemplateRead
from xiaoneng.features.campaigns.service import templates
from xiaoneng.kit.http import SessionDep, router
from xiaoneng.kit.problems import NotFound, responses

routes = router("/campaign-templates", "campaigns")


@routes.get("", operation_id="campaign_templates_list", summary="专项活动模板", responses=responses(*LOGIN))
async def list_templates(session: SessionDep, _: CurrentActor) -> TemplateList:
    """The templates in force, with how many stages, tasks, deliverables and reports each brings."""
    return await templates.list_all(session)


@routes.get(
    "/{code}", operation_id="campaign_templates_get", summary="专项活动模板详情", responses=responses(*LOGIN, NotFound)
)
async def get_template(session: SessionDep, _: CurrentActor, code: str) -> TemplateRead:
    """One template: stages, deliverables, matrix, reports, catalogues and figures, each with its clause."""
    return await templates.read(session, code)
