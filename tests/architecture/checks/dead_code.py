"""Code nobody calls. Fields, enum members and request handlers are used by name from outside and do not count."""

import ast
from pathlib import Path

from vulture import Vulture
from vulture.core import Item

_KINDS = {"function", "method", "class", "property", "unreachable_code"}
_OVERRIDES = ["@override", "@*.setter", "@field_validator", "@model_validator", "@field_serializer", "@computed_field"]
# Decorators that change a function and leave it to be called by its name.
_TRANSPARENT = {"lru_cache", "cache", "wraps", "asynccontextmanager", "contextmanager", "singledispatch"}


def unused(defining: Path, *using: Path) -> list[str]:
    """Functions, methods and classes below `defining` that no file there or below `using` mentions."""
    finder = Vulture(ignore_decorators=_OVERRIDES)
    finder.scavenge([str(path) for path in (defining, *using)])
    return [
        f"{item.filename}:{item.first_lineno}: {item.typ} {item.name} is not used"
        for item in finder.get_unused_code()
        if item.typ in _KINDS and Path(item.filename).is_relative_to(defining) and item.name not in _registered(item)
    ]


def _registered(item: Item) -> set[str]:
    """Functions of the item's file that a decorator hands on: routes, effects, commands, jobs, subscriptions."""
    tree = ast.parse(Path(item.filename).read_text(encoding="utf-8"))
    return {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Call | ast.Attribute) and _name(decorator) not in _TRANSPARENT
    }


def _name(decorator: ast.expr) -> str:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return ast.unparse(called).rpartition(".")[2]
