"""A private PostgreSQL for one installation: `start`, `stop`, or `running` for as long as it is needed.

The calls block for up to a few seconds; from asynchronous code use `asyncio.to_thread`. Everything they need
comes as a parameter. Why it is built this way: `backend/adr/0003-embedded-postgresql.md`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from xiaoneng.kit.embedded_pg import layout
from xiaoneng.kit.embedded_pg.account import Account, account_for
from xiaoneng.kit.embedded_pg.binaries import choose, remove_other_copies, usable_by
from xiaoneng.kit.embedded_pg.postmaster import ADMIN, Postmaster
from xiaoneng.kit.embedded_pg.provision import Access, Roles, provision


@dataclass(frozen=True, slots=True)
class Server:
    """A running cluster and how to log in to its database; `repr` hides the URLs, they carry passwords."""

    root: Path
    bindir: Path
    data_dir: Path
    socket_dir: Path
    major: int
    database: str
    owner_dsn: str = field(repr=False)
    app_dsn: str = field(repr=False)
    admin_dsn: str = field(repr=False)


def start(root: Path, *, bindir: Path | None = None, durable: bool = True, database: str = "xiaoneng") -> Server:
    """Start the cluster below `root`, made on the first call; when it runs already, just say how to reach it.

    Args:
        root: a directory of the caller's own; created if missing, its parents' modes stay as they are.
        bindir: the only place to take PostgreSQL's programs from, instead of looking for them.
        durable: False gives up crash safety for speed, for tests only; decided anew at each real start.
        database: the database; its two roles are `<database>_owner` and `<database>_app`.

    Raises:
        EmbeddedPostgresError: one of its subclasses says what is wrong and what to do.
    """
    root = layout.own_root(root)
    with layout.locked(root):
        return _start(root, bindir, database, durable=durable)


def stop(server: Server) -> None:
    """Stop the server, whoever started it or still uses it; nothing happens when it is down already."""
    with layout.locked(server.root):
        _stop(server)


def destroy(root: Path) -> None:
    """Stop the cluster below `root` and delete it with all its data; the directory itself stays."""
    root = layout.own_root(root)
    with layout.locked(root):
        data_dir = layout.data_dir_below(root)
        if data_dir.exists():
            place = layout.Layout(root, data_dir.parent)
            account = account_for(data_dir)
            found = choose(preferred=None, data_major=place.data_major(), caller=Account.caller())
            Postmaster(usable_by(found, account, place.home), account, data_dir).stop()
            layout.remove(place, account)


@contextmanager
def running(
    root: Path, *, bindir: Path | None = None, durable: bool = True, database: str = "xiaoneng"
) -> Iterator[Server]:
    """`start` for the time of a `with` block; the last process that uses the cluster this way stops it.

    Whoever dies without leaving the block no longer counts.
    """
    root = layout.own_root(root)
    with layout.locked(root):
        server = _start(root, bindir, database, durable=durable)
        user = layout.register_user(root)
    try:
        yield server
    finally:
        with layout.locked(root):
            user.close()
            if not layout.is_in_use(root):
                _stop(server)


def _start(root: Path, bindir: Path | None, database: str, *, durable: bool) -> Server:
    account = account_for(layout.data_dir_below(root))
    place = layout.lay_out(root, account, durable=durable)
    found = choose(preferred=bindir, data_major=place.data_major(), caller=Account.caller())
    binaries = usable_by(found, account, place.home)
    postmaster = Postmaster(binaries, account, place.data_dir)
    is_new = place.data_major() is None
    secret = place.secret(create=is_new)
    if is_new:
        password = Access(place.home, secret).password(ADMIN)
        postmaster.initialise(password, durable=durable)
    socket_dir = postmaster.socket_dir()
    if socket_dir is None or not postmaster.wait_until_ready(socket_dir):
        postmaster.stop()
        remove_other_copies(binaries, place.home)
        socket_dir = place.socket_dir(account)
        postmaster.start(socket_dir, durable=durable)
    access = Access(socket_dir, secret)
    provision(access, database)
    roles = Roles.of(database)
    return Server(
        root=root,
        bindir=binaries.bindir,
        data_dir=place.data_dir,
        socket_dir=socket_dir,
        major=binaries.major,
        database=database,
        owner_dsn=access.dsn(roles.owner, database),
        app_dsn=access.dsn(roles.app, database),
        admin_dsn=access.dsn(ADMIN, "postgres"),
    )


def _stop(server: Server) -> None:
    account = account_for(server.data_dir)
    binaries = choose(preferred=server.bindir, data_major=server.major, caller=account)
    Postmaster(binaries, account, server.data_dir).stop()
