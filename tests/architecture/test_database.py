"""Commit at the edge, SQL in repositories, nothing loaded lazily."""

import pytest
from tests.architecture.checks.database import foreign_commit, foreign_sql, lazy_relationship
from tests.architecture.checks.sources import broken, sources, violations

BACKEND = "backend/xiaoneng/"
REPOSITORY = "backend/xiaoneng/features/cases/repository.py"


def test_only_the_unit_of_work_commits() -> None:
    assert violations(foreign_commit, sources(".py", below=BACKEND)) == []


def test_only_repositories_speak_sql() -> None:
    assert violations(foreign_sql, sources(".py", below=BACKEND)) == []


def test_relationships_are_never_loaded_lazily() -> None:
    assert violations(lazy_relationship, sources(".py", below=BACKEND)) == []


@pytest.mark.parametrize(
    "call", ["session.commit()", "await s.rollback()", "self.engine.begin()", "a.b().begin_nested()"]
)
def test_a_commit_elsewhere_is_seen(call: str) -> None:
    text = f"async def f(): {call}"
    assert len(broken(foreign_commit, text)) == 1
    assert len(broken(foreign_commit, text, REPOSITORY)) == 1
    assert broken(foreign_commit, text, "backend/xiaoneng/kit/db.py") == []


@pytest.mark.parametrize(
    "text",
    [
        "from sqlalchemy import select\nselect(1)",
        "from sqlmodel import select as pick\npick(1)",
        "import sqlalchemy as sa\nsa.update(1)",
        "import sqlalchemy\nsqlalchemy.text('')",
        "from sqlalchemy.dialects.postgresql import insert\ninsert(1)",
        "async def f(s): await s.execute(1)",
        "async def f(s): return (await s.session.scalars(1)).all()",
        "async def f(session): return await session.stream(1)",
    ],
)
def test_sql_elsewhere_is_seen(text: str) -> None:
    assert len(broken(foreign_sql, text)) == 1
    assert len(broken(foreign_sql, text, "backend/xiaoneng/features/cases/service/intake.py")) == 1
    assert len(broken(foreign_sql, text, "backend/xiaoneng/worker.py")) == 1
    assert broken(foreign_sql, text, REPOSITORY) == []
    assert broken(foreign_sql, text, "backend/xiaoneng/core/outbox/repository/rows.py") == []
    assert broken(foreign_sql, text, "backend/xiaoneng/kit/pages.py") == []


def test_models_may_name_conditions_but_not_query() -> None:
    models = "backend/xiaoneng/features/cases/models.py"
    assert broken(foreign_sql, "import sqlalchemy as sa\nsa.text('x')", models) == []
    assert len(broken(foreign_sql, "import sqlalchemy as sa\nsa.select(1)", models)) == 1


@pytest.mark.parametrize(
    "text", ["a = {}\na.update(b=1)", "def select(x): ...\nselect(1)", "client.delete('/x')", "request.stream()"]
)
def test_words_that_are_not_sql_are_left_alone(text: str) -> None:
    assert broken(foreign_sql, text) == []


@pytest.mark.parametrize(
    ("call", "faults"),
    [
        ("relationship()", 1),
        ("orm.relationship(lazy='select')", 1),
        ("Relationship(sa_relationship_kwargs={'lazy': 'selectin'})", 1),
        ("relationship(lazy='raise', backref='unit')", 1),
        ("relationship(backref='unit')", 2),
        ("relationship(lazy='raise')", 0),
        ("Relationship(sa_relationship_kwargs={'lazy': 'raise'})", 0),
    ],
)
def test_a_lazy_relationship_is_seen(call: str, faults: int) -> None:
    assert len(broken(lazy_relationship, call)) == faults
