from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.core.scratch import database

from xiaoneng.settings import get_settings

LIMIT = 1_000_000


@pytest.fixture
def store_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where contents go, and a small limit."""
    monkeypatch.setenv("XIAONENG_STATE_DIR", str(tmp_path))
    monkeypatch.setenv("XIAONENG_FILES__MAX_BYTES", str(LIMIT))
    get_settings.cache_clear()
    yield tmp_path / "files"
    get_settings.cache_clear()


__all__ = ["database", "store_dir"]
