"""The verdict rule: what makes an audit say leak shown, no leak above the bound, or inconclusive.

A pure function over counts. Nothing else in Vidocq decides. The numbers in the comments are the lines of the
rule, printed in docs/verdict.md.
"""

from dataclasses import dataclass, replace

import numpy as np

from vidocq.audit.rule import reasons
from vidocq.audit.rule.evidence import BlindTally, DirectTest, Evidence, PanelTally, Tally
from vidocq.audit.rule.reasons import Reason
from vidocq.core.arrays import FloatArray
from vidocq.core.status import AuditVerdict
from vidocq.measure.looks import error_of_look
from vidocq.measure.risk import panel_risk, risk_bounds
from vidocq.measure.significance import fisher_greater, holm, stratified_greater

NEGATIVE_ALARMS_ALLOWED = 5
BLIND_AUC_CEILING = 0.55


@dataclass(frozen=True)
class SystemRuling:
    """What the tests of the system alone come to, where the verdict speaks of the model: a leak shown, or nothing."""

    verdict: AuditVerdict
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, eq=False)
class Ruling:
    """The verdict with everything it rests on.

    p, p_holm, low, high  one per tally of the evidence, in order; low and high bound TPR - FPR.
    b_average             largest upper bound over measured tests; None if nothing was measured.
    b_worst               largest upper bound over the panel; None if not measured (or the recipe gate failed).
    panel_high            (persons,) upper bound of each person of the panel; None without a panel.
    kept_p, kept_p_holm   of rows found in the model's file; None where they were not looked for.
    direct_p_holm         one per direct test of the evidence, in order; None where it was not measured.
    direct                attacks whose evidence settles the verdict, or that of the system.
    system                None if no test speaks of the system apart from the model.
    error                 what this look may spend.
    """

    verdict: AuditVerdict
    reasons: tuple[Reason, ...]
    b_average: float | None
    b_worst: float | None
    p: FloatArray
    p_holm: FloatArray
    low: FloatArray
    high: FloatArray
    panel_p: float | None
    panel_p_holm: float | None
    panel_high: FloatArray | None
    kept_p: float | None
    kept_p_holm: float | None
    direct_p_holm: tuple[float | None, ...]
    direct: tuple[str, ...]
    system: SystemRuling | None
    error: float


@dataclass(frozen=True, eq=False)
class _Family:
    """p after Holm: of the attacks' tests, of rows in the file, of direct tests, of the panel; None if not measured."""

    attacks: FloatArray
    kept: float | None
    direct: tuple[float | None, ...]
    panel: float | None

    def given_back(self, evidence: Evidence, error: float) -> list[DirectTest]:
        """The direct tests that pass."""
        held = zip(evidence.direct_tests, self.direct, strict=True)
        return [test for test, p in held if p is not None and p <= error]


def rule(evidence: Evidence) -> Ruling:
    """Applies lines 3 to 13 of the verdict rule."""
    error = error_of_look(evidence.look)
    tallies = [_silenced(t, evidence.missed_controls) for t in evidence.tallies]
    low, high, p = _bounds(tallies, error)

    # 9. Behind a failed recipe gate the panel speaks of another recipe: it neither accuses nor bounds.
    panel = evidence.panel if evidence.recipe_gate else None
    panel_p = None if panel is None else _panel_p(panel)
    panel_high = None if panel is None else _panel_high(panel, error)

    family = _family(evidence, p, panel_p)
    p_holm, panel_p_holm = family.attacks, family.panel

    # 7. Rows that no coincidence explains, or data given back above matched controls, by tests of the same family.
    given_back = family.given_back(evidence, error)
    settling = tuple(test.attack for test in given_back if evidence.scope in ("system", test.scope))
    if evidence.kept and family.kept is not None and family.kept <= error:
        settling = (evidence.kept.attack, *settling)
    system = _of_system(evidence, given_back)

    # 5 and 6.
    measured = np.array([t.measured for t in tallies], dtype=bool)
    b_average = float(high[measured].max()) if measured.any() else None
    b_worst = None if panel_high is None else float(panel_high.max())

    over_average = b_average is not None and b_average > evidence.tau_average
    over_worst = b_worst is not None and b_worst > evidence.tau_worst
    over = over_average or over_worst
    significant = p_holm <= error
    panel_significant = panel_p_holm is not None and panel_p_holm <= error
    any_significant = bool(significant.any()) or panel_significant

    def ruled(verdict: AuditVerdict, because: list[Reason]) -> Ruling:
        return Ruling(
            verdict,
            tuple(because),
            b_average,
            b_worst,
            p,
            p_holm,
            low,
            high,
            panel_p,
            panel_p_holm,
            panel_high,
            None if evidence.kept is None else evidence.kept.p,
            family.kept,
            family.direct,
            tuple(dict.fromkeys([*settling, *(test.attack for test in given_back)])),
            system,
            error,
        )

    # 7. Direct evidence settles it.
    if settling:
        told = reasons.direct_evidence if evidence.scope == "model" else reasons.system_gives_back
        return ruled(AuditVerdict.LEAK_SHOWN, [told(settling)])

    # Nobody to recognise: nothing is bounded, whatever was declared of a split.
    if not evidence.members_given:
        return ruled(AuditVerdict.INCONCLUSIVE, [reasons.NO_MEMBERS])

    heard = {t.attack for t in tallies if t.measured} | {t.attack for t in evidence.direct_tests if t.p is not None}
    obstacles = _obstacles(evidence, measured_attacks=heard)

    # 10. Two files that differ in more than membership make every other figure meaningless.
    if evidence.negative_alarms is not None and evidence.negative_alarms > NEGATIVE_ALARMS_ALLOWED:
        return ruled(AuditVerdict.INCONCLUSIVE, obstacles)

    # 10, completed. Where nobody vouches for chance, and no negative control could, the files may differ in more
    # than membership: nothing can be laid at the model's door.
    if evidence.negative_alarms is None and not evidence.randomised:
        return ruled(AuditVerdict.INCONCLUSIVE, obstacles)

    # 8. Without a randomised split, an attack counts only where it beats the blind classifier.
    blind_alarm = _contradicted(evidence) or (
        not evidence.randomised and (evidence.blind is None or evidence.blind.auc.low > 0.5)
    )
    if blind_alarm:
        beats = np.array(
            [_beats_blind(t, lo, evidence.blind, error) for t, lo in zip(tallies, low, strict=True)], dtype=bool
        )
        significant = significant & beats
        if not significant.any():
            return ruled(AuditVerdict.INCONCLUSIVE, obstacles)

    # 11.
    if (significant.any() or (panel_significant and not blind_alarm)) and over:
        by = [t.attack for t, s in zip(tallies, significant, strict=True) if s]
        by += ["panel"] if panel_significant and not blind_alarm else []
        return ruled(
            AuditVerdict.LEAK_SHOWN, [reasons.leak_shown(tuple(dict.fromkeys(by)), over_average, over_worst)]
        )

    # 12.
    if not obstacles and not over:
        notes = [reasons.SMALL_LEAK] if any_significant else []
        return ruled(AuditVerdict.NO_LEAK_ABOVE_BOUND, [reasons.WITHIN, *notes])

    # 13.
    if over_average:
        obstacles.append(reasons.above_average(b_average, evidence.tau_average))
    if over_worst:
        obstacles.append(reasons.above_worst(b_worst, evidence.tau_worst))
    return ruled(AuditVerdict.INCONCLUSIVE, obstacles)


def _family(evidence: Evidence, p: FloatArray, panel_p: float | None) -> _Family:
    """4. One Holm family over everything registered; what was not measured stays in it with p = 1."""
    kept_p = None if evidence.kept is None else evidence.kept.p
    of_kept = [kept_p] if evidence.kept_registered or kept_p is not None else []
    of_direct = [test.p for test in evidence.direct_tests]
    of_panel = [panel_p] if evidence.panel_registered else []
    every: list[float | None] = [*map(float, p), *of_kept, *of_direct, *of_panel]
    adjusted = holm(np.array([1.0 if one is None else one for one in every])) if every else np.array([])
    held = iter([None if one is None else float(a) for one, a in zip(every, adjusted, strict=True)][len(p) :])
    kept = next(held) if of_kept else None
    direct = tuple(next(held) for _ in of_direct)
    return _Family(adjusted[: len(p)], kept, direct, next(held) if of_panel else None)


def _of_system(evidence: Evidence, given_back: list[DirectTest]) -> SystemRuling | None:
    """7, of what the model answers in: its silence bounds nothing, so that it is never `no leak`."""
    asked = [test for test in evidence.direct_tests if test.scope != evidence.scope and test.scope == "system"]
    if not asked:
        return None
    shown = tuple(test.attack for test in given_back if test.scope == "system")
    if shown:
        return SystemRuling(AuditVerdict.LEAK_SHOWN, (reasons.system_gives_back(shown),))
    silent = tuple(test.attack for test in asked if test.p is None)
    because = reasons.system_silent(silent) if silent else reasons.SYSTEM_UNBOUNDED
    return SystemRuling(AuditVerdict.INCONCLUSIVE, (because,))


def _contradicted(evidence: Evidence) -> bool:
    """8. A declaration of chance that the files contradict is no longer believed: plainly where negative controls
    watch over the files too, at the first sign where there are none."""
    if evidence.blind is None:
        return False
    return evidence.blind.auc.low > (0.5 if evidence.negative_alarms is None else BLIND_AUC_CEILING)


def _silenced(tally: Tally, missed: tuple[str, ...]) -> Tally:
    """10. An attack that missed its positive control could not have spoken."""
    return replace(tally, measured=False) if tally.attack in missed else tally


def _bounds(tallies: list[Tally], error: float) -> tuple[FloatArray, FloatArray, FloatArray]:
    low, high, p = np.full(len(tallies), -1.0), np.ones(len(tallies)), np.ones(len(tallies))
    for i, t in enumerate(tallies):
        risk = risk_bounds(t.true_positives, t.members, t.false_positives, t.non_members, error=error / 2)
        low[i], high[i] = risk.low, risk.high
        if t.measured:
            p[i] = fisher_greater(t.true_positives, t.members, t.false_positives, t.non_members)
    return low, high, p


def _panel_p(panel: PanelTally) -> float:
    return stratified_greater(panel.hits_in, panel.n_in, panel.hits_out, panel.n_out)


def _panel_high(panel: PanelTally, error: float) -> FloatArray:
    return panel_risk(panel.hits_in, panel.n_in, panel.hits_out, panel.n_out, error=error / 2).high


def _beats_blind(tally: Tally, low: float, blind: BlindTally | None, error: float) -> bool:
    """L > U_blind at the same rate; an own operating point has no counterpart, so it cannot beat it."""
    if blind is None or not tally.measured:
        return False
    for other in blind.tallies:
        if other.alpha is not None and other.alpha == tally.alpha:
            ceiling = risk_bounds(
                other.true_positives, other.members, other.false_positives, other.non_members, error=error / 2
            ).high
            return low > ceiling
    return False


def _obstacles(evidence: Evidence, *, measured_attacks: set[str]) -> list[Reason]:
    """All that stands between these counts and `no leak` (line 12), the bounds apart."""
    found: list[Reason] = []
    if not evidence.required:
        found.append(reasons.NOTHING_REQUIRED)
    silent = tuple(a for a in evidence.required if a not in measured_attacks)
    if silent:
        found.append(reasons.attacks_silent(silent))
    if _contradicted(evidence) or not evidence.randomised:
        if evidence.blind is None:
            found.append(reasons.NO_BLIND)
        elif evidence.blind.auc.low > 0.5:
            found.append(reasons.blind_sees(evidence.blind.auc.value))
        elif evidence.blind.auc.high > BLIND_AUC_CEILING:
            found.append(reasons.blind_uncertain(evidence.blind.auc.high))
    if evidence.recipe_gate is None:
        found.append(reasons.NO_REFERENCES)
    elif not evidence.recipe_gate:
        found.append(reasons.GATE_FAILED)
    elif not evidence.panel_registered:
        found.append(reasons.NO_WORST_BY_LABELS)
    elif evidence.panel is None:
        found.append(reasons.NO_PANEL)
    if evidence.negative_alarms is None:
        found.append(reasons.NO_NEGATIVE)
    elif evidence.negative_alarms > NEGATIVE_ALARMS_ALLOWED:
        found.append(reasons.files_differ(evidence.negative_alarms))
    return found
