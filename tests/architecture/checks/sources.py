"""What the checks look at: the files under version control, and Python files as trees."""

import ast
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

REPO = Path(__file__).parents[3]
_NOT_OURS = ("openapi/clients/", "frontend/src/api/generated/")


@dataclass(frozen=True)
class Source:
    """One text file; `path` is relative to the top of the tree, with forward slashes."""

    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        """The file as Python."""
        return _parsed(self.text)

    @property
    def parts(self) -> tuple[str, ...]:
        """The names in its path."""
        return tuple(self.path.split("/"))

    @property
    def package(self) -> tuple[str, ...]:
        """`(shelf, name)` of the feature or core package it belongs to, or nothing."""
        match self.parts:
            case ("backend", "xiaoneng", ("features" | "core") as shelf, name, _, *_):
                return (shelf, name)
            case _:
                return ()

    @property
    def role(self) -> str:
        """Its place in the vocabulary of a feature: `service` for `service.py` and for every file of `service/`."""
        return self.parts[4].removesuffix(".py") if self.package else ""


Rule = Callable[[Source], Iterable[str]]


@cache
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)


@cache
def tracked() -> tuple[str, ...]:
    """All files that are, or are about to be, under version control; generated clients are not ours to check."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(listed, cwd=REPO, capture_output=True, check=True).stdout.decode().split("\0")
    return tuple(sorted(n for n in set(names) if n and not n.startswith(_NOT_OURS) and (REPO / n).is_file()))


def sources(*endings: str, below: str = "") -> Iterator[Source]:
    """The text files with one of these endings below a folder."""
    for name in tracked():
        if name.startswith(below) and name.endswith(endings or ("",)):
            try:
                yield Source(name, (REPO / name).read_text(encoding="utf-8"))
            except UnicodeDecodeError:
                continue


def violations(rule: Rule, files: Iterable[Source]) -> list[str]:
    """What a rule finds in files, one line each."""
    return [f"{file.path}: {found}" for file in files for found in rule(file)]


def broken(rule: Rule, text: str, path: str = "backend/xiaoneng/features/cases/service.py") -> list[str]:
    """What a rule finds in a piece of text, for the tests of the rule itself."""
    return list(rule(Source(path, text)))
