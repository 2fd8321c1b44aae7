"""Who hears of a limit that runs out: handler, section head, deputy in charge, head of the unit (R-61)."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from xiaoneng.core.access.models import Role

YELLOW, DEPUTY, HEAD = 2, 4, 5
"""Levels of the warning ladder from which the section head, the deputy and the head hear of it; red is 3."""


class Post(NamedTuple):
    """A post in the responsible unit with the account of its holder."""

    account_id: UUID
    person_id: UUID
    role: Role | None
    section: str | None
    is_deputy_in_charge: bool


def answering(posts: Sequence[Post], level: int, handler_id: UUID | None) -> list[Post]:
    """The posts that a rung of this level wakes.

    Below the deputy these are the handler and, from yellow on, the head of the handler's section; without a handler, or
    without such a head, the unit's liaisons. A post that is vacant passes the call to the next one up.
    """
    if level >= DEPUTY:
        deputies = [post for post in posts if post.is_deputy_in_charge] if level < HEAD else []
        return deputies or [post for post in posts if post.role is Role.UHD]
    handling = [post for post in posts if handler_id is not None and post.person_id == handler_id]
    liaisons = [post for post in posts if post.role is Role.ULN]
    sections = {post.section for post in handling if post.section}
    heads = [post for post in liaisons if post.section in sections] or liaisons
    woken = handling + (heads if level >= YELLOW or not handling else [])
    return woken or [post for post in posts if post.is_deputy_in_charge or post.role is Role.UHD]
