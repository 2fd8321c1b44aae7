"""For whom a request counts when it comes through a proxy."""

import json
from collections.abc import Iterator

import pytest
import uvicorn

from xiaoneng.cli import serve
from xiaoneng.settings import get_settings

pytestmark = pytest.mark.anyio


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("XIAONENG_TRUSTED_PROXIES", json.dumps(["10.1.0.0/16", "192.0.2.7"]))
    get_settings.cache_clear()
    yield
    monkeypatch.undo()
    get_settings.cache_clear()


async def seen_from(peer: str, forwarded: str) -> tuple[str, str]:
    """The caller and the scheme that the application sees, for a connection from `peer`."""
    seen = []

    async def application(scope: dict, receive: object, send: object) -> None:
        seen.append((scope["client"][0], scope["scheme"]))

    config = uvicorn.Config(application, **serve._options("127.0.0.1", 0))
    config.load()
    headers = [(b"x-forwarded-for", forwarded.encode()), (b"x-forwarded-proto", b"https")]
    await config.loaded_app({"type": "http", "client": (peer, 1), "scheme": "http", "headers": headers}, None, None)
    return seen[0]


async def test_a_trusted_proxy_says_for_whom_it_calls(trusted: None) -> None:
    assert await seen_from("192.0.2.7", "203.0.113.9") == ("203.0.113.9", "https")
    assert await seen_from("10.1.2.3", "203.0.113.9, 10.1.2.9") == ("203.0.113.9", "https")


async def test_what_a_caller_writes_ahead_of_the_proxy_does_not_count(trusted: None) -> None:
    assert await seen_from("192.0.2.7", "127.0.0.1, 203.0.113.9") == ("203.0.113.9", "https")


async def test_nobody_else_may_say_so(trusted: None) -> None:
    assert await seen_from("198.51.100.4", "203.0.113.9") == ("198.51.100.4", "http")
    assert await seen_from("10.2.0.1", "203.0.113.9") == ("10.2.0.1", "http")


async def test_without_a_setting_only_this_machine_is_trusted() -> None:
    assert await seen_from("127.0.0.1", "203.0.113.9") == ("203.0.113.9", "https")
    assert await seen_from("192.0.2.7", "203.0.113.9") == ("192.0.2.7", "http")
