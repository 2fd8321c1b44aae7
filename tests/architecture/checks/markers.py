"""Nothing switches a check off in passing: what must be excepted stands in a settings file, with its reason."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator

from tests.architecture.checks.sources import Source

_IN_PYTHON = re.compile(
    r"#\s*(noqa|type:\s*ignore|pragma:\s*no|ruff:|mypy:|pyright:|pylint:|nosec|fmt:\s*(off|skip)|isort:\s*skip)",
    re.IGNORECASE,
)
_IN_SCRIPT = re.compile(
    r"eslint-disable|@ts-(ignore|nocheck|expect-error)|(istanbul|v8|c8)\s+ignore|prettier-ignore|stylelint-disable"
    r"|\b(it|test|describe)\.(skip|only|todo)\b|\b(xit|xdescribe|fit|fdescribe)\("
)


def silenced_python(source: Source) -> Iterator[str]:
    """No comment that talks a linter, a type checker or coverage out of a finding."""
    for token in tokenize.generate_tokens(io.StringIO(source.text).readline):
        if token.type == tokenize.COMMENT and _IN_PYTHON.search(token.string):
            yield f"line {token.start[0]}: {token.string.strip()}"


def skipped_python(source: Source) -> Iterator[str]:
    """A test is skipped for a reason of the machine (`skipif`, `pytest.skip` on a condition), never for good."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node) in {"pytest.mark.skip", "pytest.mark.xfail"}:
            yield f"line {node.lineno}: {node.attr}"


def silenced_script(source: Source) -> Iterator[str]:
    """The same for TypeScript, JavaScript and Vue."""
    for number, line in enumerate(source.text.splitlines(), 1):
        found = _IN_SCRIPT.search(line)
        if found:
            yield f"line {number}: {found[0]}"
