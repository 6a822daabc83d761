"""The two tables: the chain, and beside it personal data that can be erased."""

from typing import Any

from sqlalchemy import Column, Integer, LargeBinary, MetaData, String, Table, insert, literal_column, select

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


CHAIN = f"SELECT seq, body, sha256 AS hash FROM {ENTRIES.name} ORDER BY seq"  # noqa: S608
LAST = f"SELECT seq, body, sha256 FROM {ENTRIES.name} ORDER BY seq DESC LIMIT 1"  # noqa: S608
"""Sent as they are: half of what reading costs would go into putting them together again."""
ADD = insert(ENTRIES)
