"""Where files may be, what they may be called, and what stays private to a package."""

import ast
from collections.abc import Iterable, Iterator

from tests.architecture.checks.sources import Source

VOCABULARY = frozenset(
    {"models", "errors", "events", "schemas", "transitions", "policies", "rules", "repository", "service"}
    | {"deps", "routes", "public", "jobs"}
)
PRIVATE = frozenset({"repository", "transitions"})
PURE = frozenset({"transitions", "policies", "rules"})
_FOLDERS = {"backend", "frontend", "openapi", "migrations", "tests", ".ci", ".github"}
_FILES = {"pyproject.toml", "Makefile", "README.md", "LICENSE"}
_DOTFILES = {".gitignore", ".gitattributes", ".editorconfig", ".dockerignore"}
TOP_LEVEL = frozenset(_FOLDERS | _FILES | _DOTFILES)


def foreign_name(source: Source) -> Iterator[str]:
    """The Python files of a feature or core package have the names everybody expects."""
    if source.package and source.role not in VOCABULARY | {"__init__"}:
        yield f"{source.role} is not one of {', '.join(sorted(VOCABULARY))}"


def filled_init(source: Source) -> Iterator[str]:
    """An `__init__.py` is empty: a module has one address."""
    if source.parts[-1] == "__init__.py" and source.text.strip():
        yield "must be empty"


def foreign_insides(source: Source) -> Iterator[str]:
    """Queries and the state table are imported by their own package only."""
    for module, line in _imports(source):
        match module.split("."):
            case ["xiaoneng", ("features" | "core") as shelf, name, role, *_] if role in PRIVATE:
                if (shelf, name) != source.package:
                    yield f"line {line}: {module} is private; ask {name}'s service"


def clock_in_pure_file(source: Source) -> Iterator[str]:
    """Transitions, policies and rules are told what time it is."""
    if source.role not in PURE:
        return
    imported = {module for module, _ in _imports(source)}
    for node in ast.walk(source.tree):
        if "xiaoneng.kit.clock.now" in imported or _is_clock_now(node):
            yield f"line {getattr(node, 'lineno', 1)}: take the moment as a parameter"
            return


def unknown_top_level(paths: Iterable[str]) -> list[str]:
    """Files and folders at the top that the design does not name."""
    return sorted({path.split("/")[0] for path in paths} - TOP_LEVEL)


def _is_clock_now(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and ast.unparse(node) == "clock.now"


def _imports(source: Source) -> Iterator[tuple[str, int]]:
    """Every module or name imported, by its full dotted path."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)
