"""Roles, databases and privileges of a running cluster; every statement may run again on each start."""

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

Connection = psycopg.Connection[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Roles:
    """The two roles of a database: one owns it and migrates it, the other is the running application."""

    owner: str
    app: str

    @classmethod
    def of(cls, database: str) -> "Roles":
        """The roles that go with a database of this name."""
        return cls(f"{database}_owner", f"{database}_app")


@dataclass(frozen=True, slots=True)
class Access:
    """How to reach a cluster of ours in any role."""

    socket_dir: Path
    secret: bytes

    def dsn(self, role: str, database: str) -> str:
        """A libpq URL."""
        host = quote(str(self.socket_dir), safe="/")
        return f"postgresql://{role}:{self.password(role)}@/{database}?host={host}&port={PORT}"

    def password(self, role: str) -> str:
        """The password of a role: derived, so that one secret file is all there is to keep."""
        return hmac.digest(self.secret, role.encode(), hashlib.sha256).hex()


def provision(access: Access, database: str) -> None:
    """Bring the database and its roles to where they have to be.

    Raises:
        LocaleError: pg_trgm finds no trigrams in Chinese text.
    """
    roles = Roles.of(database)
    with psycopg.connect(access.dsn(ADMIN, "postgres"), autocommit=True) as cluster:
        for role in (roles.owner, roles.app):
            ensure_role(cluster, role, access.password(role))
        ensure_database(cluster, database, roles)
    with psycopg.connect(access.dsn(roles.owner, database), autocommit=True) as connection:
        prepare_database(connection, roles)


def ensure_role(cluster: Connection, role: str, password: str) -> None:
    """Create a role that may log in and nothing else, unless it exists."""
    if cluster.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone() is None:
        # Hashed on this side, so that the server's log can never show it.
        verifier = cluster.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
        statement = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}")
        cluster.execute(statement.format(sql.Identifier(role), sql.Literal(verifier.decode())))


def ensure_database(
    cluster: Connection, database: str, roles: Roles, *, template: str = "template0", by_files: bool = False
) -> None:
    """Create a database only its own roles can connect to, unless it exists.

    `by_files` copies the template's files, half the time where nothing is synced and ten times as much where it is.
    """
    names = {
        "database": sql.Identifier(database),
        "template": sql.Identifier(template),
        "owner": sql.Identifier(roles.owner),
        "app": sql.Identifier(roles.app),
    }
    if cluster.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone() is None:
        create = sql.SQL("CREATE DATABASE {database} OWNER {owner} TEMPLATE {template} STRATEGY {strategy}")
        strategy = sql.SQL("FILE_COPY" if by_files else "WAL_LOG")
        cluster.execute(create.format(strategy=strategy, **names))
    cluster.execute(sql.SQL("REVOKE ALL ON DATABASE {database} FROM PUBLIC").format(**names))
    cluster.execute(sql.SQL("GRANT CONNECT ON DATABASE {database} TO {app}").format(**names))


def prepare_database(connection: Connection, roles: Roles) -> None:
    """As the owner: whatever it creates later, in whatever schema, the application may use but not alter.

    Raises:
        LocaleError: pg_trgm finds no trigrams in Chinese text.
    """
    for granted in ("SELECT, INSERT, UPDATE, DELETE ON TABLES", "USAGE, SELECT ON SEQUENCES", "USAGE ON SCHEMAS"):
        statement = sql.SQL("ALTER DEFAULT PRIVILEGES GRANT {} TO {}")
        connection.execute(statement.format(sql.SQL(granted), sql.Identifier(roles.app)))
    connection.execute("SET client_min_messages TO warning")
    connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    check_trigrams(connection)


def check_trigrams(connection: Connection) -> None:
    """Make sure that the database's locale lets pg_trgm see Chinese words.

    Raises:
        LocaleError: it does not, which is what a database made with locale `C` looks like.
    """
    row = connection.execute("SELECT show_trgm('安全生产') <> '{}'").fetchone()
    if row != (True,):
        raise LocaleError("the database's locale is not UTF-8 (LC_CTYPE): create it with C.UTF-8")
