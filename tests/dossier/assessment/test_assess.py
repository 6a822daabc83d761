"""The rule that joins condition, evidence and declaration; what comes next; and no facts at all that break it."""

import datetime
import typing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from vidocq.core.status import Status
from vidocq.dossier.assessment.assess import assess
from vidocq.dossier.assessment.words import PointState
from vidocq.dossier.evidence import Evidence, Piece
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.facts import read_facts
from vidocq.dossier.file.answering import Answer
from vidocq.dossier.file.departing import Departure
from vidocq.dossier.file.merging import group_of
from vidocq.dossier.referential.catalogue import referential
from vidocq.dossier.schema import require_valid_assessment
from vidocq.dossier.state import State

from made_points import made

TODAY = datetime.date(2026, 11, 25)
OLD, NEW = "2026-01-01T00:00:00Z", "2026-06-01T00:00:00Z"
S = PointState


def piece(status, *, measurement="scan-identifiers", subject="datasets.a", at=OLD, **more):
    return Piece(measurement=measurement, subject=subject, status=Status(status), at=at, entry=f"e{at}", **more)


def answer(point, status, *, about="", at=NEW):
    return (point, about), Answer(point=point, status=Status(status), about=about, role="DPO", at=at, entry="a1")


def departure(point):
    return (point, ""), Departure(point=point, reason="r", substitute="s", owner="o", at=NEW, entry="d1")


def single(point, *positions, facts=None, pieces=(), hashes=None, suites=None):
    found = State(
        facts=read_facts(facts or {}),
        positions=dict(positions),
        evidence=Evidence(tuple(pieces)),
        hashes=hashes or {},
    )
    result = assess(found, [point], today=TODAY, suites=suites)
    require_valid_assessment(result.to_dict())
    return result.points[0]


BOTH = made("F7.01", measurements=["scan-identifiers"], declaration=True)
MEASURED = made("F7.02", measurements=["scan-identifiers"])
DECLARED = made("F7.03", declaration=True, level="recommended")


@pytest.mark.parametrize("evidence", [None, "SATISFIED", "NOT_SATISFIED", "TO_JUDGE", "INCONCLUSIVE", "NOT_MEASURED"])
@pytest.mark.parametrize("said", [None, "SATISFIED", "NOT_SATISFIED", "TO_JUDGE"])
def test_evidence_and_declaration_together(evidence, said):
    positions = [] if said is None else [answer("F7.01", said)]
    found = single(BOTH, *positions, pieces=[] if evidence is None else [piece(evidence)])
    if "NOT_SATISFIED" in (evidence, said):
        assert found.state is S.NOT_SATISFIED
    elif evidence in (None, "NOT_MEASURED"):
        assert found.state is S.NOT_MEASURED
    elif evidence == "INCONCLUSIVE":
        assert found.state is S.INCONCLUSIVE
    else:
        assert found.state is (S.SATISFIED if said == "SATISFIED" else S.TO_JUDGE)


@pytest.mark.parametrize(
    ("point", "said", "evidence", "state"),
    [
        (MEASURED, None, "SATISFIED", S.SATISFIED),
        (MEASURED, None, "TO_JUDGE", S.TO_JUDGE),
        (MEASURED, "SATISFIED", "TO_JUDGE", S.SATISFIED),
        (MEASURED, "SATISFIED", None, S.NOT_MEASURED),
        (MEASURED, None, "NOT_APPLICABLE", S.TO_JUDGE),
        (DECLARED, None, None, S.TO_JUDGE),
        (DECLARED, "SATISFIED", None, S.SATISFIED),
        (DECLARED, "NOT_SATISFIED", None, S.NOT_SATISFIED),
    ],
)
def test_one_of_them_alone(point, said, evidence, state):
    positions = [] if said is None else [answer(point.id, said)]
    assert single(point, *positions, pieces=[] if evidence is None else [piece(evidence)]).state is state


def test_a_judgement_older_than_what_it_would_judge_does_not_count():
    positions = [answer("F7.02", "SATISFIED", at=OLD)]
    assert single(MEASURED, *positions, pieces=[piece("TO_JUDGE", at=NEW)]).state is S.TO_JUDGE


def test_why_it_was_not_measured_is_told():
    reason = {"fr": "illisible", "en": "unreadable"}
    (one,) = single(MEASURED, pieces=[piece("NOT_MEASURED", figures={"reason": reason})]).standings
    assert "unreadable" in [text.en for text in one.reasons]


def test_declared_and_not_measured_is_told():
    point = made("F7.04", declaration=True, not_yet="a count")
    (one,) = single(point, answer("F7.04", "SATISFIED")).standings
    assert one.state is S.SATISFIED
    assert any("not measured" in reason.en for reason in one.reasons)


def test_a_recommendation_can_be_departed_from_and_a_duty_cannot():
    assert single(DECLARED, departure("F7.03")).state is S.DEPARTED
    assert single(BOTH, departure("F7.01"), pieces=[piece("SATISFIED")]).state is S.TO_JUDGE


def test_a_condition_not_known_is_never_satisfied():
    point = made("F7.05", "datasets.special_categories", declaration=True, level="recommended")
    for position in (answer("F7.05", "SATISFIED"), departure("F7.05")):
        found = single(point, position, facts={"datasets": [{"id": "a"}]})
        assert found.state is S.INCONCLUSIVE
        assert set(found.missing) == {"datasets.a.special_categories"}
    found = single(point, facts={"datasets": [{"id": "a", "special_categories": False}]})
    assert found.state is S.NOT_APPLICABLE
    assert found.standings[0].used == {"datasets.a.special_categories": False}


def test_one_of_two_sets_is_not_enough():
    point = made("F7.06", "datasets.personal_data", per="datasets", measurements=["scan-identifiers"])
    facts = {"datasets": [{"id": "a", "personal_data": True}, {"id": "b", "personal_data": True}]}
    found = single(point, facts=facts, pieces=[piece("SATISFIED")])
    assert [one.state for one in found.standings] == [S.SATISFIED, S.NOT_MEASURED]
    assert found.state is S.NOT_MEASURED
    both = [piece("SATISFIED"), piece("SATISFIED", subject="datasets.b")]
    assert single(point, facts=facts, pieces=both).state is S.SATISFIED
    facts["datasets"][1]["personal_data"] = False
    assert single(point, facts=facts, pieces=[piece("SATISFIED")]).state is S.SATISFIED
    assert single(point, facts={"datasets": []}).state is S.NOT_APPLICABLE
    assert set(single(point).missing) == {"datasets"}


def test_evidence_that_does_not_say_of_what_does_not_count_for_an_item():
    point = made("F7.07", per="datasets", measurements=["scan-identifiers"])
    found = single(point, facts={"datasets": [{"id": "a"}]}, pieces=[piece("SATISFIED", subject="")])
    assert found.state is S.NOT_MEASURED
    assert any("does not say what it is about" in reason.en for reason in found.standings[0].reasons)


@pytest.mark.parametrize(
    ("hashes", "suites", "stale"),
    [
        ({}, {}, False),
        ({"datasets.a": ("1" * 64,)}, {"quick": "3"}, False),
        ({"datasets.a": ("1" * 64, "2" * 64)}, {}, True),
        ({"datasets.a": ("2" * 64,)}, {}, True),
        ({"datasets.a": ("2" * 64, "1" * 64)}, {}, False),
        ({"models.m": ("9" * 64, "8" * 64)}, {}, True),
        ({"models.m": ("7" * 64, "8" * 64)}, {}, False),
        ({}, {"quick": "4"}, True),
    ],
)
def test_what_changed_since_is_stale(hashes, suites, stale):
    seen = piece("SATISFIED", inputs={"data": "1" * 64, "model": "9" * 64}, suite="quick 3")
    found = single(MEASURED, pieces=[seen], hashes=hashes, suites=suites)
    assert (found.is_stale, found.state) == (stale, S.SATISFIED)
    assert found.weighs_as is (S.TO_JUDGE if stale else S.SATISFIED)


def test_what_was_measured_behind_other_filters_is_stale():
    first = piece("SATISFIED", inputs={"guard": "1" * 64})._replace(scope="system")
    other = first._replace(measurement="guard-evasion", inputs={"guard": "2" * 64})
    assert not single(MEASURED, pieces=[first]).is_stale
    assert single(MEASURED, pieces=[first, other]).is_stale
    assert not single(MEASURED, pieces=[first, other._replace(subject="models.other")]).is_stale


def test_a_scan_of_several_files_is_not_set_against_the_hash_of_one():
    seen = piece("SATISFIED", inputs={"data": "1" * 64, "files": "1" * 64})
    assert not single(MEASURED, pieces=[seen], hashes={"datasets.a": ("2" * 64,)}).is_stale
    assert single(MEASURED, pieces=[seen], hashes={"datasets.a": ("1" * 64, "2" * 64)}).is_stale


def test_the_first_question_settles_most():
    points = [
        made("F1.01", "system.is_generative", declaration=True),
        made("F1.02", "system.is_generative and datasets.minors", declaration=True),
        made("F1.03", "datasets.minors and system.annotates", declaration=True),
    ]
    found = assess(State(facts=read_facts({"datasets": [{"id": "a"}]})), points, today=TODAY)
    own = [question for question in found.questions if question.points]
    assert own[0].path == "system.is_generative"
    assert {question.path for question in own} == {"system.is_generative", "datasets.a.minors", "system.annotates"}
    assert own[0].points == ("F1.01", "F1.02")


def test_what_is_cited_and_not_described_is_to_be_described():
    facts = read_facts({"models": [{"id": "m", "trained_on": ["ghost"]}]})
    points = [made("F1.01", "models.trained_on.minors", declaration=True)]
    found = assess(State(facts=facts), points, today=TODAY)
    (ghost,) = [question for question in found.questions if question.path == "datasets.ghost"]
    assert ghost.command == "vidocq dossier fact datasets ghost"


def test_what_binds_comes_first_then_what_takes_least():
    points = [
        made("F1.01", declaration=True, level="good-practice"),
        made("F1.02", measurements=["scan-identifiers"]),
        made("F1.03", measurements=["scan-identifiers"]),
        made("F1.04", declaration=True),
        made("F1.05", declaration=True, level="recommended"),
        made("F1.06", declaration=True),
    ]
    found = assess(State(positions=dict([answer("F1.06", "NOT_SATISFIED")])), points, today=TODAY)
    served = [(step.level, int(step.effort), step.points) for step in found.next if step.points]
    assert served == [
        ("mandatory", 1, ("F1.04",)),
        ("mandatory", 2, ("F1.02", "F1.03")),
        ("mandatory", 3, ("F1.06",)),
        ("recommended", 1, ("F1.05",)),
        ("good-practice", 1, ("F1.01",)),
    ]
    assert all(step.command.startswith("vidocq ") for step in found.next)


def contents(group):
    """Plain content of a group of facts: anything may be missing, and what is there fits its own field alone."""
    fields = {}
    for name, field in group.model_fields.items():
        inner, is_list = group_of(group, name)
        if inner is not None and is_list:
            own = "id" if "id" in inner.model_fields else "actor"
            items = st.tuples(contents(inner), contents(inner)).map(
                lambda two, own=own: [{**one, own: name} for one, name in zip(two, "ab", strict=True)]
            )
            fields[name] = st.just([]) | items | items.map(lambda two: two[:1])
        elif inner is not None:
            fields[name] = contents(inner)
        elif name not in {"id", "actor"} or field.json_schema_extra:
            fields[name] = values(field)
    return st.fixed_dictionaries({}, optional=fields)


def values(field):
    pattern = next((one.pattern for one in field.metadata if getattr(one, "pattern", None)), None)
    if pattern:
        return st.sampled_from(["0" * 64, "1" * 64] if "a-f" in pattern else ["FR", "US"])
    inner = next(part for part in typing.get_args(field.annotation) if part is not type(None))
    if typing.get_origin(inner) is tuple:
        inner = typing.get_args(inner)[0]
        return st.lists(plain(inner), max_size=2)
    return plain(inner)


def plain(kind):
    if typing.get_origin(kind) is typing.Literal:
        return st.sampled_from(typing.get_args(kind))
    return {
        bool: st.booleans(),
        int: st.integers(0, 10**9),
        float: st.floats(0.01, 100),
        str: st.sampled_from(["a", "b", "FR", "US", "x"]),
        datetime.date: st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 1, 1)),
        datetime.datetime: st.datetimes(datetime.datetime(2020, 1, 1), datetime.datetime(2030, 1, 1)),
    }[kind]


ALL_KINDS = [
    BOTH,
    MEASURED,
    DECLARED,
    made("F8.01", "datasets.special_categories", declaration=True),
    made("F8.02", 'models.reach has "weights" and datasets.minors', per="models", measurements=["audit"]),
    made("F8.03", 'rule.regime == "gdpr" and models.trained_on.personal_data', per="models", declaration=True),
    made(
        "F8.04", "datasets.retention_until past", per="datasets", measurements=["scan-identifiers"], declaration=True
    ),
]
ALL_POINTS = [
    *ALL_KINDS,
    *(point for name, point in referential().items() if name not in {one.id for one in ALL_KINDS}),
]
EVERYTHING = dict(answer(point.id, "SATISFIED") for point in ALL_POINTS)
PIECES = Evidence(
    tuple(
        piece("SATISFIED", measurement=name, subject=f"{group}.{item}")
        for name in sorted({name for point in ALL_POINTS for name in point.measurements})
        for group in ("datasets", "models")
        for item in "ab"
    )
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(contents(Facts))
def test_no_facts_break_it_and_a_missing_one_never_satisfies(content):
    """Everything is declared satisfied and measured so: whatever is not satisfied then is so for want of a fact."""
    facts = read_facts(content)
    assert isinstance(facts, BaseModel)
    found = assess(State(facts=facts, positions=EVERYTHING, evidence=PIECES), ALL_POINTS, today=TODAY)
    require_valid_assessment(found.to_dict())
    for one in found.points:
        for standing in one.standings:
            if standing.missing:
                assert standing.state is S.INCONCLUSIVE
        if one.missing:
            assert one.state not in {S.SATISFIED, S.DEPARTED, S.NOT_APPLICABLE}
    asked = {question.path for question in found.questions}
    assert all(path in asked for one in found.points for path in one.missing if not path.startswith("rule."))
