"""What is said: numbers, the three lines, the sentence of the bounds, the leads."""

import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from samples import SAMPLES, inconclusive, leak, minimal, no_leak, run

from vidocq.audit.rule.reasons import above_average, above_worst
from vidocq.core.text import Lang
from vidocq.report import bound_sentence, headline, remedies, render_audit, summary
from vidocq.report.figures import Curve, roc_floor, tpr_at
from vidocq.report.headline import share_points
from vidocq.report.numbers import DOWN, UP, count, duration, moment, number, p_value, percent, rate, significant
from vidocq.report.typography import plain, polished


def loosely(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("value", "rounding", "french", "english"),
    [
        (0.07, UP, "7,0 %", "7.0 %"),
        (0.0301, UP, "3,1 %", "3.1 %"),
        (0.0309, DOWN, "3,0 %", "3.0 %"),
        (-0.0004, UP, "0,0 %", "0.0 %"),
        (-0.0123, DOWN, "−1,3 %", "−1.3 %"),
        (1.0, UP, "100,0 %", "100.0 %"),
    ],
)
def test_rounding_never_flatters(value, rounding, french, english):
    assert loosely(percent(value, Lang.fr, rounding=rounding)) == french
    assert loosely(percent(value, Lang.en, rounding=rounding)) == english


def test_numbers_in_both_languages():
    assert [loosely(rate(value, Lang.fr)) for value in (0.001, 0.01, 0.1, 0.0, 1.0)] == [
        "0,1 %",
        "1 %",
        "10 %",
        "0 %",
        "100 %",
    ]
    assert count(1234567, Lang.fr) == "1\u202f234\u202f567"
    assert count(1234567, Lang.en) == "1,234,567"
    assert number(None, Lang.fr) == "non mesuré"
    assert significant(0.000123456, Lang.en) == "0.0001235"
    assert significant(1234.5, Lang.en) == "1,234" or significant(1234.5, Lang.en) == "1,235"
    assert significant(-0.5, Lang.fr) == "−0,5000"
    assert significant(1.5e-7, Lang.en) == "1.500 × 10^−7"
    assert loosely(p_value(0.0002, Lang.fr)) == "< 0,001"
    assert p_value(0.0123, Lang.en) == "0.012"


def test_dates_and_durations():
    assert loosely(moment("2026-01-01T09:05:00Z", Lang.fr)) == "1er janvier 2026 à 9 h 05 (UTC)"
    assert loosely(moment("2026-01-01T09:05:00", Lang.en)) == "1 January 2026, 09:05 (local time)"
    assert moment(None, Lang.en) == "not stated"
    assert [loosely(duration(s, Lang.fr)) for s in (1.25, 75, 3700)] == ["1,2 s", "1 min 15 s", "1 h 01 min"]


def test_typography_protects_without_changing_the_words():
    assert polished("Est-ce vrai ? « Oui » : 5 % ; non !", Lang.fr) == (
        "Est-ce vrai\u202f? «\u00a0Oui\u00a0»\u00a0: 5\u00a0%\u202f; non\u202f!"
    )
    assert polished("Is it? 5 %", Lang.en) == "Is it? 5\u00a0%"
    assert plain(" a\x00\x1b[1m\nb\u202e ") == "a[1m b"


def test_the_sentence_of_the_bounds_is_that_of_the_verdict_rule():
    audit = no_leak()
    text = bound_sentence(audit, audit["verdicts"][0])
    assert loosely(text.en) == (
        "Tuned to accuse 1 % or 10 % of outsiders, the listed attacks recognise on average at most 2.5 more of 100 "
        "trained-on persons than of 100 outsiders; models trained by this recipe expose each of the 50 persons of "
        "the panel by at most 8.1 percentage points (95 % each). Nothing is shown about other persons, thresholds or "
        "attacks. Only a verified (ε, δ) proof bounds everyone: r ≤ (e^ε − 1 + 2δ)/(e^ε + 1)."
    )
    assert "1 % ou 10 %" in loosely(text.fr)
    assert "au plus 2,5 personnes de plus sur 100" in loosely(text.fr)
    assert "8,1 points de pourcentage" in loosely(text.fr)


@pytest.mark.parametrize(
    ("b_avg", "b_worst", "expected"),
    [
        (None, None, "The average bound was not measured. The worst-case bound was not measured"),
        (0.02, None, "than of 100 outsiders (95 %). The worst-case bound was not measured"),
        (None, 0.05, "The average bound was not measured. Models trained by this recipe"),
    ],
)
def test_the_sentence_says_which_bound_is_missing(b_avg, b_worst, expected):
    audit = leak()
    audit["verdicts"][0] |= {"b_avg": b_avg, "b_worst": b_worst}
    text = bound_sentence(audit, audit["verdicts"][0])
    assert expected in loosely(text.en)
    assert "Rien n'est montré" in text.fr


def test_a_bound_below_zero_is_printed_as_zero():
    audit = no_leak()
    audit["verdicts"][0]["b_avg"] = -0.003
    assert "at most 0.0 more of 100" in bound_sentence(audit, audit["verdicts"][0]).en
    assert loosely(share_points(0.01, Lang.en)) == "1.0 percentage point"


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("lang", Lang)
def test_a_summary_opens_with_three_lines(name, lang):
    audit = SAMPLES[name]()
    lines = summary(audit, lang=lang).splitlines()
    assert lines[:3] == [text.to(lang) for text in headline(audit).values()]
    assert all(lines[:3])
    assert lines[3] == ""
    widest = max((len(line) for line in lines[4:] if "  " in line), default=0)
    assert widest <= 80


def test_the_headline_of_the_file_is_used_when_it_is_whole():
    audit = leak()
    written = {name: {"fr": f"{name} fr", "en": f"{name} en"} for name in ("asked", "found", "cheapest")}
    audit["headline"] = written
    assert summary(audit, lang=Lang.fr).startswith("asked fr\nfound fr\ncheapest fr\n")
    audit["headline"] = {**written, "found": None}
    assert summary(audit, lang=Lang.fr).splitlines()[:3] == [text.fr for text in headline(audit).values()]


def test_who_asked_is_named_or_said_to_be_nobody():
    assert "Claire Martin, DPO" in headline(leak())["asked"].fr
    assert "Nobody set a tolerance" in headline(minimal())["asked"].en


def test_a_leak_is_told_with_its_strongest_test_and_its_bound():
    found = loosely(headline(leak())["found"].en)
    assert "16.2 more of 100 members than of 100 non-members [14.2; 18.4], p < 0.001" in found
    assert "at most 18.8 more" in found
    by_panel_alone = leak()
    for attack in by_panel_alone["attacks"]:
        for tested in attack["rates"]:
            tested["p_holm"] = 1.0
    assert "most exposed persons is significant" in headline(by_panel_alone)["found"].en
    by_direct_evidence = {**by_panel_alone, "panel": None}
    assert by_direct_evidence["verdicts"][0]["reasons"][0]["en"] in headline(by_direct_evidence)["found"].en


def test_a_panel_counts_for_nothing_when_the_recipe_is_not_the_models():
    audit = leak()
    for attack in audit["attacks"]:
        for tested in attack["rates"]:
            tested["p_holm"] = 1.0
    audit["recipe_gate"]["passed"] = False
    audit["verdicts"][0]["b_worst"] = None
    assert "most exposed persons is significant" not in headline(audit)["found"].en
    exposed = render_audit(audit, run(), lang=Lang.en).split('id="exposed"')[1].split("</section>")[0]
    assert "41.2" not in exposed
    assert "not measured" in exposed


def test_an_attack_that_was_not_measured_is_listed_once():
    audit = leak()
    audit["attacks"][3]["measured"] = False
    audit["suite"] = None
    assert summary(audit, lang=Lang.en).count("- Likelihood ratio (LiRA): ") == 1
    audit["suite"] = leak()["suite"]
    assert summary(audit, lang=Lang.en).count("- Likelihood ratio (LiRA): ") == 1


def test_a_leak_under_the_tolerance_is_said():
    audit = no_leak()
    audit["attacks"][3]["rates"][0]["p_holm"] = 0.001
    assert "leak smaller than the tolerance was detected" in headline(audit)["found"].en


def test_the_cheapest_lever_comes_first():
    def cheapest(audit):
        return loosely(headline(audit)["cheapest"].en)

    audit = inconclusive()
    assert "512 reference models (64 here) and 5,000 persons on each side (850 here)" in cheapest(audit)
    assert "87 %" in cheapest(audit)
    audit["needed"] = None
    assert "requires and is missing: RMIA, probability ratio." in cheapest(audit)
    audit["suite"]["required"] = []
    assert "lets the model be retrained" in cheapest(audit)
    audit["panel"] = leak()["panel"]
    assert "the first of the reasons" in cheapest(audit)
    audit["controls"]["negative"]["passed"] = False
    assert "drawn at random before training" in cheapest(audit)
    audit["recipe_gate"]["passed"] = False
    assert "the recipe and the members file are this model's own" in cheapest(audit)
    audit["verdicts"][0]["tau"]["set_by"] = None
    assert "a named person set tolerances" in cheapest(audit)


def test_persons_are_not_asked_for_where_reference_models_are_missing():
    audit = inconclusive()
    audit["references"], audit["panel"] = 0, None
    audit["needed"] = {**audit["needed"], "references": None, "persons_per_side": 5000}
    told = loosely(headline(audit)["cheapest"].en)
    assert "lets the model be retrained" in told
    assert told.endswith("It would also take 5,000 persons on each side (850 here).")
    audit["needed"]["persons_per_side"] = 800
    assert "persons on each side" not in headline(audit)["cheapest"].en
    audit["subject"] = {"task": "language"}
    assert "[model.fine_tuning]" in headline(audit)["cheapest"].en
    assert "modèles de référence" in headline(audit)["cheapest"].fr
    audit["references"] = 64  # there are some: their number is what the planner speaks of
    audit["needed"] |= {"references": 512}
    assert "512 reference models (64 here)" in loosely(headline(audit)["cheapest"].en)


def test_a_bound_reads_the_same_in_the_reasons_and_in_the_headline():
    audit = inconclusive()
    for bound in (0.1721, 0.17299, 0.172, 0.3):
        (verdict,) = audit["verdicts"][:1]
        verdict["b_avg"] = bound
        said = re.search(r"\(([\d.]+) %\)", above_average(bound, 0.025).text.en)
        assert f"at most {said[1]} more" in loosely(headline(audit)["found"].en)
        assert float(said[1]) >= 100 * bound - 1e-9
    assert "(2,5 %)" in above_average(0.3, 0.025).text.fr
    assert "(0 %)" in above_worst(0.3, 0.0).text.en


def test_leads_follow_from_the_facts():
    def leads(audit):
        return [remedy.id for remedy in remedies(audit)]

    audit = leak()
    assert leads(audit) == ["duplicates", "leaves", "outputs", "exposed", "differential-privacy"]
    audit["population"]["removed"] |= {"exact": 0, "near": 0}
    audit["verdicts"][0]["b_worst"] = None
    audit["attacks"][1]["rates"][0]["p_holm"] = 0.001
    assert leads(audit) == ["leaves", "differential-privacy"]
    assert leads(no_leak()) == ["keep-watch"]
    assert leads(inconclusive()) == ["conclude-first"]


@pytest.mark.parametrize(
    ("model", "kind", "lead"),
    [
        ("GradientBoostingClassifier", "sklearn", "leaves"),
        ("LogisticRegression", "sklearn", "penalty"),
        ("LinearSVC", "sklearn", "penalty"),
        ("SVC", "sklearn", "rows"),
        ("KNeighborsClassifier", "sklearn", "rows"),
        ("MLPClassifier", "sklearn", "epochs"),
        ("Net", "torch", "epochs"),
        ("Own", "callable", "simpler"),
    ],
)
def test_each_family_of_models_has_its_lead(model, kind, lead):
    audit = leak()
    audit["subject"] |= {"model": model, "kind": kind}
    assert lead in [remedy.id for remedy in remedies(audit)]


def test_a_curve_is_read_without_flattering_nor_inventing():
    curve = Curve("a", [(0.0, 0.001), (0.002, 0.01), (0.05, 0.2), (1.0, 1.0)])
    assert tpr_at(curve, 0.001) is None
    assert tpr_at(curve, 0.01) == 0.01
    assert tpr_at(curve, 1.0) == 1.0
    assert roc_floor([curve]) == pytest.approx(0.001)
    assert roc_floor([]) == pytest.approx(0.001)


def test_behind_labels_alone_no_number_of_persons_is_advised():
    audit = inconclusive()
    audit["panel"], audit["recipe_gate"], audit["controls"] = None, None, None
    audit["needed"] = {"persons_per_side": 10**6, "references": None, "predicted_no_leak": 0.9}
    (verdict,) = audit["verdicts"]
    verdict["tau"]["set_by"] = "a test"
    verdict["reasons"] = []
    assert "persons on each side" in headline(audit)["cheapest"].en
    verdict["access"] = "weights"
    verdict["reasons"] = [{"code": "labels-bound-no-worst-case", "fr": "", "en": ""}]
    assert "a model that gives some" in headline(audit)["cheapest"].en
    assert "persons on each side" not in headline(audit)["cheapest"].en
    for access, reasons in (("weights", verdict["reasons"]), ("labels", [])):
        verdict.update(access=access, reasons=reasons)
        assert "the access forbids it" in render_audit(audit, run(), lang=Lang.en)
    verdict.update(access="probabilities", reasons=[])
    assert "the access forbids it" not in render_audit(audit, run(), lang=Lang.en)
