"""Whether a data set, and what a model learned from, is about persons."""

from vidocq.core.text import Text
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.dataset import DataSet
from vidocq.dossier.facts.model import Model
from vidocq.dossier.reading import Reading, both, either

CLAIMED = Text(
    fr="Un jeu dit anonyme ou synthétique est à démontrer tel : son anonymat l'a-t-il été ?",
    en="A set said to be anonymous or synthetic has to be shown to be: was its anonymity?",
)
THIRD_PARTY = Text(
    fr="Le modèle vient d'un tiers : sur quoi celui-ci l'a-t-il entraîné ?",
    en="The model comes from a third party: what did they train it on?",
)


def holds_persons(dataset: DataSet, read: Reading) -> bool | None:
    """True if the set holds personal data and its anonymity was not shown. One person's data is enough."""
    at = f"datasets.{dataset.id}"
    held = read.of(dataset, "personal_data", at=at)
    if held is False:
        is_claim = bool(dataset.claimed_anonymous or dataset.is_synthetic)
        if is_claim and not dataset.anonymity_shown:
            read.lacks(f"{at}.anonymity_shown", CLAIMED)
            return None
        return False
    return both([held, not (read.of(dataset, "anonymity_shown", at=at) or False)])


def any_set_holds_persons(facts: Facts, read: Reading) -> bool | None:
    datasets = read.of(facts, "datasets", at="")
    return None if not datasets else either(holds_persons(dataset, read) for dataset in datasets)


def trained_on_persons(model: Model, facts: Facts, read: Reading) -> bool | None:
    """True if a training set of the model, or of the models it derives from, holds personal data.

    A base model that is not in this file, a set that is not, or a circle of models leaves the answer unknown, unless
    another one says yes.
    """
    return either(_learned(model, facts, read, seen=frozenset()))


def _learned(model: Model, facts: Facts, read: Reading, *, seen: frozenset[str]) -> list[bool | None]:
    at = f"models.{model.id}"
    if model.id in seen:
        return [None]
    names = read.of(model, "trained_on", at=at)
    found: list[bool | None] = [None] if not names else [_set(name, facts, read) for name in names]
    derived = read.of(model, "is_derived", at=at)
    base = read.of(model, "base_model", at=at) if derived is not False or model.base_model else None
    if base is not None:
        known = next((other for other in facts.models or () if other.id == base), None)
        found += [None] if known is None else _learned(known, facts, read, seen=seen | {model.id})
    elif derived is not False or model.is_third_party:
        read.lacks(f"{at}.base_model", THIRD_PARTY)
        found.append(None)
    return found


def _set(name: str, facts: Facts, read: Reading) -> bool | None:
    for dataset in facts.datasets or ():
        if dataset.id == name:
            return holds_persons(dataset, read)
    read.lacks(
        f"datasets.{name}",
        Text(fr="Ce jeu n'est pas décrit dans le dossier.", en="This set is not described in the file."),
    )
    return None
