"""Files and functions stay small enough to be read in one go."""

import ast
import io
import tokenize
from collections.abc import Iterator

from tests.architecture.checks.sources import Source

MAX_FILE = 300
MAX_TEST_FILE = 500
MAX_FUNCTION = 40
_SILENT = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}


def long_file(source: Source) -> Iterator[str]:
    """A file has at most 300 lines, a test file 500."""
    length = len(source.text.splitlines())
    limit = MAX_TEST_FILE if source.path.startswith("tests/") else MAX_FILE
    if length > limit:
        yield f"{length} lines, at most {limit}"


def long_function(source: Source) -> Iterator[str]:
    """A function has at most 40 lines of code; docstrings, comments and blank lines do not count."""
    coded = _lines_of_code(source.text)
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = len(coded & set(range(node.lineno, (node.end_lineno or 0) + 1)) - _docstring_lines(node))
            if length > MAX_FUNCTION:
                yield f"{node.name} has {length} lines of code, at most {MAX_FUNCTION}"


def _lines_of_code(text: str) -> set[int]:
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in _SILENT:
            lines.update(range(token.start[0], token.end[0] + 1))
    return lines


def _docstring_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[int]:
    first = function.body[0]
    if ast.get_docstring(function) is None:
        return set()
    return set(range(first.lineno, (first.end_lineno or 0) + 1))
