"""Documents name only what exists, and no file tells where it was written."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.checks.sources import REPO, Source

_QUOTED = re.compile(r"`([^`\s]+)`|\]\(([^)\s]+)\)")
_LOOKS_LIKE_PATH = re.compile(r"[\w.*@-]+(/[\w.*@-]+)+/?")
# Paths written from inside a tree everybody knows: `core/worktime`, `src/api/client.ts`.
_STARTS = ("", "backend/xiaoneng", "frontend", "frontend/src")
_BUILT = ("frontend/dist", "frontend/node_modules", "dist", "node_modules")
_PLACES = re.compile(
    r"(?<![\w.])/(root|work|home/\w+|Users/\w+|tmp/(wt|team)|opt/(pypi|wheels)[\w-]*)/"
    r"|(files\.pythonhosted|pypi)\.org|registry\.(npmjs|npmmirror|yarnpkg)\.\w+|(deb|security)\.debian\.org"
    r"|--(extra-)?index-url\b|--find-links\b",
)


def dead_path(source: Source, root: Path = REPO) -> Iterator[str]:
    """Every path a document puts in backticks or links to exists, seen from the document or from a known tree."""
    starts = [(root / source.path).parent, *(root / start for start in _STARTS)]
    for quoted, linked in _QUOTED.findall(source.text):
        named = (quoted or linked).split("#")[0].split("::")[0].removeprefix("./")
        claims = _is_local(linked) if linked else _starts_in_a_tree(quoted, starts)
        if named and claims and not named.startswith(_BUILT) and not any(_exists(start, named) for start in starts):
            yield f"{named} does not exist"


def betrayed_place(source: Source) -> Iterator[str]:
    """No address of a package registry and no path of the machine it was written on."""
    for number, line in enumerate(source.text.splitlines(), 1):
        found = _PLACES.search(line)
        if found:
            yield f"line {number}: {found[0]}"


def addressed_lock(source: Source) -> Iterator[str]:
    """Lock files pin by hash, so that any mirror can serve them."""
    if source.path.endswith("package-lock.json"):
        packages = json.loads(source.text)["packages"]
        yield from (f"{name or 'root'} says resolved" for name, entry in packages.items() if "resolved" in entry)
    elif "://" in source.text:
        yield f"line {source.text[: source.text.index('://')].count(chr(10)) + 1} has an address"


def _is_local(link: str) -> bool:
    return not re.match(r"[a-z]+:|[/#]", link)


def _starts_in_a_tree(quoted: str, starts: list[Path]) -> bool:
    """A quoted word is taken for a path when its first step is a folder of ours, so `application/json` is not."""
    first, _, _ = quoted.partition("/")
    return bool(_LOOKS_LIKE_PATH.fullmatch(quoted)) and any((start / first).is_dir() for start in starts)


def _exists(start: Path, named: str) -> bool:
    return any(start.glob(named.rstrip("/"))) if "*" in named else (start / named).exists()
