"""Names and places of files, and what is private."""

import pytest
from tests.architecture.checks import layout
from tests.architecture.checks.sources import Rule, broken, sources, tracked, violations

BACKEND = "backend/xiaoneng/"


@pytest.mark.parametrize(
    "rule", [layout.foreign_name, layout.filled_init, layout.foreign_insides, layout.clock_in_pure_file]
)
def test_the_backend_keeps_the_rule(rule: Rule) -> None:
    assert violations(rule, sources(".py", below=BACKEND)) == []


def test_the_top_level_is_as_designed() -> None:
    assert layout.unknown_top_level(tracked()) == []
    assert layout.unknown_top_level(["README.md", "docs/x.md", "scripts/y", "tests/z.py"]) == ["docs", "scripts"]


@pytest.mark.parametrize("name", ["helpers.py", "utils/text.py", "handlers.py", "intake/service.py"])
def test_a_name_outside_the_vocabulary_is_seen(name: str) -> None:
    assert len(broken(layout.foreign_name, "", f"backend/xiaoneng/features/cases/{name}")) == 1
    assert len(broken(layout.foreign_name, "", f"backend/xiaoneng/core/files/{name}")) == 1


@pytest.mark.parametrize("name", ["service.py", "rules/shares.py", "__init__.py", "public.py"])
def test_the_vocabulary_is_accepted(name: str) -> None:
    assert broken(layout.foreign_name, "", f"backend/xiaoneng/features/cases/{name}") == []


def test_a_filled_init_is_seen() -> None:
    assert broken(layout.filled_init, "from x import y\n", "backend/xiaoneng/kit/__init__.py") == ["must be empty"]
    assert broken(layout.filled_init, "\n", "backend/xiaoneng/kit/__init__.py") == []


@pytest.mark.parametrize(
    "text",
    [
        "from xiaoneng.features.cases import repository",
        "from xiaoneng.features.cases.repository import find",
        "import xiaoneng.features.cases.repository.rows as rows",
        "from xiaoneng.features.cases.transitions import TABLE",
    ],
)
def test_foreign_insides_are_seen(text: str) -> None:
    for path in ("features/hotline/service.py", "core/outbox/jobs.py", "worker.py", "kit/db.py"):
        assert len(broken(layout.foreign_insides, text, BACKEND + path)) == 1
    for path in ("features/cases/service.py", "features/cases/repository/rows.py"):
        assert broken(layout.foreign_insides, text, BACKEND + path) == []


@pytest.mark.parametrize(
    "text", ["from xiaoneng.kit import clock\ndef f(): return clock.now()", "from xiaoneng.kit.clock import now"]
)
def test_a_clock_in_a_pure_file_is_seen(text: str) -> None:
    for path in ("features/cases/rules.py", "core/worktime/rules/limits.py", "features/cases/policies.py"):
        assert len(broken(layout.clock_in_pure_file, text, BACKEND + path)) == 1
    assert broken(layout.clock_in_pure_file, text, BACKEND + "features/cases/service.py") == []
    zone = "from xiaoneng.kit.clock import REGION_ZONE"
    assert broken(layout.clock_in_pure_file, zone, BACKEND + "core/worktime/rules/limits.py") == []
