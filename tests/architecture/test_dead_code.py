"""Everything in the backend is used by something in the backend; being tested is no use."""

from pathlib import Path

from tests.architecture.checks.dead_code import unused
from tests.architecture.checks.sources import REPO

AWAITED = {
    # Tested parts of the core whose callers are the next features; whoever calls one takes it off this list.
    "roles_of",
    "name_of",
    "path_of",
}


def test_nothing_in_the_backend_is_dead() -> None:
    outside = [REPO / "migrations", REPO / "tests" / "fixtures", REPO / "tests" / "conftest.py"]
    found = unused(REPO / "backend" / "xiaoneng", *outside)
    assert sorted(line.split()[-4] for line in found) == sorted(AWAITED), found


def test_dead_code_is_seen(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(
        "import typer\nrouter = app = typer\n"
        "def used(): ...\nused()\n"
        "def forgotten(): ...\n"
        "class Old:\n    field = 1\n"
        "@router.get('/x')\ndef handler(): ...\n"
        "@app.command()\ndef serve(): ...\n"
        "@subscribe(Old)\ndef listener(): ...\n"
        "@functools.cache\ndef kept(): ...\n"
    )
    assert [line.rpartition(": ")[2] for line in unused(tmp_path)] == [
        "function forgotten is not used",
        "function kept is not used",
    ]
