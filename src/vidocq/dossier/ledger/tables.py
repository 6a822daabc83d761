"""The two tables: the chain, and beside it personal data that can be erased."""

from typing import Any

from sqlalchemy import Column, Integer, LargeBinary, MetaData, String, Table, literal_column, select

TABLES = MetaData()
ENTRIES = Table(
    "vidocq_entries",
    TABLES,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("body", LargeBinary, nullable=False),
    Column("sha256", String(64), nullable=False),
)
ASIDE = Table(
    "vidocq_aside",
    TABLES,
    Column("id", String(32), primary_key=True),
    Column("salt", String(64), nullable=False),
    Column("body", LargeBinary, nullable=False),
)


def raw(table: Table) -> Any:
    """Columns as the driver gives them: an altered type is a finding, not a crash in a converter."""
    return select(*(literal_column(column.name).label(column.name) for column in table.c)).select_from(table)


CHAIN = raw(ENTRIES).order_by(ENTRIES.c.seq)
LAST = raw(ENTRIES).order_by(ENTRIES.c.seq.desc()).limit(1)
