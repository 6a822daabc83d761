"""What is kept aside of the chain: personal data, promised by a salted hash."""

from collections.abc import Mapping
from typing import Any

from vidocq.core.canonical import canonical_bytes, sha256
from vidocq.core.errors import LedgerError
from vidocq.dossier.entries import Entry

KEPT = "aside.kept"
ERASED = "aside.erased"


def encode_personal(personal: Mapping[str, Any]) -> bytes:
    """Canonical bytes of personal data. Raises LedgerError, which quotes none of it, if it is not plain content."""
    try:
        return canonical_bytes(dict(personal))
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise LedgerError(
            f"what is to be kept aside is not plain content: {type(error).__name__}",
            where="dossier.ledger",
            fix="keep to text, finite numbers, booleans, None, lists, and mappings with text keys",
            fr="ce qui est à garder à part n'est pas un contenu simple",
            fix_fr="tenez-vous-en à du texte, des nombres finis, des booléens, None, des listes et des tables à clés de texte",
        ) from None


def commitment(salt: str, body: bytes) -> str:
    return sha256(salt.encode() + bytes(body))


def keeps_promise(row: Any, entry: Entry) -> bool:
    is_plain = isinstance(row.salt, str) and isinstance(row.body, bytes | memoryview)
    return is_plain and commitment(row.salt, row.body) == entry.data.get("commitment")


def nothing_aside() -> LedgerError:
    return LedgerError(
        "nothing is kept aside under this id",
        where="dossier.ledger",
        fix="take the id from an entry of this very ledger; it may be erased already",
        fr="rien n'est gardé à part sous cet identifiant",
        fix_fr="prenez l'identifiant d'une inscription de ce journal même ; c'est peut-être déjà effacé",
    )
