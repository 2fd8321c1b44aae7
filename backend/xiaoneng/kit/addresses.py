"""Finding the route of an address by its segments: the cost does not grow with the number of routes."""

from collections.abc import Iterable
from typing import Any

from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send
from typing_extensions import override


class _Place:
    """One segment of the addresses: what may follow, and the routes that end here by method."""

    __slots__ = ("any", "named", "routes")

    def __init__(self) -> None:
        self.named: dict[str, _Place] = {}
        self.any: _Place | None = None
        self.routes: dict[str, APIRoute] = {}

    def reach(self, segment: str) -> "_Place":
        """The place behind `segment`, made when it is new; `{…}` stands for any text."""
        if not segment.startswith("{"):
            return self.named.setdefault(segment, _Place())
        if self.any is None:
            self.any = _Place()
        return self.any

    def find(self, segments: list[str], depth: int, values: list[str]) -> "_Place | None":
        """Where the rest of an address leads; a fixed segment goes before one of any text, whatever its methods."""
        if depth == len(segments):
            return self if self.routes else None
        segment = segments[depth]
        named = self.named.get(segment)
        found = named.find(segments, depth + 1, values) if named else None
        if found is None and self.any is not None and segment:
            values.append(segment)
            found = self.any.find(segments, depth + 1, values)
            if found is None:
                values.pop()
        return found


class Addresses(BaseRoute):
    """All operations of the API as one route of the framework; what none of them takes goes to the routes after it."""

    def __init__(self, routes: Iterable[BaseRoute]) -> None:
        self._root = _Place()
        for route in routes:
            if not isinstance(route, APIRoute):
                raise TypeError(f"{route} is no operation")
            place = self._root
            for segment in route.path.split("/"):
                place = place.reach(segment)
            for method in route.methods or ():
                if method in place.routes:
                    raise ValueError(f"two operations at {method} {route.path}")
                place.routes[method] = route

    @override
    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if scope["type"] != "http":
            return Match.NONE, {}
        found = self.find(scope)
        return (Match.NONE, {}) if found is None else (Match.FULL, found)

    def find(self, scope: Scope) -> dict[str, Any] | None:
        """What the framework notes in the scope of a request once it knows the `route`, or None."""
        values: list[str] = []
        place = self._root.find(scope["path"].split("/"), 0, values)
        route = place.routes.get(scope["method"]) if place else None
        if route is None:
            return None
        named: dict[str, Any] = dict(zip(route.param_convertors, values, strict=True))
        return {"endpoint": route.endpoint, "path_params": named, "route": route}

    @override
    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        await scope["route"].app(scope, receive, send)
