"""Real inputs that lie beside the repository on some machines; tests that need them skip elsewhere."""

import csv
import gzip
import io
from pathlib import Path

import pytest
from tests.core.scratch import Surroundings


def shared_file(name: str) -> Path:
    """The path of a shared input; skips the test when the folder is absent."""
    path = Surroundings().xiaoneng_shared_data / name
    if not path.exists():
        pytest.skip(f"the shared input {name} is not on this machine")
    return path


def shared_rows(name: str) -> list[dict[str, str]]:
    """The rows of a shared CSV, packed or not."""
    path = shared_file(name)
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
