"""The migrations lay exactly what storage.tables says."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, text

from newsdesk.errors import StoreUnfit
from storage import Store, layout
from storage.engine import address_of, engine_for
from storage.tables import metadata
from tests.databases import postgresql_schema

# every name, type, rule and index, as the server itself would write them
POSTGRESQL = """
SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable
       || ' ' || ordinal_position || ' ' || coalesce(column_default, '')
  FROM information_schema.columns WHERE table_schema = current_schema()
UNION ALL SELECT conname || ' ' || pg_get_constraintdef(oid)
  FROM pg_constraint WHERE connamespace = current_schema()::regnamespace
UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema()
"""


def laid(connection: Connection) -> set[str]:
    if connection.dialect.name == "sqlite":
        things = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
        found = [f"{name}: {line.strip(' ,)')}" for name, sql in things for line in sql.splitlines()]
    else:
        schema = connection.scalar(text("SELECT current_schema()"))
        found = [line.replace(f"{schema}.", "") for line in connection.scalars(text(POSTGRESQL))]
    return {line for line in found if "alembic_version" not in line}


def test_alembic_finds_no_difference_between_what_is_laid_and_the_tables(
    store: Store, store_url: str
) -> None:
    engine = create_engine(address_of(store_url))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_the_migrations_lay_every_rule_and_index_that_the_tables_have(
    store: Store, store_url: str, request: pytest.FixtureRequest
) -> None:
    sqlite = store_url.startswith("sqlite")
    fresh = store_url + "2" if sqlite else postgresql_schema(request.getfixturevalue("postgresql"))
    written = []
    for url, create in ((store_url, False), (fresh, True)):
        engine = create_engine(address_of(url))
        with engine.begin() as connection:
            if create:
                metadata.create_all(connection)
            written.append(laid(connection))
        engine.dispose()
    assert written[0] == written[1]
    assert any("ix_leads_pending" in line and "state = 'pending'" in line for line in written[0])


def test_a_laying_that_is_interrupted_leaves_nothing(empty_url: str) -> None:
    engine = engine_for(address_of(empty_url))
    with engine.connect() as connection:
        layout.upgrade(connection)
        assert layout.revision(connection) == Store.head()
        connection.rollback()
    with engine.connect() as connection:
        assert layout.revision(connection) is None
    engine.dispose()


def test_laying_twice_changes_nothing(store: Store) -> None:
    store.upgrade()
    assert store.revision() == Store.head()


def test_an_older_revision_is_to_be_brought_up_to_date() -> None:
    layout.refuse_unless_current("0002", known=("0002", "0001"))
    with pytest.raises(StoreUnfit, match="run `presswatch init` to bring it up to date"):
        layout.refuse_unless_current("0001", known=("0002", "0001"))
