"""Only the unit of work commits, only repositories speak SQL, and nothing is loaded behind one's back."""

import ast
from collections.abc import Iterator

from tests.architecture.checks.sources import Source

_TRANSACTION = {"commit", "rollback", "begin", "begin_nested"}
_STATEMENTS = {"select", "insert", "update", "delete", "text", "union", "union_all"}
_EXECUTION = {"execute", "executemany", "exec", "exec_driver_sql", "scalar", "scalars", "stream_scalars"}
_SQL_PACKAGES = {"sqlalchemy", "sqlmodel"}


def foreign_commit(source: Source) -> Iterator[str]:
    """Nobody calls commit, rollback or begin but `kit/db.py`."""
    if source.path == "backend/xiaoneng/kit/db.py":
        return
    for call in _calls(source):
        if isinstance(call.func, ast.Attribute) and call.func.attr in _TRANSACTION:
            yield f"line {call.lineno}: .{call.func.attr}() belongs to the unit of work in kit/db.py"


def foreign_sql(source: Source) -> Iterator[str]:
    """Statements are built and run in repositories only; the kit serves them, and models may name conditions."""
    if source.role == "repository" or source.path.startswith("backend/xiaoneng/kit/"):
        return
    allowed = {"text"} if source.role == "models" else set()
    names = _imported_from_sql(source)
    for call in _calls(source):
        built = names.get(_dotted(call.func), "")
        if built in _STATEMENTS - allowed:
            yield f"line {call.lineno}: {built}() belongs into a repository"
        elif isinstance(call.func, ast.Attribute) and _executes(call.func):
            yield f"line {call.lineno}: .{call.func.attr}() belongs into a repository"


def lazy_relationship(source: Source) -> Iterator[str]:
    """A relationship must say lazy="raise" and may not create an attribute on the other class."""
    for call in _calls(source):
        if _dotted(call.func).rpartition(".")[2] not in {"relationship", "Relationship"}:
            continue
        said = {
            key: ast.literal_eval(value) for key, value in _options(call).items() if isinstance(value, ast.Constant)
        }
        if said.get("lazy") != "raise":
            yield f'line {call.lineno}: a relationship needs lazy="raise"'
        if "backref" in _options(call):
            yield f"line {call.lineno}: no backref; ask the other feature's service"


def _calls(source: Source) -> Iterator[ast.Call]:
    return (node for node in ast.walk(source.tree) if isinstance(node, ast.Call))


def _executes(method: ast.Attribute) -> bool:
    """Requests can be streamed too, so `.stream()` counts on a session or connection only."""
    asked = _dotted(method.value).rpartition(".")[2]
    return method.attr in _EXECUTION or (method.attr == "stream" and asked in {"session", "connection"})


def _dotted(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=base, attr=name):
            return f"{_dotted(base)}.{name}"
        case _:
            return "?"


def _imported_from_sql(source: Source) -> dict[str, str]:
    """What calls in this file may be spelled like, and the statement each of them builds."""
    names: dict[str, str] = {}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in _SQL_PACKAGES:
            names.update({alias.asname or alias.name: alias.name for alias in node.names})
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] in _SQL_PACKAGES:
                    names.update({f"{alias.asname or alias.name}.{name}": name for name in _STATEMENTS})
    return names


def _options(call: ast.Call) -> dict[str, ast.expr]:
    """The keyword arguments, those inside SQLModel's `sa_relationship_kwargs` included."""
    options = {word.arg: word.value for word in call.keywords if word.arg}
    inner = options.pop("sa_relationship_kwargs", None)
    if isinstance(inner, ast.Dict):
        pairs = zip(inner.keys, inner.values, strict=True)
        options |= {str(key.value): value for key, value in pairs if isinstance(key, ast.Constant)}
    return options
