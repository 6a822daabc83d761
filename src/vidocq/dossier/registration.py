"""What is asked is registered before the first query to the target, and every look at the same persons is counted."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from vidocq.core.canonical import content_hash
from vidocq.core.errors import ConfigurationError, LedgerError
from vidocq.core.status import AuditVerdict
from vidocq.dossier.entries import Entry
from vidocq.dossier.file.records import write_records
from vidocq.dossier.ledger import Ledger, Transaction

REGISTERED = "audit.registered"
RESULT = "audit.result"


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """SHA-256 of what the audit reads, in hexadecimal; None for what there is not.

    members, non_members  both or none: whoever deploys a model may not have what trained it.
    material  what a language model is asked about besides: persons, documents, canaries, texts to compare with.
    guard     the policy of the filters around the model, where the system is audited.
    """

    members: str | None
    non_members: str | None
    model: str
    recipe: str | None = None
    trace: str | None = None
    material: str | None = None
    guard: str | None = None

    def __post_init__(self) -> None:
        for name, value in self.content().items():
            if value is not None and not _is_hash(value):
                raise _inconsistent(f"the hash of '{name}' is not a SHA-256", fix="hash the file's bytes")
        if (self.members is None) != (self.non_members is None):
            raise _inconsistent("members and non-members go together", fix="give both, or neither")
        if self.members is None and self.material is None:
            raise _inconsistent("nothing is looked at", fix="give members, or what else the model is asked about")

    def content(self) -> dict[str, str | None]:
        return {
            "members": self.members,
            "non_members": self.non_members,
            "model": self.model,
            "recipe": self.recipe,
            **({} if self.trace is None else {"trace": self.trace}),
            **({} if self.material is None else {"material": self.material}),
            **({} if self.guard is None else {"guard": self.guard}),
        }


@dataclass(frozen=True, kw_only=True)
class Registration:
    """What VERDICT, line 2, has registered.

    access             the level the target is queried at.
    alphas             false positive rates; their order does not matter, nor that of the attacks.
    references         number of reference models.
    tolerance_average  excess risk tolerated on average, in [0, 1]; None means 0, and so for the worst.
    prior              share of members among those an adversary would try, for the precision printed beside the verdict.
    decimals, top_k    to which answers are rounded, and how many classes are served. For the count of looks both are
                       the level `probabilities`: serving less starts no new count.
    queries_per_record how often the target is asked about each record, changed copies included; label_search is how
                       these are changed, augmentations how many of the queries show a turned or moved image.
    set_by             the human who set the tolerances; needed if there is one.
    split              "randomised" or "given".
    declared_by        the human who says that the split is randomised, if one does.
    language           of a language model, how it is made to write, the tests of data given back and their budgets.
    """

    suite: str
    suite_version: str
    access: str
    alphas: tuple[float, ...]
    references: int
    seed: int
    tolerance_average: float | None = None
    tolerance_worst: float | None = None
    set_by: str | None = None
    prior: float | None = None
    decimals: int | None = None
    top_k: int | None = None
    split: Literal["randomised", "given"]
    declared_by: str | None = None
    inputs: Inputs
    attacks: tuple[str, ...]
    queries_per_record: int = 1
    label_search: str = "noise"
    augmentations: int = 0
    language: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        tolerances = [t for t in (self.tolerance_average, self.tolerance_worst) if t is not None]
        if tolerances and not (self.set_by or "").strip():
            raise _inconsistent(
                "a tolerance without a name", fix="say in set_by which human set it, and in what role"
            )
        if not all(0 <= tolerance <= 1 for tolerance in tolerances):
            raise _inconsistent("a tolerance is not a share", fix="give a number from 0 to 1, such as 0.03")
        if not self.alphas or not all(0 < alpha < 1 for alpha in self.alphas):
            raise _inconsistent("a rate alpha is not between 0 and 1", fix="give rates such as 0.01 and 0.1")
        if self.split not in {"randomised", "given"}:
            raise _inconsistent("the split is neither randomised nor given", fix="write one of the two words")
        if self.references < 0 or not self.attacks:
            raise _inconsistent("there is nothing to run", fix="name at least one attack, and references >= 0")
        if not 0 <= self.seed < 2**53:
            raise _inconsistent("the seed cannot be written exactly", fix="give an integer from 0 to 2**53 - 1")

    def content(self) -> dict[str, Any]:
        """What is hashed: all that makes it this audit and no other, without ids, times or names of humans."""
        return {
            "suite": self.suite,
            "suite_version": self.suite_version,
            "access": self.access,
            "alphas": sorted(set(self.alphas)),
            "references": self.references,
            "seed": self.seed,
            "tolerance_average": self.tolerance_average,
            "tolerance_worst": self.tolerance_worst,
            "prior": self.prior,
            "decimals": self.decimals,
            **({} if self.top_k is None else {"top_k": self.top_k}),
            "split": self.split,
            "split_is_declared": self.declared_by is not None,
            "inputs": self.inputs.content(),
            "attacks": sorted(set(self.attacks)),
            "queries_per_record": self.queries_per_record,
            **({} if self.label_search == "noise" else {"label_search": self.label_search}),
            **({"augmentations": self.augmentations} if self.augmentations else {}),
            **({} if self.language is None else {"language": dict(self.language)}),
        }

    def names(self) -> dict[str, str]:
        """The humans who answer for it: personal data, kept aside from the chain and erasable."""
        given = {"set_by": self.set_by, "declared_by": self.declared_by}
        return {role: name for role, name in given.items() if name is not None}

    @property
    def hash(self) -> str:
        """SHA-256 of the content. It stays the same when a human's name is corrected or erased."""
        return content_hash(self.content())


@dataclass(frozen=True)
class Registered:
    """The answer to a registration.

    hash       of its content.
    look       1 for the first registration on these members at this access, 2 for the second…
    is_replay  an identical one was there before: it keeps its look and spends nothing.
    at         when it was first registered.
    """

    hash: str
    look: int
    is_replay: bool
    at: str


@dataclass(frozen=True)
class Look:
    """One of the looks at a members file: its number, what was registered, when, and by which suite."""

    look: int
    hash: str
    at: str
    suite: str
    suite_version: str


def register(ledger: Ledger, registration: Registration) -> Registered:
    """Records what will be asked, before it is asked, and counts the look.

    Looks are counted per members file and access level, whatever the model; without members, per what else is asked about. A replay adds nothing to the chain,
    unless other humans answer for it.
    """

    def work(transaction: Transaction) -> Registered:
        known = _looks(transaction.entries(REGISTERED), looked_at(registration.inputs.content()), registration.access)
        earlier = next((look for look in known if look.hash == registration.hash), None)
        number = len(known) + 1 if earlier is None else earlier.look
        if earlier is not None and _answered_for(transaction, registration):
            return Registered(earlier.hash, number, is_replay=True, at=earlier.at)
        names = registration.names()
        entry = transaction.append(
            REGISTERED,
            {
                "registration": registration.content(),
                "hash": registration.hash,
                "look": number,
                "names": transaction.keep_aside(names) if names else None,
            },
        )
        at = entry.at if earlier is None else earlier.at
        return Registered(registration.hash, number, is_replay=earlier is not None, at=at)

    return write_records(ledger, work)


def looks(ledger: Ledger, members_hash: str, access: str) -> list[Look]:
    """Every look at these members at this access level, in order."""
    return _looks(ledger.entries(REGISTERED), members_hash, access)


def find_registered(ledger: Ledger, registration_hash: str) -> Registered | None:
    """The registration with this hash as a replay would get it, or None if it was never made."""
    entries = ledger.entries(REGISTERED)
    for entry in entries:
        if entry.data.get("hash") == registration_hash:
            content = _registered_content(entry)
            for look in _looks(entries, looked_at(content["inputs"]), content["access"]):
                if look.hash == registration_hash:
                    return Registered(look.hash, look.look, is_replay=True, at=look.at)
    return None


def record_result(ledger: Ledger, registration_hash: str, audit_json_sha256: str, verdict: AuditVerdict) -> Entry:
    """Ties the bytes of an audit.json to what was registered. Raises LedgerError if nothing was, beforehand."""
    if not _is_hash(audit_json_sha256):
        raise _inconsistent("the hash of the result is not a SHA-256", fix="hash the bytes of audit.json")

    def work(transaction: Transaction) -> Entry:
        if not any(entry.data.get("hash") == registration_hash for entry in transaction.entries(REGISTERED)):
            raise LedgerError(
                "a result came without a registration",
                where="dossier.registration",
                fix="register the audit before its first query to the target",
                fr="un résultat est arrivé sans inscription préalable",
                fix_fr="inscrivez l'audit avant sa première requête au modèle cible",
            )
        return transaction.append(
            RESULT,
            {
                "registration": registration_hash,
                "audit_json": audit_json_sha256,
                "verdict": AuditVerdict(verdict).value,
            },
        )

    return write_records(ledger, work)


def looked_at(inputs: Mapping[str, Any]) -> str | None:
    """The hash by which looks are counted, among those that were registered: of the members, or where nobody knows them of the
    model, for whoever asks it about other persons looks at it once more.
    """
    found = inputs.get("members") or inputs.get("model")
    return None if found is None else str(found)


def _looks(entries: list[Entry], hashed: str | None, access: str) -> list[Look]:
    found: dict[str, Look] = {}
    for entry in entries:
        content = _registered_content(entry)
        if looked_at(content["inputs"]) == hashed and content["access"] == access:
            name = content_hash(content)
            if name not in found:
                found[name] = Look(len(found) + 1, name, entry.at, content["suite"], content["suite_version"])
    return list(found.values())


def _registered_content(entry: Entry) -> Mapping[str, Any]:
    """What an entry registered. Raises LedgerError if something else wrote it, for its look could not be counted."""
    content = entry.data.get("registration")
    needed = {"suite", "suite_version", "access", "inputs"}
    if (
        not isinstance(content, dict)
        or not needed <= set(content)
        or not isinstance(content["inputs"], dict)
        or content_hash(content) != entry.data.get("hash")
    ):
        raise LedgerError(
            "an entry that says it is a registration is none",
            where=f"entry {entry.seq}",
            fix="find what wrote it; looks cannot be counted as long as it stands in this ledger",
            fr="une inscription qui se dit enregistrement d'audit n'en est pas un",
            fix_fr="trouvez ce qui l'a écrite ; les examens ne peuvent être comptés tant qu'elle est dans ce journal",
        )
    return content


def _answered_for(transaction: Transaction, registration: Registration) -> bool:
    """True if the same humans already answer for this registration."""
    for entry in transaction.entries(REGISTERED):
        if entry.data.get("hash") == registration.hash:
            kept = entry.data.get("names")
            if (transaction.aside(kept) if kept else {}) == registration.names():
                return True
    return False


def _is_hash(value: str) -> bool:
    return re.fullmatch(r"[0-9a-f]{64}", value) is not None


def _inconsistent(what: str, *, fix: str) -> ConfigurationError:
    return ConfigurationError(what, where="dossier.registration", fix=fix)
