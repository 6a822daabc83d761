"""Whether a database keeps what it acknowledged when the power fails."""

from sqlalchemy import Connection

from vidocq.core.text import Text

SETTINGS = {
    "fsync": Text(
        fr="le serveur PostgreSQL tourne avec fsync=off : une coupure de courant peut détruire le journal ; demandez "
        "qu'on le remette à on",
        en="the PostgreSQL server runs with fsync=off: a power failure may destroy the ledger; ask for it to be set to "
        "on again",
    ),
    "full_page_writes": Text(
        fr="le serveur PostgreSQL tourne avec full_page_writes=off : une coupure de courant peut abîmer le journal ; "
        "demandez qu'on le remette à on",
        en="the PostgreSQL server runs with full_page_writes=off: a power failure may damage the ledger; ask for it to "
        "be set to on again",
    ),
}
"""Settings of the server that a client cannot change. `synchronous_commit`, which it can, is set on by every writer."""


def cautions(connection: Connection) -> tuple[Text, ...]:
    """What to tell, for each setting that is off. Nothing on SQLite, where every connection of ours sets its own."""
    if connection.dialect.name != "postgresql":
        return ()
    return tuple(
        text for name, text in SETTINGS.items() if connection.exec_driver_sql(f"SHOW {name}").scalar_one() == "off"
    )
