"""Who the server runs as: PostgreSQL refuses root, so root hands the server to an unprivileged account."""

import os
import pwd
import stat
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from xiaoneng.kit.embedded_pg.errors import AccountError, UnsafeDirectoryError

_UNPRIVILEGED = ("postgres", "nobody")
# The programs see nothing of the caller's environment: PGPORT, PGDATA or a locale would change what they do.
_ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C"}


@dataclass(frozen=True, slots=True)
class Account:
    """The user the server's processes and files belong to."""

    uid: int
    gid: int

    @classmethod
    def caller(cls) -> "Account":
        """The account this very process runs as."""
        return cls(os.geteuid(), os.getegid())

    @property
    def is_caller(self) -> bool:
        """True when nothing has to be switched: the caller runs the server itself."""
        return self.uid == os.geteuid()

    def run(
        self,
        command: Sequence[str | Path],
        *,
        cwd: Path = Path("/"),
        timeout: float = 60,
        environment: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run a program as this account and return what it said; a non-zero exit is no error here.

        Raises:
            AccountError: the operating system does not let the caller become this account.
            OSError: the program is not there, or this account may not run it.
        """
        switch = not self.is_caller
        try:
            return subprocess.run(
                command,
                cwd=cwd,
                env={**_ENVIRONMENT, **(environment or {})},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                timeout=timeout,
                check=False,
                user=self.uid if switch else None,
                group=self.gid if switch else None,
                extra_groups=[] if switch else None,
            )
        except PermissionError as refused:
            if refused.filename is not None and str(refused.filename) == str(command[0]):
                raise
            raise AccountError(f"cannot run {command[0]} as uid {self.uid}: {refused}") from refused

    def can_enter(self, directory: Path) -> bool:
        """Tell whether this account may pass through every parent of a directory and into it."""
        return self.run(["/bin/sh", "-c", 'cd -- "$1"', "sh", directory]).returncode == 0

    def own(self, path: Path) -> None:
        """Give a file or directory to this account."""
        if not self.is_caller:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def account_for(data_dir: Path) -> Account:
    """Choose who runs the server: the owner of an existing data directory, else the caller, never root.

    Raises:
        AccountError: the data directory is another user's, or root finds nobody to hand the server to.
    """
    uid = os.geteuid()
    if data_dir.exists():
        owner = data_dir.stat()
        if owner.st_uid == 0:
            raise AccountError(f"{data_dir} belongs to root; PostgreSQL does not run as root")
        if uid not in {0, owner.st_uid}:
            raise AccountError(f"{data_dir} belongs to uid {owner.st_uid}; run this command as that user")
        return Account(owner.st_uid, owner.st_gid)
    if uid != 0:
        return Account.caller()
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in _UNPRIVILEGED:
        if name in known:
            return Account(known[name].pw_uid, known[name].pw_gid)
    raise AccountError(f"root needs one of the users {', '.join(_UNPRIVILEGED)} to run PostgreSQL as")


def private_directory(path: Path, *, owners: set[int]) -> Path:
    """Create a directory nobody else can write to, or accept it when it already is one.

    Its parent may be writable by everybody (`/tmp`), so an existing entry is trusted only if it is a real
    directory, belongs to one of `owners` and is closed to other writers.

    Raises:
        UnsafeDirectoryError: somebody else owns the path, it is a link, or others may write to it.
    """
    try:
        path.mkdir(mode=0o711)
        path.chmod(0o711)  # the caller's umask may have closed it to the account
    except FileExistsError:
        found = path.lstat()
        trusted = stat.S_ISDIR(found.st_mode) and found.st_uid in owners and not found.st_mode & 0o022
        if not trusted:
            raise UnsafeDirectoryError(f"{path} exists and another user could change it; remove it first") from None
    return path
