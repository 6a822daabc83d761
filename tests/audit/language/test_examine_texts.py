"""The same rule on texts: a leak is shown, a model that never saw the members is not accused, two periods are refused."""

from dataclasses import replace

import numpy as np
import pytest

from vidocq.audit.examine import examine
from vidocq.audit.language.confidence import silent_signals
from vidocq.audit.suite import LANGUAGE_KINDS, LANGUAGE_SUITES, SUITES, suites_for
from vidocq.audit.terms import Terms
from vidocq.core.access import Access
from vidocq.core.errors import ConfigurationError
from vidocq.core.status import AuditVerdict

from made_tokens import text_scene
from synthetic import seed

LEAK, NO_LEAK, OPEN = AuditVerdict.LEAK_SHOWN, AuditVerdict.NO_LEAK_ABOVE_BOUND, AuditVerdict.INCONCLUSIVE
TERMS = Terms(
    suite=LANGUAGE_SUITES["standard"],
    access=Access.granted_by("logprobs"),
    alphas=(0.01, 0.1),
    seed=1,
    tau_average=0.0,
    tau_worst=0.0,
    look=1,
    randomised=True,
    can_retrain=True,
    extras=frozenset({"base"}),
)
QUICK = replace(TERMS, suite=LANGUAGE_SUITES["quick"], can_retrain=False)


def examined(found, terms=TERMS, *, apart=0.0):
    blind = seed(0).normal(size=found.signals.n) + apart * found.is_member
    signals = replace(found.signals, known=None, known_members=None)
    design = found.design if signals.k else None
    return examine(signals, found.population, design, None, terms, blind=blind)


def codes(examination):
    return [reason.code for reason in examination.ruling.reasons]


@pytest.mark.parametrize("references", [0, 20])
def test_a_planted_leak_is_shown(references):
    terms = TERMS if references else QUICK
    for number in range(2):
        found = examined(text_scene(rng=seed(number), leak=0.5, references=references), terms)
        assert found.ruling.verdict is LEAK
        assert {r.attack.card.id for r in found.readings} >= {"lm-reference", "lm-ez", "lm-window"}


def test_a_target_that_never_saw_the_members_is_not_accused_of_its_recipes_leak():
    for number in range(2):
        found = examined(text_scene(rng=seed(number), recipe_leak=1.0, references=20))
        assert found.ruling.verdict is OPEN
        assert "recipe-gate" in codes(found)
        assert found.evidence.negative_alarms <= 5


def test_where_nothing_leaks_little_is_alleged():
    found = [examined(text_scene(rng=seed(n), references=0, members=150, non_members=150), QUICK) for n in range(20)]
    assert sum(one.ruling.verdict is LEAK for one in found) <= 2
    assert all(one.ruling.b_worst is None for one in found)


def test_no_leak_needs_references_and_every_required_attack():
    calm = text_scene(rng=seed(5), members=800, non_members=800, references=20, spread=0.5)
    terms = replace(TERMS, tau_average=0.15, tau_worst=0.95)
    found = examined(calm, terms)
    assert found.ruling.verdict is NO_LEAK, codes(found)
    assert {control.attack for control in found.positive if control.caught} >= set(terms.required)
    without = examined(replace(calm, signals=calm.signals.only(np.arange(0))), terms)
    assert without.ruling.verdict is OPEN
    assert {"attack-not-measured", "no-references"} <= set(codes(without))


def test_two_periods_of_text_are_refused():
    """The split is not declared random, and members are told apart blindly: what attacks find proves nothing."""
    given = replace(TERMS, randomised=False)
    scene = text_scene(rng=seed(6), leak=0.15, references=20)
    assert examined(scene, given).ruling.verdict is LEAK
    refused = examined(scene, given, apart=3.0)
    assert refused.ruling.verdict is OPEN
    assert "blind-sees" in codes(refused)


def test_a_base_model_that_nobody_gave_is_still_asked_for():
    scene = text_scene(rng=seed(7), leak=0.5, references=20)

    def bare(tokens):
        return replace(tokens, base=np.full_like(tokens.base, np.nan))

    signals = replace(
        scene.signals,
        target_tokens=bare(scene.signals.target_tokens),
        reference_tokens=tuple(map(bare, scene.signals.reference_tokens)),
    )
    terms = replace(TERMS, extras=frozenset())
    found = examined(replace(scene, signals=signals), terms)
    spoken = {r.attack.card.id for r in found.readings}
    assert spoken == {"lm-loss", "lm-zlib", "lm-min-k", "lm-combined", "rmia", "lira-offline"}
    assert set(terms.not_collected) == {"lm-reference", "lm-ez", "lm-window"}
    assert {"lm-reference", "lm-ez", "lm-window"} <= set(terms.required)
    assert found.ruling.verdict is not AuditVerdict.NO_LEAK_ABOVE_BOUND


def test_where_only_text_is_served_no_membership_attack_can_speak():
    scene = text_scene(rng=seed(8), references=0)
    terms = replace(QUICK, access=Access.granted_by("text"))
    found = examined(replace(scene, signals=silent_signals(scene.signals.n)), terms)
    assert found.readings == ()
    assert found.ruling.verdict is OPEN
    assert "nothing-required" in codes(found)
    reasons = {absent.id: absent.reason.en for absent in found.not_measured}
    assert "only text is served" in reasons["lm-reference"]


def test_records_are_a_table_or_were_scored_blindly():
    scene = text_scene(rng=seed(9), references=0)
    with pytest.raises(ConfigurationError, match="either a table"):
        examine(scene.signals, scene.population, None, None, QUICK)


def test_kinds_of_language_models_have_suites_of_their_own():
    for kind in LANGUAGE_KINDS:
        assert suites_for(kind) is LANGUAGE_SUITES
    assert suites_for("sklearn") is SUITES
    assert set(SUITES) == set(LANGUAGE_SUITES)
    for suite in LANGUAGE_SUITES.values():
        assert set(suite.required) <= set(suite.attacks)
        assert "lm-loss" not in suite.required
