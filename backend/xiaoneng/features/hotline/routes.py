"""HTTP of the 12345 inbox: signed by the platform, without login."""

from fastapi import Request

from xiaoneng.features.hotline.errors import BodyUnreadable, EventIdReused, InProgress, SignatureInvalid
from xiaoneng.features.hotline.schemas import Accepted, HotlineEvent
from xiaoneng.features.hotline.service import inbox
from xiaoneng.kit.http import SessionDep, router
from xiaoneng.kit.problems import responses

routes = router("/hotline", "hotline")
_BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": HotlineEvent.model_json_schema()}},
    },
    "parameters": [
        {"name": name, "in": "header", "required": True, "schema": {"type": "string"}}
        for name in ("webhook-id", "webhook-timestamp", "webhook-signature")
    ],
}


@routes.post(
    "/{source}/events",
    operation_id="hotline_events_receive",
    status_code=202,
    summary="接收 12345 平台消息",
    responses=responses(SignatureInvalid, EventIdReused, BodyUnreadable, InProgress),
    openapi_extra=_BODY,
)
async def receive_event(source: str, request: Request, session: SessionDep) -> Accepted:
    """Take in one signed message (Standard Webhooks); 202 means that it is durable here."""
    return await inbox.receive(session, source, request.headers, await request.body())
