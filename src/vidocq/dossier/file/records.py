"""What every record of the file has in common: a schema number, bounded texts, and no personal value."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from vidocq.core.errors import ConfigurationError, LedgerError
from vidocq.core.spans import Category
from vidocq.detect.find import Finder
from vidocq.dossier.entries import Entry
from vidocq.dossier.ledger import Ledger, Transaction

Answer = TypeVar("Answer")

SCHEMA: Final = 1
LONGEST_WORD: Final = 200
LONGEST_TEXT: Final = 4000
_REFUSED: Final = (Category.EMAIL, Category.PHONE, Category.NIR, Category.IBAN, Category.CARD)


def versioned(content: Mapping[str, Any]) -> dict[str, Any]:
    """The content of a record, with the number of the schema it follows."""
    return {"schema": SCHEMA, **content}


def read_versioned(entry: Entry) -> dict[str, Any]:
    """The content of a record of a kind that this version knows. LedgerError if a newer one wrote it."""
    schema = entry.data.get("schema", SCHEMA)
    if type(schema) is not int or not 1 <= schema <= SCHEMA:
        raise LedgerError(
            f"a record of kind '{entry.kind}' follows a schema that this version does not know",
            where=f"entry {entry.seq}",
            fix="read this file with the version of Vidocq that wrote it, or a newer one; nothing was changed",
            fr=f"une inscription de nature « {entry.kind} » suit un schéma (schema) que cette version ne connaît pas",
            fix_fr="lisez ce dossier avec la version de Vidocq qui l'a écrit, ou une plus récente ; rien n'a été modifié",
        )
    return entry.data


def require_known_records(ledger: Ledger) -> None:
    """LedgerError if the file holds a record of a newer version, before any work that would add to it."""
    with ledger.reading() as transaction:
        _require_known(transaction)


def write_records(ledger: Ledger, work: Callable[[Transaction], Answer]) -> Answer:
    """Does `work` in one transaction. LedgerError if the file holds a record of a newer version: it is not added to."""

    def checked(transaction: Transaction) -> Answer:
        _require_known(transaction)
        return work(transaction)

    return ledger.write(checked)


def _require_known(transaction: Transaction) -> None:
    for entry in transaction.each():
        if type(entry.data.get("schema")) is int:
            read_versioned(entry)


def malformed(entry: Entry) -> LedgerError:
    """The error for a record that is whole but is not what its kind should hold."""
    return LedgerError(
        f"a record of kind '{entry.kind}' does not hold what this version expects of it",
        where=f"entry {entry.seq}",
        fix="read this file with the version of Vidocq that wrote it, or a newer one; nothing was changed",
        fr=f"une inscription de nature « {entry.kind} » ne contient pas ce que cette version en attend",
        fix_fr="lisez ce dossier avec la version de Vidocq qui l'a écrit, ou une plus récente ; rien n'a été modifié",
    )


def word(value: str, where: str) -> str:
    """A short text that must be there, such as a role."""
    return text(value, where, longest=LONGEST_WORD)


def text(value: str, where: str, *, longest: int = LONGEST_TEXT) -> str:
    """A text that must be there, is not too long and holds no e-mail address, telephone number or the like.

    Raises ConfigurationError, which never quotes it.
    """
    kept = value.strip()
    if not kept:
        raise ConfigurationError(
            "a text is needed here",
            where=where,
            fix="say it in a few words",
            fr="un texte est nécessaire ici",
            fix_fr="dites-le en quelques mots",
        )
    if len(kept) > longest:
        raise ConfigurationError(
            f"a text is longer than {longest} characters",
            where=where,
            fix="sum it up, and say where the whole can be read",
            fr=f"un texte dépasse {longest} caractères",
            fix_fr="résumez-le, et dites où lire l'ensemble",
        )
    found = Finder.of(_REFUSED).find(kept)
    if found:
        raise ConfigurationError(
            f"a text that cannot be erased later holds what looks like personal data ({found[0].category})",
            where=where,
            fix="write roles here; a name goes with --name, which is kept aside and can be erased",
            fr=f"un texte qu'on ne pourra pas effacer contient ce qui ressemble à une donnée personnelle ({found[0].category})",
            fix_fr="écrivez des rôles ici ; un nom se donne avec --name, qui est gardé à part et peut être effacé",
        )
    return kept
