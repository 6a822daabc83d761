"""From signals to evidence: every attack read, every control run, the gate and the panel. Arrays only, no model."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from vidocq.attacks.blind import Blind
from vidocq.attacks.catalogue import ATTACKS
from vidocq.attacks.structure import Inspection, Structure
from vidocq.audit import controls
from vidocq.audit.controls import PositiveControl
from vidocq.audit.cost import cost_curve
from vidocq.audit.persons import panel
from vidocq.audit.persons.exposure import Exposure, exposure
from vidocq.audit.persons.group import Group
from vidocq.audit.persons.panel import Panel
from vidocq.audit.reading import OWN_POINT, Reading, count, read
from vidocq.audit.references.recipe_gate import RecipeGate, recipe_gate
from vidocq.audit.rule.evidence import BlindTally, DirectTest, Evidence, Tally
from vidocq.audit.rule.verdict import Ruling, rule
from vidocq.audit.sampling.design import Design
from vidocq.audit.sampling.population import Population
from vidocq.audit.suite import Suite
from vidocq.core.access import Access
from vidocq.core.arrays import FloatArray
from vidocq.core.cards import AttackCard
from vidocq.core.errors import ConfigurationError, SampleTooSmall, SignalError
from vidocq.core.findings import Finding
from vidocq.core.measured import Measured
from vidocq.core.protocols import MembershipAttack
from vidocq.core.seeds import Seeds
from vidocq.core.signals import Signals
from vidocq.core.status import NotMeasured
from vidocq.core.text import Text
from vidocq.measure.auc import auc, cross_validated_auc
from vidocq.measure.looks import error_of_look
from vidocq.measure.power import detectable_risk
from vidocq.measure.roc import accuse, threshold_at

LARGEST_PLANT = 0.5
Scope = Literal["model", "system"]


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What was registered, as far as scoring needs it.

    tau_average, tau_worst  0 where no named human set them before the first query.
    panel_size              persons of the panel.
    access                  what was granted and registered.
    extras                  what was collected besides the answers; an attack that needs more is not planned.
    starved                 what the suite asks for at this access, and the budget of queries did not allow.
    direct_tests            tests of data given back that were registered, each with what it speaks of.
    scope                   what the verdict speaks of: the model, or the system that answers in its place.
    labels_only             the model itself gives no probabilities, whoever asks. What the suite requires at the
                            access stays required: whoever holds the file has more than labels to go by, such as
                            distances to a boundary, which no attack here reads.
    """

    suite: Suite
    access: Access
    alphas: tuple[float, ...]
    seed: int
    tau_average: float
    tau_worst: float
    look: int
    randomised: bool
    can_retrain: bool
    extras: frozenset[str] = frozenset()
    starved: frozenset[str] = frozenset()
    queries_per_record: int = 1
    augmentations: int = 0
    labels_only: bool = False
    direct_tests: tuple[tuple[str, Scope], ...] = ()
    scope: Scope = "model"

    @property
    def answers(self) -> Access:
        """What of the access the model answers with."""
        return self.access & ~Access.PROBABILITIES if self.labels_only else self.access

    @property
    def reads_file(self) -> bool:
        """The suite reads the model's file, and this access includes it."""
        return Structure.card.id in self.suite.attacks and Structure.card.needs in self.access

    def attacks(self) -> list[MembershipAttack]:
        """The suite's attacks that this access allows and nothing is missing for, `blind` apart."""
        kinds = [ATTACKS[a] for a in self.suite.attacks if a in ATTACKS]
        return [kind() for kind in kinds if kind.card.needs in self.answers and self._collected(kind.card)]

    @property
    def out_of_reach(self) -> list[NotMeasured]:
        """The suite's attacks that this access does not allow, or the model does not answer, each with why."""
        found = []
        for name in self.suite.attacks:
            if name == Structure.card.id and not self.reads_file:
                found.append(NotMeasured(name, _FILE_NOT_GRANTED))
            elif name in ATTACKS and ATTACKS[name].card.needs not in self.answers:
                needs = ATTACKS[name].card.needs
                refused = _TEXT_ONLY if Access.TEXT in self.access else _ACCESS
                found.append(NotMeasured(name, _LABELS_ONLY if needs in self.access else refused))
        return found

    @property
    def left_out(self) -> list[str]:
        """Attacks that the suite asks for here, and that the budget of queries did not allow."""
        return [a for a in self.not_collected if ATTACKS[a].card.extra in self.starved]

    @property
    def not_collected(self) -> list[str]:
        """The suite's attacks that this access allows, and that lack what they read besides the answers."""
        kinds = [ATTACKS[a] for a in self.suite.attacks if a in ATTACKS]
        return [kind.card.id for kind in kinds if kind.card.needs in self.answers and not self._collected(kind.card)]

    def _collected(self, card: AttackCard) -> bool:
        return card.extra is None or card.extra in self.extras

    @property
    def panel_registered(self) -> bool:
        return self.can_retrain and Access.PROBABILITIES in self.answers

    @property
    def tests(self) -> int:
        """Size of the registered Holm family."""
        of_attacks = sum(1 if a.card.discrete else len(self.alphas) for a in self.attacks())
        return of_attacks + int(self.panel_registered) + int(self.reads_file) + len(self.direct_tests)

    @property
    def required(self) -> tuple[str, ...]:
        """What has to have spoken. What could not be collected is no demand, except changed copies for lack of budget, and
        a base model that nobody gave: an attacker may well have it."""
        needed = self.suite.required_at(self.access, {kind.card.id: kind.card.needs for kind in ATTACKS})
        asked = self.starved | {"base"}
        return tuple(n for n in needed if self._collected(ATTACKS[n].card) or ATTACKS[n].card.extra in asked)


@dataclass(frozen=True, eq=False)
class Examination:
    """The ruling and all it was drawn from. `readings` are of the attacks that could be scored, in suite order."""

    evidence: Evidence
    ruling: Ruling
    readings: tuple[Reading, ...]
    positive: tuple[PositiveControl, ...]
    gate: RecipeGate | None
    panel: Panel | None
    blind_scores: FloatArray
    not_measured: tuple[NotMeasured, ...]
    findings: tuple[Finding, ...] = ()
    exposure: Exposure | None = None
    cost_curve: tuple[dict[str, Any], ...] = ()


def examine(
    signals: Signals,
    population: Population,
    design: Design | None,
    table: FloatArray | None,
    terms: Terms,
    *,
    inspection: Inspection | None = None,
    measured: Sequence[Measured] = (),
    groups: Sequence[Group] = (),
    blind: FloatArray | None = None,
) -> Examination:
    """signals on the population's records; table (n, d) the records as numbers, label included, for `blind`.

    inspection  what was read in the model's file; None if this access has none.
    measured    what the measurements that give no membership score came to.
    groups      persons whom the user wants looked at together.
    blind       (n,) log-odds of membership by the records alone, where these are no table, such as texts; then whose
                exposure is like whose is not told either.
    """
    if (table is None) == (blind is None):
        raise ConfigurationError(
            "records are either a table or were scored blindly beforehand",
            where="audit.examine",
            fix="give one of `table` and `blind`",
        )
    seeds = Seeds(terms.seed)
    signals = replace(signals, table=table)
    error = error_of_look(terms.look)
    level = error / max(terms.tests, 1)
    stand_ins = controls.stand_in_indices(signals.k)

    readings: list[Reading] = []
    tallies: list[Tally] = []
    absent = list(terms.out_of_reach)
    absent += [NotMeasured(name, _BUDGET) for name in terms.left_out]
    if inspection is not None and inspection.absent is not None:
        absent.append(NotMeasured(Structure.card.id, inspection.absent))
    for attack in terms.attacks():
        rng = seeds.generator(f"attack:{attack.card.id}")
        try:
            reading = read(attack, signals, population, stand_ins=stand_ins, rng=rng)
        except SignalError as reason:
            absent.append(NotMeasured(attack.card.id, Text(fr=reason.french or _FR_SIGNALS, en=reason.what)))
            tallies += _silent(attack, population, terms.alphas)
            continue
        readings.append(reading)
        found = reading.tallies(population.is_member, terms.alphas)
        tallies += found
        absent += [_cannot_speak(t) for t in found if not t.measured]

    positive = _positive_controls(readings, signals, population, design, terms, level=level)
    caught = {control.attack for control in positive if control.caught}
    missed = tuple(r.attack.card.id for r in readings if r.attack.card.id not in caught)
    absent = [a for a in absent if a.id not in missed]
    planted = {control.attack: control.planted for control in positive}
    absent += [_missed(attack, planted.get(attack)) for attack in missed]

    gate = recipe_gate(signals, population)
    watched = None
    if terms.panel_registered and design is not None:
        watched = panel.choose_and_count(signals, population, design, size=terms.suite.panel)
    if terms.panel_registered and watched is None:
        absent.append(NotMeasured("panel", _TOO_FEW_FOR_PANEL))
    if terms.panel_registered and watched is not None and not (gate and gate.passed):
        absent.append(NotMeasured("panel", _GATE_FAILED))

    blind_scores, beside = _blind(population, table, blind, terms, seeds)
    evidence = Evidence(
        tallies=tuple(tallies),
        panel=None if watched is None else watched.tally,
        panel_registered=terms.panel_registered,
        recipe_gate=None if gate is None else gate.passed,
        negative_alarms=controls.negative_alarms(
            readings, population, alphas=terms.alphas, tests=terms.tests, error=error
        ),
        blind=beside,
        required=terms.required,
        randomised=terms.randomised,
        look=terms.look,
        tau_average=terms.tau_average,
        tau_worst=terms.tau_worst,
        missed_controls=missed,
        kept=None if inspection is None else inspection.kept,
        kept_registered=terms.reads_file,
        direct_tests=direct_tests(terms, measured),
        scope=terms.scope,
    )
    ruling = rule(evidence)
    findings = [] if inspection is None else list(inspection.findings)
    findings += [finding for one in measured for finding in one.findings]
    absent += [reason for one in measured for reason in one.absent]
    return Examination(
        evidence,
        ruling,
        tuple(readings),
        tuple(positive),
        gate,
        watched,
        blind_scores,
        tuple(absent),
        tuple(ruled(finding, evidence, ruling) for finding in findings),
        None
        if table is None
        else exposure(signals, population, design, table, groups=groups, rng=seeds.generator("exposure")),
        tuple(cost_curve(readings, signals, population, rng=seeds.generator("cost"))),
    )


def direct_tests(terms: Terms, measured: Sequence[Measured]) -> tuple[DirectTest, ...]:
    """Each registered test with its p, or none where the measurement has nothing to say."""
    p = {f.id: f.p for one in measured for f in one.findings if f.p is not None}
    return tuple(DirectTest(attack=name, p=p.get(name), scope=scope) for name, scope in terms.direct_tests)


def ruled(finding: Finding, evidence: Evidence, ruling: Ruling) -> Finding:
    """A finding that is a test, with what the rule makes of it."""
    if finding.p is None:
        return finding
    adjusted = {test.attack: p for test, p in zip(evidence.direct_tests, ruling.direct_p_holm, strict=True)}
    if evidence.kept is not None:
        adjusted[evidence.kept.attack] = ruling.kept_p_holm
    return replace(finding, p_holm=adjusted.get(finding.id), direct=finding.id in ruling.direct)


def _positive_controls(
    readings: Sequence[Reading],
    signals: Signals,
    population: Population,
    design: Design | None,
    terms: Terms,
    *,
    level: float,
) -> list[PositiveControl]:
    """One per attack for which a leak can be planted that it should see; a twin serves all attacks of one size."""
    seeds = Seeds(terms.seed)
    twins: dict[float, controls.Twin] = {}
    found = []
    for reading in readings:
        planted = _planted(reading, population, terms, level)
        if planted is None:
            continue
        try:
            if planted not in twins:
                rng = seeds.generator("positive-control")
                twins[planted] = controls.plant(signals, population, design, planted=planted, rng=rng)
        except SignalError:
            continue  # no set of reference models can stand for a target that leaks nothing
        found.append(
            controls.positive_control(
                reading.attack,
                twins[planted],
                population,
                planted=planted,
                alphas=terms.alphas,
                level=level,
                rng=seeds.generator(f"positive-control:{reading.attack.card.id}"),
            )
        )
    return found


def _planted(reading: Reading, population: Population, terms: Terms, level: float) -> float | None:
    """Twice the tolerance, or what the test would catch nine times in ten at this size; None if nothing would do.

    An attack with an operating point of its own is given what can be caught there. Never more than half the persons,
    whatever the tolerance: a smaller plant is the stricter control.
    """
    rates: Sequence[float] = terms.alphas
    members = int((reading.counted & population.is_member).sum())
    non_members = int((reading.counted & ~population.is_member).sum())
    if reading.attack.card.discrete:
        accused = float(accuse(reading.outsiders(), threshold=OWN_POINT).mean())
        if not 0.0 < accused < 1.0:
            return None
        rates = [accused]
    try:
        detectable = min(
            detectable_risk(members, non_members, alpha=alpha, error=level, power=0.9) for alpha in rates
        )
    except SampleTooSmall:
        return None
    if detectable > LARGEST_PLANT:
        return None
    return min(max(2 * terms.tau_average, detectable), LARGEST_PLANT)


def _blind(
    population: Population, table: FloatArray | None, scores: FloatArray | None, terms: Terms, seeds: Seeds
) -> tuple[FloatArray, BlindTally]:
    """Thresholds are fixed on half the non-members and counted on the other half."""
    rng = seeds.generator("attack:blind")
    measured = auc if scores is None else cross_validated_auc
    if scores is None:
        assert table is not None  # noqa: S101 - one of the two is there
        scores = Blind().score_records(table, population.is_member_record, population.person, rng=rng)
    pooled = population.pool(scores, Blind.card.pooling)
    non_members = rng.permutation(np.flatnonzero(~population.is_member))
    calibrating = np.zeros(population.persons, dtype=bool)
    calibrating[non_members[: len(non_members) // 2]] = True
    points = [(alpha, threshold_at(pooled[calibrating], fpr=alpha), True) for alpha in terms.alphas]
    tallies = count("blind", list(points), pooled[~calibrating], population.is_member[~calibrating])
    return pooled, BlindTally(auc=measured(pooled, population.is_member), tallies=tuple(tallies))


def _silent(attack: MembershipAttack, population: Population, alphas: Sequence[float]) -> list[Tally]:
    """Registered tests of an attack that could not be scored: they stay in the Holm family."""
    return [
        Tally(
            attack=attack.card.id,
            alpha=alpha,
            true_positives=0,
            members=population.members,
            false_positives=0,
            non_members=population.non_members,
            threshold=np.inf,
            measured=False,
        )
        for alpha in ([None] if attack.card.discrete else alphas)
    ]


def _cannot_speak(tally: Tally) -> NotMeasured:
    at = "" if tally.alpha is None else f"{100 * tally.alpha:g}"
    return NotMeasured(
        tally.attack,
        Text(
            fr=f"À {at} % de faux positifs, le seuil n'accuse presque personne : trop de scores égaux, ou trop peu de personnes pour le fixer."
            if at
            else "L'attaque n'accuse personne.",
            en=f"At a false positive rate of {at} %, the threshold accuses almost nobody: scores are tied, or persons too few to fix it."
            if at
            else "The attack accuses nobody.",
        ),
    )


def _missed(attack: str, planted: float | None) -> NotMeasured:
    if planted is None:
        return NotMeasured(attack, _NO_PLANT)
    share = f"{100 * planted:.1f}"
    return NotMeasured(
        attack,
        Text(
            fr=f"N'a pas vu la fuite de {share.replace('.', ',')} % introduite à dessein : son silence ne dirait rien.",
            en=f"Missed the leak of {share} % planted on purpose: its silence would say nothing.",
        ),
    )


_ACCESS = Text(
    fr="Cette attaque a besoin de probabilités ; seuls les labels sont servis.",
    en="This attack needs probabilities; only labels are served.",
)
_TEXT_ONLY = Text(
    fr="Cette attaque a besoin de la log-probabilité de chaque token ; seul du texte est servi.",
    en="This attack needs the log-probability of each token; only text is served.",
)
_BUDGET = Text(
    fr="Le budget de requêtes ne permet pas d'interroger le modèle sur des enregistrements modifiés.",
    en="The budget of queries does not allow asking the model about changed records.",
)
_LABELS_ONLY = Text(
    fr="Cette attaque a besoin de probabilités ; ce modèle ne donne que des labels.",
    en="This attack needs probabilities; this model gives labels only.",
)
_FILE_NOT_GRANTED = Text(
    fr="Le fichier du modèle n'est lu que si l'accès accordé le comprend.",
    en="The model's file is read only where the access granted includes it.",
)
NOT_COLLECTED = {
    "base": Text(
        fr="Le modèle de départ, celui qui a été ajusté, n'est pas disponible.",
        en="The base model, the one that was fine-tuned, is not at hand.",
    ),
    "trace": Text(
        fr="Les pertes n'ont pas été relevées pendant l'entraînement.",
        en="Losses were not logged during training.",
    ),
    "robustness": Text(
        fr="Le modèle n'a pas été interrogé sur des enregistrements modifiés.",
        en="The model was not asked about changed records.",
    ),
}
_FR_SIGNALS = "Trop peu de modèles de référence pour que l'attaque se prononce sur chaque enregistrement."
_NO_PLANT = Text(
    fr="Trop peu de personnes ou de modèles de référence : aucune fuite introduite à dessein n'aurait été visible.",
    en="Too few persons or reference models: no leak planted on purpose could have been seen.",
)
_TOO_FEW_FOR_PANEL = Text(
    fr="Trop peu de personnes ou de modèles de référence pour suivre les personnes les plus exposées.",
    en="Too few persons or reference models to follow the most exposed persons.",
)
_GATE_FAILED = Text(
    fr="Les modèles de référence ne se comportent pas comme le modèle audité ; le groupe des plus exposés ne le concerne pas.",
    en="The reference models do not behave like the audited model; the panel does not speak of it.",
)
