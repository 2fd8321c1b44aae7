"""Roles, database and privileges of a running cluster; every statement may run again on each start."""

import hashlib
import hmac
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from xiaoneng.kit.embedded_pg.errors import LocaleError
from xiaoneng.kit.embedded_pg.layout import PORT
from xiaoneng.kit.embedded_pg.postmaster import ADMIN


@dataclass(frozen=True, slots=True)
class Access:
    """How to reach one database of a cluster in each of its three roles."""

    socket_dir: Path
    database: str
    secret: bytes

    @property
    def owner(self) -> str:
        """The role that owns the database and runs migrations."""
        return f"{self.database}_owner"

    @property
    def app(self) -> str:
        """The role of the running application: reads and writes rows, changes no table."""
        return f"{self.database}_app"

    def dsn(self, role: str, database: str | None = None) -> str:
        """A libpq URL for a role."""
        password = password_of(role, self.secret)
        where = f"{database or self.database}?host={quote(str(self.socket_dir), safe='/')}&port={PORT}"
        return f"postgresql://{role}:{password}@/{where}"


def password_of(role: str, secret: bytes) -> str:
    """The password of a role: derived, so that one secret file is all there is to keep."""
    return hmac.digest(secret, role.encode(), hashlib.sha256).hex()


def provision(access: Access) -> None:
    """Bring roles, database, default privileges and pg_trgm to where they have to be.

    Raises:
        LocaleError: pg_trgm finds no trigrams in Chinese text.
    """
    with psycopg.connect(access.dsn(ADMIN, "postgres"), autocommit=True) as cluster:
        for role in (access.owner, access.app):
            _ensure_role(cluster, role, password_of(role, access.secret))
        _ensure_database(cluster, access)
    with psycopg.connect(access.dsn(access.owner), autocommit=True) as database:
        _default_privileges(database, access)
        database.execute("SET client_min_messages TO warning")
        database.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        check_trigrams(database)


def check_trigrams(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """Make sure that the database's locale lets pg_trgm see Chinese words.

    Raises:
        LocaleError: it does not, which is what a database made with locale `C` looks like.
    """
    row = connection.execute("SELECT show_trgm('安全生产') <> '{}'").fetchone()
    if row != (True,):
        raise LocaleError("the database's locale is not UTF-8 (LC_CTYPE): create it with C.UTF-8")


def _ensure_role(cluster: psycopg.Connection[tuple[object, ...]], role: str, password: str) -> None:
    if cluster.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone() is None:
        # Hashed on this side, so that the server's log can never show it.
        verifier = cluster.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
        statement = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}")
        cluster.execute(statement.format(sql.Identifier(role), sql.Literal(verifier.decode())))


def _ensure_database(cluster: psycopg.Connection[tuple[object, ...]], access: Access) -> None:
    names = {
        "database": sql.Identifier(access.database),
        "owner": sql.Identifier(access.owner),
        "app": sql.Identifier(access.app),
    }
    if cluster.execute("SELECT 1 FROM pg_database WHERE datname = %s", [access.database]).fetchone() is None:
        cluster.execute(sql.SQL("CREATE DATABASE {database} OWNER {owner} TEMPLATE template0").format(**names))
    cluster.execute(sql.SQL("REVOKE ALL ON DATABASE {database} FROM PUBLIC").format(**names))
    cluster.execute(sql.SQL("GRANT CONNECT ON DATABASE {database} TO {app}").format(**names))


def _default_privileges(database: psycopg.Connection[tuple[object, ...]], access: Access) -> None:
    """Whatever the owner creates later, in whatever schema, the application may use but not alter."""
    app = sql.Identifier(access.app)
    for granted in (
        "SELECT, INSERT, UPDATE, DELETE ON TABLES",
        "USAGE, SELECT ON SEQUENCES",
        "USAGE ON SCHEMAS",
    ):
        database.execute(sql.SQL("ALTER DEFAULT PRIVILEGES GRANT {} TO {}").format(sql.SQL(granted), app))
