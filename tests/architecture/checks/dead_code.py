"""Code nobody calls. Fields, enum members and request handlers are used by name from outside and do not count."""

from pathlib import Path

from vulture import Vulture

_KINDS = {"function", "method", "class", "property", "unreachable_code"}
# A decorator with a dot or with arguments registers what it decorates: routes, effects, commands, jobs.
_REGISTERED = ["@*.*", "@field_validator", "@model_validator", "@field_serializer", "@override"]


def unused(defining: Path, *using: Path) -> list[str]:
    """Functions, methods and classes below `defining` that no file there or below `using` mentions."""
    finder = Vulture(ignore_decorators=_REGISTERED)
    finder.scavenge([str(path) for path in (defining, *using)])
    return [
        f"{item.filename}:{item.first_lineno}: {item.typ} {item.name} is not used"
        for item in finder.get_unused_code()
        if item.typ in _KINDS and Path(item.filename).is_relative_to(defining)
    ]
