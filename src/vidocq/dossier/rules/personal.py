"""Whether a data set, and what a model learned from, is about persons."""

from vidocq.core.text import Text
from vidocq.dossier.evidence import Evidence
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.dataset import DataSet
from vidocq.dossier.facts.model import Model
from vidocq.dossier.reading import Reading, both, either
from vidocq.dossier.rules.found import is_found

CLAIMED = Text(
    fr="Un jeu dit anonyme ou synthétique est à démontrer tel : l'anonymat du jeu « {set} » l'a-t-il été ?",
    en="A set said to be anonymous or synthetic has to be shown to be: was the anonymity of the set “{set}”?",
)
THIRD_PARTY = Text(
    fr="Le modèle « {model} » vient d'un tiers : sur quoi celui-ci l'a-t-il entraîné ?",
    en="The model “{model}” comes from a third party: what did they train it on?",
)
NOT_DESCRIBED = Text(
    fr="Le jeu « {set} » n'est pas décrit dans le dossier.", en="The set “{set}” is not described in the file."
)
_CLAIMS = ("claimed_anonymous", "is_synthetic")


def holds_persons(dataset: DataSet, read: Reading, evidence: Evidence) -> bool | None:
    """True if the set holds personal data and its anonymity was not shown. One person's data is enough.

    What a scan found prevails over what is stated.
    """
    at = f"datasets.{dataset.id}"
    held = read.of(dataset, "personal_data", at=at)
    if is_found(dataset, "personal_data", evidence, read):
        return True
    if held is False:
        claims = [read.against(dataset, name, at=at) for name in _CLAIMS]
        if any(claims) and not read.of(dataset, "anonymity_shown", at=at):
            read.lacks(f"{at}.anonymity_shown", CLAIMED.fill(set=dataset.id))
            return None
        return False
    return both([held, not (read.of(dataset, "anonymity_shown", at=at) or False)])


def any_set_holds_persons(facts: Facts, read: Reading, evidence: Evidence) -> bool | None:
    datasets = read.of(facts, "datasets", at="")
    return None if not datasets else either(holds_persons(dataset, read, evidence) for dataset in datasets)


def trained_on_persons(model: Model, facts: Facts, read: Reading, evidence: Evidence) -> bool | None:
    """True if a training set of the model, or of the models it derives from, holds personal data.

    A base model that is not in this file, a set that is not, or a circle of models leaves the answer unknown, unless
    another one says yes.
    """
    return either(_learned(model, facts, read, evidence, seen=frozenset()))


def _learned(
    model: Model, facts: Facts, read: Reading, evidence: Evidence, *, seen: frozenset[str]
) -> list[bool | None]:
    at = f"models.{model.id}"
    if model.id in seen:
        return [None]
    names = read.of(model, "trained_on", at=at)
    found: list[bool | None] = [None] if not names else [_set(name, facts, read, evidence) for name in names]
    derived = read.of(model, "is_derived", at=at)
    said = read.against if derived is False else read.of  # a base, for a model said to derive from none
    base = said(model, "base_model", at=at)
    if base is not None:
        known = next((other for other in facts.models or () if other.id == base), None)
        found += [None] if known is None else _learned(known, facts, read, evidence, seen=seen | {model.id})
    elif read.against(model, "is_third_party", at=at) or derived is not False:
        read.lacks(f"{at}.base_model", THIRD_PARTY.fill(model=model.id))
        found.append(None)
    return found


def _set(name: str, facts: Facts, read: Reading, evidence: Evidence) -> bool | None:
    for dataset in facts.datasets or ():
        if dataset.id == name:
            return holds_persons(dataset, read, evidence)
    read.lacks(f"datasets.{name}", NOT_DESCRIBED.fill(set=name))
    return None
