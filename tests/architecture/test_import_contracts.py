"""The contracts of `[tool.importlinter]`: kept by the backend, and each of them broken once in a small copy of it."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from tests.architecture.checks.layout import VOCABULARY
from tests.architecture.checks.sources import REPO

# As `make imports` reads them; a contract may be broken by more than one case below, and by one at least.
CONTRACTS = tomllib.loads((REPO / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
SINGLE = ("cli", "worker", "app", "api", "models", "settings", "kit/db", "kit/pages", "integrations/sms")
FORBIDDEN = {module for contract in CONTRACTS for module in contract.get("forbidden_modules", []) if "*" not in module}
PRIVATE = {c["name"]: module for c in CONTRACTS for module in c.get("protected_modules", [])}


def members(container: str) -> list[str]:
    """The packages the contracts put in order inside a container, high to low."""
    (contract,) = (c for c in CONTRACTS if c.get("containers") == [container])
    return [name.strip(" ()") for layer in contract["layers"] for name in layer.split("|")]


FEATURES, CORE = members("xiaoneng.features"), members("xiaoneng.core")


def lint(top: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter as `make imports` does; it takes the packages from the directory it runs in."""
    command = [
        Path(sys.executable).parent / "lint-imports",
        "--no-logo",
        "--no-cache",
        "--config",
        REPO / "pyproject.toml",
    ]
    return subprocess.run(command, cwd=top, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture(scope="module")
def skeleton(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package with every file the vocabulary allows and no imports at all."""
    top = tmp_path_factory.mktemp("skeleton")
    files = [f"{name}.py" for name in SINGLE]
    files += [f"features/{name}/{file}.py" for name in FEATURES for file in VOCABULARY]
    files += [f"core/{name}/{file}.py" for name in CORE for file in VOCABULARY]
    files += [
        f"{module.removeprefix('xiaoneng.').replace('.', '/')}.py" for module in FORBIDDEN if "xiaoneng" in module
    ]
    for file in files:
        path = top / "xiaoneng" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        for folder in path.relative_to(top).parents[:-1]:
            (top / folder / "__init__.py").touch()
    return top


def test_the_backend_keeps_its_contracts() -> None:
    done = lint(REPO / "backend")
    assert done.returncode == 0, done.stdout


def test_a_package_that_keeps_everything_passes(skeleton: Path) -> None:
    done = lint(skeleton)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("contract", "file", "text"),
    [
        ("1 shelves", "kit/db.py", "import xiaoneng.core.outbox.service"),
        ("1 shelves", "core/files/service.py", "import xiaoneng.features.cases.service"),
        ("1 shelves", "core/files/service.py", "import xiaoneng.integrations.sms"),
        ("1 shelves", "settings.py", "import xiaoneng.kit.db"),
        ("1 shelves", "worker.py", "import xiaoneng.app"),
        ("1 shelves", "utils.py", ""),
        (
            "2 order of features",
            f"features/{FEATURES[-1]}/service.py",
            f"import xiaoneng.features.{FEATURES[0]}.service",
        ),
        ("2 order of features", "features/misc/__init__.py", ""),
        ("3 order of the core", f"core/{CORE[-1]}/service.py", f"import xiaoneng.core.{CORE[0]}.service"),
        ("3 order of the core", "core/misc/__init__.py", ""),
        ("4 files", "features/cases/repository.py", "import xiaoneng.features.cases.service"),
        ("4 files", "features/cases/rules.py", "import xiaoneng.features.cases.policies"),
        ("4 files", "features/cases/transitions.py", "import xiaoneng.features.cases.schemas"),
        ("4 files", "core/files/models.py", "import xiaoneng.core.files.errors"),
        ("4 files", "features/cases/helpers.py", ""),
        ("4 files", "core/files/utils.py", ""),
        ("5 no cycles", "kit/pages.py", "import xiaoneng.kit.db\n# and back\n"),
        ("6 domain", "features/cases/service.py", "import fastapi"),
        ("6 domain", "core/files/jobs.py", "from httpx import AsyncClient"),
        ("7 pure", "features/cases/rules.py", "import sqlmodel"),
        ("7 pure", "core/worktime/policies.py", "import xiaoneng.kit.db"),
        ("8 routes", "features/cases/public.py", "import sqlalchemy"),
        ("8 routes", "core/files/routes.py", "import xiaoneng.core.files.repository"),
        *((name, "worker.py", f"import {module}") for name, module in PRIVATE.items()),
    ],
)
def test_a_violation_is_seen(skeleton: Path, contract: str, file: str, text: str) -> None:
    path, before = skeleton / "xiaoneng" / file, {}
    other = skeleton / "xiaoneng" / "kit" / "db.py"
    for touched in (path, other):
        before[touched] = touched.read_text() if touched.exists() else None
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    if contract == "5 no cycles":
        other.write_text("import xiaoneng.kit.pages")
    try:
        done = lint(skeleton)
    finally:
        for touched, old in before.items():
            touched.unlink() if old is None else touched.write_text(old)
        if path.name == "__init__.py":
            path.parent.rmdir()
    assert done.returncode == 1, done.stdout + done.stderr
    broken = [line for line in done.stdout.splitlines() if line.endswith("BROKEN")]
    assert any(line.startswith(contract) for line in broken), done.stdout


def test_every_contract_is_broken_by_some_case() -> None:
    (mark,) = test_a_violation_is_seen.pytestmark
    tried = {contract for contract, _, _ in mark.args[1]}
    assert [c["name"] for c in CONTRACTS if not any(c["name"].startswith(name) for name in tried)] == []
    assert [c["name"] for c in CONTRACTS if c.get("ignore_imports")] == []


def test_every_package_keeps_its_repository_and_its_machine_to_itself() -> None:
    root = REPO / "backend"
    places = [*root.glob("xiaoneng/*/*/repository*"), *root.glob("xiaoneng/*/*/transitions*")]
    found = {".".join(place.relative_to(root).with_suffix("").parts) for place in places}
    assert found == {module for contract in CONTRACTS for module in contract.get("protected_modules", [])}
