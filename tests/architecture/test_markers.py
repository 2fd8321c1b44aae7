"""Nothing is switched off in passing."""

import pytest
from tests.architecture.checks.markers import silenced_python, silenced_script, skipped_python
from tests.architecture.checks.sources import broken, sources, violations

SCRIPTS = (".ts", ".vue", ".js", ".mjs", ".tsx")


def test_no_check_is_silenced() -> None:
    assert violations(silenced_python, sources(".py")) == []
    assert violations(silenced_script, sources(*SCRIPTS, below="frontend/")) == []


def test_no_test_is_skipped_for_good() -> None:
    assert violations(skipped_python, sources(".py", below="tests/")) == []


@pytest.mark.parametrize(
    "comment",
    [
        "noqa",
        "noqa: E501",
        "NOQA",
        "type: ignore",
        "type:ignore[arg-type]",
        "pragma: no cover",
        "pragma: no branch",
        "ruff: noqa",
        "mypy: ignore-errors",
        "pylint: disable=all",
        "nosec",
        "fmt: off",
        "fmt: skip",
    ],
)
def test_a_silencing_comment_is_seen(comment: str) -> None:
    assert len(broken(silenced_python, f"x = 1  # {comment}\n")) == 1
    assert broken(silenced_python, f"x = '# {comment}'\n") == []


@pytest.mark.parametrize("mark", ["skip", "xfail"])
def test_a_test_skipped_for_good_is_seen(mark: str) -> None:
    assert len(broken(skipped_python, f"@pytest.mark.{mark}\ndef test_a(): ...\n")) == 1
    assert len(broken(skipped_python, f"@pytest.mark.{mark}(reason='later')\ndef test_a(): ...\n")) == 1
    assert broken(skipped_python, "@pytest.mark.skipif(WINDOWS, reason='no sockets')\ndef test_a(): ...\n") == []


@pytest.mark.parametrize(
    "line",
    [
        "// eslint-disable-next-line",
        "/* eslint-disable */",
        "// @ts-ignore",
        "// @ts-expect-error",
        "/* v8 ignore next */",
        "it.skip('a', () => {})",
        "describe.only('a', () => {})",
        "test.todo('a')",
        "xit('a', () => {})",
    ],
)
def test_a_silenced_script_is_seen(line: str) -> None:
    assert len(broken(silenced_script, line)) == 1


def test_words_that_only_look_alike_are_left_alone() -> None:
    assert broken(silenced_script, "emit.skip(); exit(); items.only; submit('x')") == []
