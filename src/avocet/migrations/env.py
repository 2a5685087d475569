"""Alembic's entry point. It always runs on the connection that `avocet.db.upgrade` hands over."""

from alembic import context

from avocet.models import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
with context.begin_transaction():
    context.run_migrations()
