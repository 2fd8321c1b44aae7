"""Who hears of a limit that runs out."""

from uuid import UUID

import pytest

from xiaoneng.core.access.models import Role
from xiaoneng.core.accounts.rules.ladder import Post, answering

HANDLER, OTHER = UUID(int=1), UUID(int=2)
POSTS = [
    Post(HANDLER, HANDLER, Role.HDL, "执法科", False),
    Post(OTHER, OTHER, Role.HDL, "执法科", False),
    Post(UUID(int=3), UUID(int=3), Role.ULN, "执法科", False),
    Post(UUID(int=4), UUID(int=4), Role.ULN, "办公室", False),
    Post(UUID(int=5), UUID(int=5), None, None, True),
    Post(UUID(int=6), UUID(int=6), Role.UHD, None, False),
]


def woken(level: int, handler: UUID | None = HANDLER, *, without: set[int] = frozenset()) -> set[int]:
    posts = [post for post in POSTS if post.person_id.int not in without]
    return {post.account_id.int for post in answering(posts, level, handler)}


@pytest.mark.parametrize(("level", "who"), [(1, {1}), (2, {1, 3}), (3, {1, 3}), (4, {5}), (5, {6}), (6, {6})])
def test_the_call_goes_up_the_ladder(level: int, who: set[int]) -> None:
    assert woken(level) == who


@pytest.mark.parametrize(
    ("level", "handler", "without", "who"),
    [
        (1, None, set(), {3, 4}),
        (2, HANDLER, {3}, {1, 4}),
        (1, HANDLER, {1}, {3, 4}),
        (2, HANDLER, {1, 3, 4}, {5, 6}),
        (4, HANDLER, {5}, {6}),
        (5, HANDLER, {6}, set()),
    ],
)
def test_who_is_missing_or_named_is_passed_by(
    level: int, handler: UUID | None, without: set[int], who: set[int]
) -> None:
    assert woken(level, handler, without=without) == who
