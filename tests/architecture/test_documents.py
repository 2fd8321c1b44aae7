"""Documents name what exists; nothing tells where it was written; locks carry no addresses."""

from pathlib import Path

import pytest
from tests.architecture.checks.documents import addressed_lock, betrayed_place, dead_path
from tests.architecture.checks.sources import Source, broken, sources, tracked, violations

# These files spell the words they look for.
SPELLS_THEM = ("tests/architecture/checks/documents.py", "tests/architecture/test_documents.py")


def test_documents_name_only_what_exists() -> None:
    assert violations(dead_path, sources(".md")) == []


def test_no_file_tells_where_it_was_written() -> None:
    assert violations(betrayed_place, (file for file in sources() if file.path not in SPELLS_THEM)) == []


def test_locks_have_no_addresses() -> None:
    locks = [name for name in tracked() if name.endswith("package-lock.json") or "/requirements/" in name]
    files = [file for file in sources() if file.path in locks and file.path.endswith((".txt", ".json"))]
    assert len(files) >= 2
    assert violations(addressed_lock, files) == []


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in (
        "backend/xiaoneng/kit/db.py",
        "frontend/src/api/client.ts",
        "frontend/README.md",
        "tests/kit/test_a.py",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    return tmp_path


@pytest.mark.parametrize(
    "text",
    [
        "`backend/xiaoneng/kit/db.py`, `kit/db.py`, `src/api/client.ts`, `tests/kit`, `tests/*/test_*.py`",
        "`application/json` `SELECT a/b` `/api/v1/cases` `origin/main` `frontend/dist/index.html`",
        "[the client](src/api/client.ts) [law](https://example.org/a/b) [below](#here) `tests/kit/test_a.py::test_x`",
    ],
)
def test_paths_that_exist_are_accepted(tree: Path, text: str) -> None:
    assert list(dead_path(Source("frontend/README.md", text), tree)) == []


@pytest.mark.parametrize(
    "text",
    ["`backend/xiaoneng/kit/gone.py`", "`kit/gone.py`", "`src/api/gone.ts`", "[gone](gone.md)", "`tests/*/gone_*.py`"],
)
def test_a_dead_path_is_seen(tree: Path, text: str) -> None:
    assert len(list(dead_path(Source("frontend/README.md", text), tree))) == 1


@pytest.mark.parametrize(
    "line",
    [
        "see /root/project/x",
        "cd /work/main/",
        "/home/somebody/src",
        "/Users/somebody/src",
        "https://files.pythonhosted.org/packages/x",
        "https://registry.npmjs.org/vue",
        "--index-url=x",
        "pip install --find-links x",
    ],
)
def test_a_betrayed_place_is_seen(line: str) -> None:
    assert len(broken(betrayed_place, line)) == 1


@pytest.mark.parametrize("line", ["/var/tmp/x", "backend/work/x", "https://www.gov.cn/root/x", "/homes/"])
def test_other_addresses_are_left_alone(line: str) -> None:
    assert broken(betrayed_place, line) == []


def test_an_address_in_a_lock_is_seen() -> None:
    assert len(broken(addressed_lock, "a==1\nb @ https://example.org/b.whl", "backend/requirements/run.txt")) == 1
    lock = '{"packages": {"": {}, "node_modules/vue": {"resolved": "x", "funding": {"url": "https://a"}}}}'
    assert broken(addressed_lock, lock, "frontend/package-lock.json") == ["node_modules/vue says resolved"]
