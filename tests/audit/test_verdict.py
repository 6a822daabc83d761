"""The rule, line by line, on counts made by hand; then what no counts whatever may break."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from vidocq.audit.rule.evidence import BlindTally, DirectTest, Evidence, PanelTally, Tally
from vidocq.audit.rule.verdict import rule
from vidocq.core.estimate import Estimate
from vidocq.core.status import AuditVerdict
from vidocq.measure.coincidence import Coincidences
from vidocq.measure.risk import risk_bounds
from vidocq.measure.significance import holm

LEAK, NO_LEAK, OPEN = AuditVerdict.LEAK_SHOWN, AuditVerdict.NO_LEAK_ABOVE_BOUND, AuditVerdict.INCONCLUSIVE
SIDE = 5000


def tally(attack, alpha, true, false, *, side=SIDE, measured=True):
    return Tally(
        attack=attack,
        alpha=alpha,
        true_positives=true,
        members=side,
        false_positives=false,
        non_members=side,
        threshold=0.0,
        measured=measured,
    )


def panel(hits_in, hits_out=0, *, persons=50, models=128):
    full = np.full(persons, models)
    return PanelTally(hits_in=np.full(persons, hits_in), n_in=full, hits_out=np.full(persons, hits_out), n_out=full)


def blind(low, high, *, true=50):
    """A blind classifier that at each rate accuses 50 of 5,000 non-members and `true` members."""
    value = (low + high) / 2
    return BlindTally(
        auc=Estimate(value, low, high, 0.95, 2 * SIDE),
        tallies=(tally("blind", 0.01, true, 50), tally("blind", 0.1, 450 + true, 500)),
    )


CALM = (tally("lira-offline", 0.01, 52, 50), tally("lira", 0.01, 50, 50), tally("lira", 0.1, 505, 500))
CLEAN = Evidence(
    tallies=CALM,
    panel=panel(1, 1),
    panel_registered=True,
    recipe_gate=True,
    negative_alarms=0,
    blind=blind(0.49, 0.51),
    required=("lira-offline", "lira"),
    randomised=True,
    look=1,
    tau_average=0.03,
    tau_worst=0.15,
)


def kept(alone, *, shared=0, side=SIDE):
    """Members whose row stands in a model trained on as many rows as there are members."""
    return Coincidences(
        attack="structure",
        members_alone=alone,
        outsiders_alone=0,
        shared=shared,
        members=side,
        non_members=side,
        trained=side,
    )


LOUD = tally("lira", 0.01, 400, 50)
LEAKY = replace(CLEAN, tallies=(CALM[0], LOUD, CALM[2]))


def codes(ruling):
    return [reason.code for reason in ruling.reasons]


def test_nothing_seen_within_both_tolerances_is_no_leak():
    ruling = rule(CLEAN)
    assert ruling.verdict is NO_LEAK
    assert codes(ruling) == ["within-tolerance"]
    assert ruling.b_average <= 0.03
    assert ruling.b_worst <= 0.15


def test_members_recognised_beyond_chance_and_tolerance_are_a_leak():
    ruling = rule(LEAKY)
    assert ruling.verdict is LEAK
    assert codes(ruling) == ["leak-shown"]
    assert "`lira`" in ruling.reasons[0].text.en
    assert "lira-offline" not in ruling.reasons[0].text.en


# Line 3


def test_bounds_spend_half_the_error_of_the_look_on_each_rate():
    ruling = rule(LEAKY)
    expected = risk_bounds(400, SIDE, 50, SIDE, error=0.05 * 6 / np.pi**2 / 2)
    assert ruling.error == pytest.approx(0.0304, abs=1e-4)
    assert ruling.low[1] == pytest.approx(expected.low)
    assert ruling.high[1] == pytest.approx(expected.high)
    # Clopper and Pearson, from scipy's own quantiles of the beta law
    error = ruling.error / 2
    high = stats.beta.ppf(1 - error, 401, SIDE - 400) - stats.beta.ppf(error, 50, SIDE - 50 + 1)
    assert ruling.high[1] == pytest.approx(high)


def test_a_test_that_cannot_speak_enters_no_maximum_and_shows_nothing():
    silent = replace(LOUD, attack="loss", measured=False)
    ruling = rule(replace(CLEAN, tallies=(*CALM, silent)))
    assert ruling.verdict is NO_LEAK
    assert ruling.b_average == rule(CLEAN).b_average
    assert ruling.p[3] == ruling.p_holm[3] == 1.0


def test_an_attack_silent_at_one_rate_and_heard_at_another_is_measured():
    quiet = (CALM[0], replace(CALM[1], measured=False), CALM[2])
    assert rule(replace(CLEAN, tallies=quiet)).verdict is NO_LEAK


# Line 4


def test_p_is_fishers_and_holm_counts_every_registered_test():
    ruling = rule(replace(LEAKY, panel=None))  # four tests are registered, the panel's among them
    for i, t in enumerate(LEAKY.tallies):
        table = [
            [t.true_positives, t.members - t.true_positives],
            [t.false_positives, t.non_members - t.false_positives],
        ]
        assert ruling.p[i] == pytest.approx(stats.fisher_exact(table, alternative="greater").pvalue, rel=1e-6)
    assert ruling.p_holm[1] == pytest.approx(4 * ruling.p[1])
    assert rule(replace(LEAKY, panel=None, panel_registered=False)).p_holm[1] == pytest.approx(3 * ruling.p[1])


def test_a_test_that_was_not_measured_stays_in_the_family():
    just = replace(CLEAN, tallies=(tally("lira", 0.01, 75, 50),), tau_average=0.0, panel_registered=False)
    alone = rule(replace(just, required=("lira",)))
    assert alone.verdict is LEAK
    assert alone.p[0] == pytest.approx(0.0155, abs=0.002)
    unheard = tuple(tally(a, 0.01, 0, 0, measured=False) for a in ("rmia", "loss"))
    crowded = rule(replace(just, tallies=(*just.tallies, *unheard)))
    assert crowded.p_holm[0] == pytest.approx(3 * alone.p[0])
    assert crowded.verdict is OPEN


@pytest.mark.parametrize(("look", "verdict"), [(1, LEAK), (2, OPEN), (9, OPEN)])
def test_the_jth_look_spends_its_share_of_the_error(look, verdict):
    tallies = (tally("lira", 0.01, 75, 50),)
    ruling = rule(replace(CLEAN, tallies=tallies, panel_registered=False, tau_average=0.0, look=look))
    assert ruling.error == pytest.approx(0.05 * 6 / (np.pi**2 * look**2))
    assert ruling.verdict is verdict


def test_later_looks_widen_the_bounds():
    early, late = rule(CLEAN), rule(replace(CLEAN, look=40))
    assert (late.high > early.high).all()
    assert (late.low < early.low).all()
    assert late.b_worst > early.b_worst


# Lines 5 and 6


def test_the_worst_bound_is_the_largest_over_the_panel():
    hits = np.array([0, 0, 9, 1])
    full = np.full(4, 128)
    tallied = PanelTally(hits_in=hits, n_in=full, hits_out=np.zeros(4, dtype=int), n_out=full)
    ruling = rule(replace(CLEAN, panel=tallied))
    error = ruling.error / 2
    assert ruling.b_worst == pytest.approx(stats.beta.ppf(1 - error, 10, 119))
    np.testing.assert_array_equal(np.argsort(ruling.panel_high, kind="stable"), [0, 1, 3, 2])


def test_a_panel_exposed_beyond_its_tolerance_is_a_leak_of_its_own():
    ruling = rule(replace(CLEAN, panel=panel(40, 1)))
    assert ruling.verdict is LEAK
    assert "`panel`" in ruling.reasons[0].text.en
    assert ruling.b_worst > 0.15


def test_a_panel_without_signal_but_with_few_models_leaves_the_question_open():
    ruling = rule(replace(CLEAN, panel=panel(0, 0, models=16)))
    assert ruling.verdict is OPEN
    assert codes(ruling) == ["worst-bound-above-tolerance"]


# Line 7


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"negative_alarms": 20},
        {"recipe_gate": False},
        {"blind": blind(0.9, 0.95), "randomised": False},
        {"tallies": (), "panel": None, "panel_registered": False},
    ],
    ids=["clean", "files differ", "another recipe", "blind sees", "nothing else"],
)
def test_direct_evidence_settles_it(changes):
    ruling = rule(replace(CLEAN, kept=kept(9), kept_registered=True, **changes))
    assert ruling.verdict is LEAK
    assert codes(ruling) == ["direct-evidence"]
    assert ruling.direct == ("structure",)
    assert ruling.kept_p_holm <= ruling.error


def test_rows_in_the_file_are_one_test_of_the_family_measured_or_not():
    read, silent, apart = (
        rule(replace(CLEAN, **changes))
        for changes in (
            {"kept": kept(3), "kept_registered": True},
            {"kept_registered": True},
            {},
        )
    )
    assert read.verdict is not LEAK
    assert 0.01 < read.kept_p < 0.02 < read.kept_p_holm
    assert silent.kept_p is silent.kept_p_holm is None
    p = np.append(apart.p, [1.0, apart.panel_p])
    np.testing.assert_allclose(silent.p_holm, holm(p)[: len(apart.p)])
    assert silent.panel_p_holm == pytest.approx(holm(p)[-1])
    assert read.panel_p_holm == pytest.approx(holm(np.append(apart.p, [read.kept_p, apart.panel_p]))[-1])


def given_back(p, attack="extraction", scope="model"):
    return DirectTest(attack=attack, p=p, scope=scope)


DEPLOYED = replace(
    CLEAN,
    tallies=(),
    panel=None,
    panel_registered=False,
    recipe_gate=None,
    negative_alarms=None,
    blind=None,
    required=(),
    members_given=False,
)


def test_values_given_back_above_controls_settle_it_within_the_family():
    ruling = rule(replace(CLEAN, direct_tests=(given_back(1e-6), given_back(0.5, "person-prompt"))))
    assert (ruling.verdict, codes(ruling), ruling.direct) == (LEAK, ["direct-evidence"], ("extraction",))
    apart = rule(CLEAN)
    family = holm(np.array([*apart.p, 1e-6, 0.5, apart.panel_p]))
    np.testing.assert_allclose(ruling.p_holm, family[:3])
    np.testing.assert_allclose(ruling.direct_p_holm, family[3:5])
    assert ruling.panel_p_holm == pytest.approx(family[-1])
    assert ruling.system is None


def test_a_direct_test_has_to_pass_after_holm_and_stays_in_the_family_when_silent():
    # alone 0.02 would be under the 3.04 % of a first look; among five tests it is not
    near = rule(replace(CLEAN, direct_tests=(given_back(0.02),)))
    assert near.verdict is NO_LEAK
    assert near.direct == ()
    assert near.direct_p_holm[0] > near.error > 0.02
    silent = rule(replace(CLEAN, direct_tests=(given_back(None),)))
    assert silent.direct_p_holm == (None,)
    np.testing.assert_allclose(silent.p_holm, holm(np.array([*silent.p, 1.0, silent.panel_p]))[:3])


def test_a_direct_test_that_the_suite_requires_has_to_have_spoken():
    needed = replace(CLEAN, required=("lira", "extraction"))
    assert rule(replace(needed, direct_tests=(given_back(0.9),))).verdict is NO_LEAK
    assert codes(rule(replace(needed, direct_tests=(given_back(None),)))) == ["attack-not-measured"]


@pytest.mark.parametrize("randomised", [True, False])
@pytest.mark.parametrize("p", [None, 0.9, 1e-9])
def test_without_members_a_leak_may_be_shown_and_nothing_is_ever_bounded(p, randomised):
    tests = (given_back(p, "person-prompt"),)
    calm = replace(DEPLOYED, randomised=randomised, tau_average=0.9, tau_worst=0.9, direct_tests=tests)
    ruling = rule(calm)
    if p == 1e-9:
        assert (ruling.verdict, ruling.direct) == (LEAK, ("person-prompt",))
    else:
        assert (ruling.verdict, codes(ruling)) == (OPEN, ["no-members"])
    assert ruling.b_average is ruling.b_worst is None
    assert rule(replace(calm, direct_tests=())).verdict is OPEN


def test_what_a_system_hands_over_is_told_of_the_system_and_not_of_the_model():
    handed = given_back(1e-6, "retrieval", "system")
    ruling = rule(replace(CLEAN, direct_tests=(given_back(0.7), handed)))
    assert ruling.verdict is NO_LEAK
    assert ruling.direct == ("retrieval",)
    assert ruling.system.verdict is LEAK
    assert "`retrieval`" in ruling.system.reasons[0].text.fr


@pytest.mark.parametrize(("p", "code"), [(0.9, "system-unbounded"), (None, "direct-not-measured")])
def test_the_silence_of_a_system_bounds_nothing(p, code):
    ruling = rule(replace(CLEAN, direct_tests=(given_back(p, "retrieval", "system"),)))
    assert ruling.system.verdict is OPEN
    assert [reason.code for reason in ruling.system.reasons] == [code]


def test_a_leak_of_the_model_through_a_system_is_one_of_the_system():
    through = replace(DEPLOYED, scope="system", direct_tests=(given_back(1e-6, "person-prompt"),))
    ruling = rule(through)
    assert (ruling.verdict, ruling.system) == (LEAK, None)
    assert "système" in ruling.reasons[0].text.fr


# Line 8


def test_without_a_random_split_a_blind_classifier_that_sees_silences_the_attacks():
    seen = rule(replace(LEAKY, randomised=False, blind=blind(0.52, 0.54, true=400)))
    assert seen.verdict is OPEN
    assert codes(seen)[0] == "blind-sees"


def test_an_attack_that_beats_the_blind_classifier_at_its_rate_is_heard():
    assert rule(replace(LEAKY, randomised=False, blind=blind(0.52, 0.54, true=100))).verdict is LEAK


def test_a_rate_is_held_against_the_blind_classifier_at_the_same_rate_only():
    """At 1 % the attack is beaten; that the blind classifier is weak at 10 % does not help it."""
    weak_elsewhere = replace(
        blind(0.52, 0.54, true=400), tallies=(tally("blind", 0.01, 400, 50), tally("blind", 0.1, 500, 500))
    )
    assert rule(replace(LEAKY, randomised=False, blind=weak_elsewhere)).verdict is OPEN


def test_an_attack_at_its_own_operating_point_cannot_beat_the_blind_classifier():
    own = (*CALM, tally("label-gap", None, 4900, 2500))
    assert rule(replace(CLEAN, tallies=own)).verdict is LEAK
    assert rule(replace(CLEAN, tallies=own, randomised=False, blind=blind(0.52, 0.54))).verdict is OPEN


def test_a_panel_accuses_nobody_where_the_blind_classifier_sees():
    ruling = rule(replace(CLEAN, panel=panel(40, 1), randomised=False, blind=blind(0.6, 0.7)))
    assert ruling.verdict is OPEN


@pytest.mark.parametrize(
    ("seen", "verdict", "code"),
    [
        (blind(0.49, 0.55), NO_LEAK, "within-tolerance"),
        (blind(0.49, 0.551), OPEN, "blind-uncertain"),
        (blind(0.501, 0.54), OPEN, "blind-sees"),
        (blind(0.5, 0.54), NO_LEAK, "within-tolerance"),
        (None, OPEN, "no-blind"),
    ],
)
def test_no_leak_on_a_given_split_needs_two_files_that_look_alike(seen, verdict, code):
    ruling = rule(replace(CLEAN, randomised=False, blind=seen))
    assert ruling.verdict is verdict
    assert code in codes(ruling)


def test_a_random_split_needs_no_blind_classifier():
    assert rule(replace(CLEAN, blind=blind(0.52, 0.6))).verdict is NO_LEAK
    assert rule(replace(CLEAN, blind=None)).verdict is NO_LEAK


def test_a_declaration_of_chance_that_the_files_contradict_is_not_believed():
    ruling = rule(replace(CLEAN, blind=blind(0.9, 0.95)))
    assert ruling.verdict is OPEN
    assert "blind-sees" in codes(ruling)
    leaky = replace(CLEAN, tallies=(tally("lira", 0.1, 900, 500),), blind=blind(0.9, 0.95, true=4000))
    assert rule(leaky).verdict is OPEN


def test_without_negative_controls_a_declaration_of_chance_is_believed_less():
    leaky = replace(CLEAN, tallies=(tally("lira", 0.1, 900, 500),), blind=blind(0.52, 0.56, true=900))
    assert rule(leaky).verdict is LEAK
    assert rule(replace(leaky, negative_alarms=None)).verdict is OPEN
    assert rule(replace(leaky, negative_alarms=None, blind=blind(0.48, 0.53))).verdict is LEAK


def test_without_negative_controls_or_a_random_split_nobody_is_accused():
    leaky = replace(CLEAN, tallies=(tally("lira", 0.1, 900, 500),), negative_alarms=None)
    assert rule(leaky).verdict is LEAK
    given = rule(replace(leaky, randomised=False))
    assert given.verdict is OPEN
    assert "no-negative-control" in codes(given)


# Line 9


def test_behind_a_failed_gate_the_panel_neither_accuses_nor_bounds():
    ruling = rule(replace(CLEAN, panel=panel(100, 1), recipe_gate=False))
    assert ruling.verdict is OPEN
    assert codes(ruling) == ["recipe-gate"]
    assert ruling.b_worst is None
    assert ruling.panel_p is ruling.panel_p_holm is None


def test_a_gentler_recipe_fakes_no_low_bound():
    assert rule(replace(CLEAN, panel=panel(0, 0), recipe_gate=False)).verdict is OPEN


def test_behind_a_failed_gate_the_target_itself_may_still_show_a_leak():
    assert rule(replace(LEAKY, recipe_gate=False)).verdict is LEAK


# Line 10


@pytest.mark.parametrize(("alarms", "verdict"), [(5, LEAK), (6, OPEN)])
def test_more_than_five_negative_alarms_make_every_figure_meaningless(alarms, verdict):
    ruling = rule(replace(LEAKY, negative_alarms=alarms))
    assert ruling.verdict is verdict
    assert ("negative-control" in codes(ruling)) == (verdict is OPEN)


def test_a_missed_positive_control_silences_an_attack():
    ruling = rule(replace(LEAKY, missed_controls=("lira",)))
    assert ruling.verdict is OPEN
    assert codes(ruling) == ["attack-not-measured"]
    assert ruling.p_holm[1] == 1.0
    assert ruling.b_average == ruling.high[0]


def test_a_baseline_that_misses_its_control_blocks_nothing():
    extra = (*CALM, tally("loss", 0.01, 60, 50))
    assert rule(replace(CLEAN, tallies=extra, missed_controls=("loss",))).verdict is NO_LEAK


# Lines 11 to 13


def test_a_leak_smaller_than_the_tolerance_is_told():
    small = (CALM[0], tally("lira", 0.01, 100, 50), CALM[2])
    ruling = rule(replace(CLEAN, tallies=small))
    assert ruling.p_holm[1] <= ruling.error
    assert ruling.verdict is NO_LEAK
    assert codes(ruling) == ["within-tolerance", "small-leak"]


def test_a_leak_under_the_tolerance_is_never_no_leak_behind_an_obstacle():
    small = (CALM[0], tally("lira", 0.01, 100, 50), CALM[2])
    assert rule(replace(CLEAN, tallies=small, recipe_gate=False)).verdict is OPEN


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"required": ()}, "nothing-required"),
        ({"required": ("lira", "rmia")}, "attack-not-measured"),
        ({"recipe_gate": None}, "no-references"),
        ({"recipe_gate": False}, "recipe-gate"),
        ({"panel": None}, "no-panel"),
        ({"negative_alarms": None}, "no-negative-control"),
        ({"negative_alarms": 6}, "negative-control"),
        ({"tau_average": 0.005}, "average-bound-above-tolerance"),
        ({"tau_worst": 0.01}, "worst-bound-above-tolerance"),
        ({"tallies": (), "required": ("lira",)}, "attack-not-measured"),
    ],
)
def test_each_obstacle_alone_leaves_the_question_open(changes, code):
    ruling = rule(replace(CLEAN, **changes))
    assert ruling.verdict is OPEN
    assert codes(ruling) == [code]


def test_without_tolerances_no_leak_cannot_be_said():
    ruling = rule(replace(CLEAN, tau_average=0.0, tau_worst=0.0))
    assert ruling.verdict is OPEN
    assert codes(ruling) == ["average-bound-above-tolerance", "worst-bound-above-tolerance"]


def test_without_tolerances_any_significant_leak_is_shown():
    small = (CALM[0], tally("lira", 0.01, 100, 50), CALM[2])
    assert rule(replace(CLEAN, tallies=small, tau_average=0.0, tau_worst=0.0)).verdict is LEAK


def test_reasons_are_told_in_both_languages_with_decimal_commas_in_french():
    ruling = rule(replace(CLEAN, tau_average=0.0, negative_alarms=7, recipe_gate=None, required=("rmia",)))
    for reason in ruling.reasons:
        assert reason.text.fr != reason.text.en
        assert reason.text.fr.endswith(".")
        assert reason.text.en.endswith(".")
    over = rule(replace(CLEAN, tau_average=0.015)).reasons[0]
    assert "1,5 %" in over.text.fr
    assert "1.5 %" in over.text.en


# What no counts may break

points = st.sampled_from([("lira", 0.01), ("lira", 0.1), ("lira-offline", 0.01), ("loss", 0.1), ("label-gap", None)])


@st.composite
def evidence(draw):
    side = draw(st.sampled_from([40, 400, 5000]))
    count = st.integers(0, side) | st.integers(0, side // 10)
    tallies = [
        tally(*point, draw(count), draw(count), side=side, measured=draw(st.booleans()))
        for point in draw(st.lists(points, unique=True, max_size=5))
    ]
    tested = draw(st.none() | st.tuples(st.integers(0, 16), st.integers(0, 16)))
    return Evidence(
        tallies=tuple(tallies),
        panel=None if tested is None else panel(*tested, persons=3, models=16),
        panel_registered=tested is not None or draw(st.booleans()),
        recipe_gate=draw(st.sampled_from([True, True, False, None])),
        negative_alarms=draw(st.none() | st.integers(0, 20)),
        blind=draw(
            st.none() | st.builds(blind, st.floats(0.4, 0.55), st.floats(0.55, 0.7), true=st.integers(0, 500))
        ),
        required=draw(st.sampled_from([(), ("lira",), ("lira-offline", "lira")])),
        randomised=draw(st.booleans()),
        look=draw(st.integers(1, 30)),
        tau_average=draw(st.sampled_from([0.0, 0.03, 0.5])),
        tau_worst=draw(st.sampled_from([0.0, 0.15, 0.9])),
        missed_controls=draw(st.sampled_from([(), ("loss",), ("lira",)])),
        kept=draw(st.none() | st.none() | st.builds(kept, st.integers(0, 12))),
        kept_registered=draw(st.booleans()),
        direct_tests=tuple(
            draw(
                st.lists(
                    st.builds(
                        given_back,
                        st.none() | st.floats(0, 1),
                        st.sampled_from(["extraction", "person-prompt", "divergence"]),
                        st.sampled_from(["model", "system"]),
                    ),
                    max_size=3,
                )
            )
        ),
        members_given=draw(st.booleans()),
        scope=draw(st.sampled_from(["model", "system"])),
    )


@settings(max_examples=150, deadline=None)
@given(evidence(), st.data())
def test_recognising_more_members_never_undoes_a_leak(found, data):
    before = rule(found)
    more = tuple(
        replace(t, true_positives=data.draw(st.integers(t.true_positives, t.members))) for t in found.tallies
    )
    after = rule(replace(found, tallies=more))
    if before.verdict is LEAK:
        assert after.verdict is LEAK
    assert (after.p <= before.p * (1 + 1e-9)).all()
    assert (after.high >= before.high).all()


@settings(max_examples=150, deadline=None)
@given(evidence())
def test_every_ruling_is_consistent_with_its_own_figures(found):
    ruling = rule(found)
    heard = [t.measured and t.attack not in found.missed_controls for t in found.tallies]
    assert ruling.b_average == (max(ruling.high[heard]) if any(heard) else None)
    assert len(ruling.p) == len(ruling.p_holm) == len(ruling.low) == len(ruling.high) == len(found.tallies)
    assert (ruling.p_holm >= ruling.p).all()
    assert (ruling.low <= ruling.high).all()
    assert (ruling.b_worst is None) == (found.panel is None or found.recipe_gate is not True)
    assert ruling.reasons
    if ruling.verdict is NO_LEAK:
        assert ruling.b_average <= found.tau_average
        assert ruling.b_worst <= found.tau_worst
        assert found.recipe_gate
        assert found.required
        assert found.negative_alarms is not None
        assert found.negative_alarms <= 5
    if ruling.verdict is LEAK and not ruling.direct:
        panel_p = [] if ruling.panel_p_holm is None else [ruling.panel_p_holm]
        assert min([*ruling.p_holm, *panel_p]) <= ruling.error


@settings(max_examples=100, deadline=None)
@given(evidence(), st.integers(1, 20))
def test_later_looks_only_make_it_harder(found, more):
    """To say no leak, and to find a test significant; a bound that widens may only cross the tolerance."""
    early, late = rule(found), rule(replace(found, look=found.look + more))
    assert (late.high >= early.high).all()
    assert (late.low <= early.low).all()
    np.testing.assert_array_equal(late.p_holm, early.p_holm)
    assert late.error < early.error
    if late.verdict is NO_LEAK:
        assert early.verdict is NO_LEAK
    if late.verdict is LEAK and early.verdict is not LEAK:
        assert early.b_average is None or early.b_average <= found.tau_average
        assert early.b_worst is None or early.b_worst <= found.tau_worst


def test_a_small_leak_becomes_a_shown_one_where_the_bound_is_too_wide_to_keep_it_under_the_tolerance():
    """What is significant has to be bounded too: fewer persons, or later looks, leave it unbounded."""
    small = replace(CLEAN, tallies=(CALM[0], tally("lira", 0.01, 190, 50)), tau_average=0.04, tau_worst=0.2)
    assert rule(small).verdict is NO_LEAK
    assert rule(replace(small, look=6)).verdict is LEAK
