"""A stated scale of risk for persons, and the heavier measures that each level proposes.

The scale is ours: no authority publishes one. It adds nothing up that a reader cannot add up too: each fact that counts is
printed with what it counts for, and a fact that nobody stated counts for nothing but is printed as missing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final

from vidocq.core.text import Text
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.dataset import DataSet
from vidocq.dossier.facts.model import Model
from vidocq.dossier.reading import Reading

MANY_PERSONS: Final = 100_000
"""From how many persons a set counts as large here; no authority publishes a figure."""


class RiskLevel(IntEnum):
    """Read by how many of the facts below count."""

    LOW = 1
    RAISED = 2
    HIGH = 3
    VERY_HIGH = 4

    @property
    def words(self) -> Text:
        return WORDS[self]


WORDS: Final = {
    RiskLevel.LOW: Text(fr="faible : aucun fait ne l'élève", en="low: no fact raises it"),
    RiskLevel.RAISED: Text(fr="accru : un ou deux faits l'élèvent", en="raised: one or two facts raise it"),
    RiskLevel.HIGH: Text(fr="élevé : trois ou quatre faits l'élèvent", en="high: three or four facts raise it"),
    RiskLevel.VERY_HIGH: Text(
        fr="très élevé : cinq faits ou plus, ou données sensibles dans un modèle aux poids ouverts",
        en="very high: five facts or more, or sensitive data in a model with open weights",
    ),
}
_FROM: Final = ((5, RiskLevel.VERY_HIGH), (3, RiskLevel.HIGH), (1, RiskLevel.RAISED), (0, RiskLevel.LOW))
"""Smallest number of facts for each level."""
COUNTS: Final = {
    "sensitive": Text(fr="données sensibles ou d'infraction", en="sensitive or offence data"),
    "vulnerable": Text(fr="mineurs ou personnes vulnérables", en="minors or vulnerable persons"),
    "many": Text(
        fr=f"au moins {MANY_PERSONS} personnes, ou grande échelle déclarée".replace("100000", "100 000"),
        en=f"at least {MANY_PERSONS:,} persons, or large scale stated",
    ),
    "unexpected": Text(
        fr="données moissonnées ou conversations d'utilisateurs", en="scraped data or conversations of users"
    ),
    "stakes": Text(
        fr="résultats qui pèsent lourd, décision automatisée ou système à haut risque",
        en="results that weigh heavily, automated decision or high-risk system",
    ),
    "generative": Text(fr="modèle génératif ou à usage général", en="generative or general-purpose model"),
    "reach": Text(fr="accès ouvert à des tiers, ou poids ouverts", en="third parties have access, or open weights"),
    "vulnerability": Text(fr="vulnérabilité connue", en="a known vulnerability"),
}
"""What counts, one each."""


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A heavier measure.   level  from which it is proposed.   command  that carries it out, "" where a person does."""

    id: str
    level: RiskLevel
    title: Text
    command: str = ""


MEASURES: Final = (
    Measure(
        id="suite-quick",
        level=RiskLevel.LOW,
        title=Text(fr="Audit du modèle, suite « quick »", en="Audit of the model, suite “quick”"),
        command="vidocq audit CONFIG.toml",
    ),
    Measure(
        id="suite-standard",
        level=RiskLevel.RAISED,
        title=Text(fr="Audit du modèle, suite « standard »", en="Audit of the model, suite “standard”"),
        command="vidocq audit CONFIG.toml",
    ),
    Measure(
        id="dpia",
        level=RiskLevel.HIGH,
        title=Text(
            fr="AIPD, même si la règle ne l'impose pas ; à défaut, gardez-en les motifs",
            en="A DPIA, even where the rule does not require it; else keep the reasons",
        ),
    ),
    Measure(
        id="suite-thorough",
        level=RiskLevel.HIGH,
        title=Text(fr="Audit du modèle, suite « thorough »", en="Audit of the model, suite “thorough”"),
        command="vidocq audit CONFIG.toml",
    ),
    Measure(
        id="ethics",
        level=RiskLevel.HIGH,
        title=Text(fr="Avis d'un référent ou comité éthique", en="Opinion of an ethics referent or committee"),
        command="vidocq dossier opinion ethics STANCE --reason TEXT --role ROLE",
    ),
    Measure(
        id="third-party",
        level=RiskLevel.VERY_HIGH,
        title=Text(fr="Test mené par un tiers indépendant", en="Test led by an independent third party"),
    ),
)
"""From the lightest to the heaviest; a level proposes its own and those of the levels below, one suite of attacks at most."""


@dataclass(frozen=True, kw_only=True)
class Risk:
    """counts  ids of COUNTS that hold.   used, missing  as of a decision: what is missing may only raise the level."""

    level: RiskLevel
    counts: tuple[str, ...]
    used: Mapping[str, Any]
    missing: Mapping[str, Text]
    measures: tuple[Measure, ...]

    @property
    def is_least(self) -> bool:
        """Whether the level may turn out higher, since facts are missing."""
        return bool(self.missing) and self.level is not RiskLevel.VERY_HIGH


def risk(facts: Facts) -> Risk:
    """The level, from what is stated alone. Never raises on facts."""
    read = Reading()
    counts = tuple(name for name, holds in _looked(facts, read) if holds)
    level = next(level for least, level in _FROM if len(counts) >= least)
    if "sensitive" in counts and any(model.open_weights for model in facts.models or ()):
        level = RiskLevel.VERY_HIGH
    return Risk(level=level, counts=counts, used=read.used, missing=read.missing, measures=_proposed(level))


def _proposed(level: RiskLevel) -> tuple[Measure, ...]:
    own = [measure for measure in MEASURES if measure.level <= level]
    suites = [measure for measure in own if measure.id.startswith("suite-")]
    return tuple(measure for measure in own if measure not in suites[:-1])


def _looked(facts: Facts, read: Reading) -> Iterator[tuple[str, bool]]:
    sets = [one for one in read.of(facts, "datasets", at="") or () if one.personal_data is not False]
    models = list(read.of(facts, "models", at="") or ())
    yield "sensitive", _any_set(sets, read, "special_categories", "offences")
    yield "vulnerable", _any_set(sets, read, "minors", "vulnerable")
    persons = [read.of(one, "persons", at=f"datasets.{one.id}") for one in sets]
    large = read.of(facts.impact, "large_scale", at="impact")
    yield "many", any(count is not None and count >= MANY_PERSONS for count in persons) or large is True
    origins = [read.of(one, "origins", at=f"datasets.{one.id}") or () for one in sets]
    yield "unexpected", any({"scraping", "user_conversations"} & set(each) for each in origins)
    stakes = read.of(facts.system, "has_high_stakes", at="system")
    decides = read.of(facts.impact, "automated_decision", at="impact")
    ai_class = read.of(facts.system, "ai_act_class", at="system")
    yield "stakes", stakes is True or decides is True or ai_class == "high_risk"
    makes = read.of(facts.system, "is_generative", at="system")
    general = read.of(facts.system, "is_general_purpose", at="system")
    yield "generative", _any_model(models, read, "is_generative") or makes is True or general is True
    yield "reach", _any_model(models, read, "exposed_to_third_parties", "open_weights")
    known = [read.of(one.vulnerability, "is_known", at=f"models.{one.id}.vulnerability") for one in models]
    yield "vulnerability", True in known


def _any_set(sets: list[DataSet], read: Reading, *names: str) -> bool:
    return True in [read.of(one, name, at=f"datasets.{one.id}") for one in sets for name in names]


def _any_model(models: list[Model], read: Reading, *names: str) -> bool:
    return True in [read.of(one, name, at=f"models.{one.id}") for one in models for name in names]
