"""Sizes of files and functions, and the proof that the checks see what is too long."""

from tests.architecture.checks.size import long_file, long_function
from tests.architecture.checks.sources import broken, sources, violations

# A migration is written once and never grows.
WRITTEN_ONCE = "migrations/versions/"


def test_files_are_short() -> None:
    files = [file for file in sources(".py", ".ts") if not file.path.startswith(WRITTEN_ONCE)]
    assert len(files) > 50
    assert violations(long_file, files) == []


def test_functions_are_short() -> None:
    files = [file for file in sources(".py") if not file.path.startswith(WRITTEN_ONCE)]
    assert violations(long_function, files) == []


def test_a_long_file_is_seen() -> None:
    assert broken(long_file, "x = 1\n" * 300) == []
    assert broken(long_file, "x = 1\n" * 301) == ["301 lines, at most 300"]
    assert broken(long_file, "x = 1\n" * 500, "tests/kit/test_x.py") == []
    assert broken(long_file, "x = 1\n" * 501, "tests/kit/test_x.py") == ["501 lines, at most 500"]


def test_a_long_function_is_seen() -> None:
    padding = '    """Says\n\n    a lot.\n    """\n' + "    # why\n\n" * 30
    assert broken(long_function, "def f():\n" + padding + "    x = 1\n" * 39) == []
    assert broken(long_function, "async def f():\n" + padding + "    x = 1\n" * 40) == [
        "f has 41 lines of code, at most 40"
    ]
    assert broken(long_function, "class A:\n  def f(self):\n" + "    x = (\n    1\n    )\n" * 14) != []
