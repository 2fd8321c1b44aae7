"""Where a cluster keeps its files, and the two locks that make starting and stopping safe."""

import fcntl
import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from xiaoneng.kit.embedded_pg.account import Account, private_directory
from xiaoneng.kit.embedded_pg.errors import AccountError, CredentialsLostError

PORT = 5432
_PERSISTENT = Path("/var/lib")
_TEMPORARY = Path("/var/tmp")
_SOCKETS = Path("/tmp")
# sun_path holds 104 bytes on macOS, 108 on Linux, and the server appends its file name to the directory.
_LONGEST_SOCKET = 100
_PLAIN_PATH = re.compile(r"[A-Za-z0-9/._+-]+")


@dataclass(frozen=True, slots=True)
class Layout:
    """The directories of one cluster. `home` is `root`, unless the server's account cannot enter that."""

    root: Path
    home: Path

    @property
    def data_dir(self) -> Path:
        """PostgreSQL's data directory."""
        return self.home / "data"

    @property
    def secret_file(self) -> Path:
        """The 32 random bytes all passwords derive from; readable by the caller only."""
        return self.home / "secret"

    def data_major(self) -> int | None:
        """The major version that made the data directory, or None while there is none."""
        mark = self.data_dir / "PG_VERSION"
        return int(mark.read_text().strip()) if mark.exists() else None

    def socket_dir(self, account: Account) -> Path:
        """The directory of the Unix socket: `home/run`, or a short private one if that will not do."""
        near = self.home / "run"
        length = len(os.fsencode(near / f".s.PGSQL.{PORT}"))
        if length > _LONGEST_SOCKET or not _PLAIN_PATH.fullmatch(str(near)):
            near = _SOCKETS / _derived_name(self.home)
        directory = private_directory(near, owners={os.geteuid(), account.uid})
        account.own(directory)
        return directory

    def secret(self, *, create: bool) -> bytes:
        """Read the secret, or make it together with a new cluster.

        Raises:
            CredentialsLostError: a cluster exists and its secret does not.
        """
        if create:
            partial = self.secret_file.with_suffix(".part")
            partial.unlink(missing_ok=True)
            descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(secrets.token_bytes(32))
            partial.rename(self.secret_file)
        if not self.secret_file.exists():
            raise CredentialsLostError(
                f"{self.secret_file} is missing; without it nobody can log in to {self.data_dir}"
            )
        return self.secret_file.read_bytes()


def own_root(root: Path) -> Path:
    """Create the caller's directory for the cluster if need be; parents that exist keep their modes.

    Raises:
        AccountError: the caller may not write there.
    """
    root = root.resolve()
    try:
        if not root.exists():
            root.mkdir(parents=True, exist_ok=True)  # another process may be first
            root.chmod(0o711)
        with _open_lock(root / "lock"):
            return root
    except PermissionError as refused:
        raise AccountError(f"{root} is not yours to write to: {refused}") from refused


def data_dir_below(root: Path) -> Path:
    """Where the data directory of an existing cluster is, if there is one."""
    moved = root / "home"
    return (moved.resolve() if moved.is_symlink() else root) / "data"


def lay_out(root: Path, account: Account, *, durable: bool) -> Layout:
    """Decide where the cluster lives; once decided, it stays there.

    Root's own home is closed to the account the server runs as, and no parent directory is ever opened for
    it: the cluster then lives in a private directory outside, to which the link `root/home` points. Data that
    must last go below /var/lib, because /var/tmp is swept by age on many systems.
    """
    link = root / "home"
    if link.is_symlink():
        return Layout(root, private_directory(link.resolve(), owners={os.geteuid()}))
    if (root / "data").exists() or account.can_enter(root):
        return Layout(root, root)
    lasting = durable and os.access(_PERSISTENT, os.W_OK)
    outside = (_PERSISTENT if lasting else _TEMPORARY) / _derived_name(root)
    home = private_directory(outside, owners={os.geteuid()})
    link.symlink_to(home)
    return Layout(root, home)


def remove(place: Layout, account: Account) -> None:
    """Delete everything a stopped cluster consists of, wherever it lies."""
    shutil.rmtree(place.socket_dir(account))
    if place.home != place.root:
        shutil.rmtree(place.home)
        (place.root / "home").unlink()
        return
    for part in (place.data_dir, *place.home.glob("pgdist-*")):
        shutil.rmtree(part)
    place.secret_file.unlink(missing_ok=True)


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Hold the cluster's lock: one start or stop at a time, whatever process or thread asks."""
    with _open_lock(root / "lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def register_user(root: Path) -> IO[bytes]:
    """Note that somebody uses the running server, until the returned file is closed (or its process dies)."""
    users = _open_lock(root / "users")
    fcntl.flock(users, fcntl.LOCK_SH)
    return users


def is_in_use(root: Path) -> bool:
    """Tell whether any process is registered as a user; ask only while holding the lock."""
    with _open_lock(root / "users") as users:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


def _open_lock(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")


def _derived_name(path: Path) -> str:
    return f"embedded-pg-{hashlib.sha256(os.fsencode(path)).hexdigest()[:12]}-{os.geteuid()}"
