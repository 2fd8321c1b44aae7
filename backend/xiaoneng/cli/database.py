"""Where the database is, and its revisions."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from alembic import command
from alembic.config import Config

from xiaoneng.kit.embedded_pg.server import running
from xiaoneng.settings import get_settings

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, slots=True)
class Addresses:
    """The database as the running system sees it, and as the one who owns its tables does."""

    app: str
    owner: str


@contextmanager
def addresses() -> Iterator[Addresses]:
    """The database of the settings, or the private cluster in the state directory, started when need be.

    The last user of the private cluster stops it.
    """
    settings = get_settings()
    if settings.database_url:
        yield Addresses(settings.database_url, settings.owner_database_url or settings.database_url)
        return
    with running(settings.state_dir / "postgres", bindir=settings.database.bindir) as server:
        yield Addresses(server.app_dsn, server.owner_dsn)


def alembic_config(url: str) -> Config:
    """The revisions of this checkout against one database."""
    config = Config(toml_file=ROOT / "pyproject.toml")
    config.attributes["url"] = url
    return config


def upgrade(url: str) -> None:
    """Bring a database to the newest revision."""
    command.upgrade(alembic_config(url), "head")


def migrate(revision: Annotated[str, typer.Argument(help="修订号或 head / base")] = "head") -> None:
    """Bring the database to a revision."""
    with addresses() as found:
        move = command.downgrade if revision == "base" else command.upgrade
        move(alembic_config(found.owner), revision)


def migration(slug: Annotated[str, typer.Argument(help="简短说明，如 add_case_deadline")]) -> None:
    """Write a revision from the difference between the tables of the code and those of the database."""
    with addresses() as found:
        command.revision(alembic_config(found.owner), message=slug, autogenerate=True)
