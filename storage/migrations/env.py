"""Alembic's entry: migrates over the connection, and inside the transaction, that storage.layout hands in."""

from alembic import context

from storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,  # SQLite rolls tables back too, though Alembic does not expect it to
)
context.run_migrations()
