"""Facts that contradict one another, or what was measured: the answer is never the favourable one, and says so."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings

from vidocq.core.status import Status
from vidocq.dossier.decision import UNDETERMINED
from vidocq.dossier.evidence import Evidence, Piece
from vidocq.dossier.facts.facts import read_facts
from vidocq.dossier.referential.catalogue import referential
from vidocq.dossier.rules.catalogue import RULES, decide_all
from vidocq.dossier.state import State

from made_facts import HASHES, evidence, facts, without

case = pytest.param


def decisions(rule, content, pieces=()):
    found = RULES[rule]().decide(read_facts(content), Evidence(tuple(pieces)))
    return {decision.subject: decision for decision in found}


def only(rule, content, pieces=()):
    (decision,) = decisions(rule, content, pieces).values()
    return decision


def told(decision):
    return " ".join(reason.en for reason in decision.reasons)


def found(count=3, *, scan="scan-identifiers", at="2026-06-01T00:00:00Z", data=HASHES[0], files="2" * 64):
    return Piece(
        measurement=scan,
        subject="datasets.d",
        scope="",
        status=Status.TO_JUDGE,
        figures={"categories": {"email": {"count": count}}},
        inputs={"data": data, "files": files},
        at=at,
    )


NONE_STATED = {
    "datasets": [{"id": "d", "personal_data": False}],
    "models": [
        {"id": "m", "trained_on": ["d"], "is_derived": False, "reach": ["api"], "vulnerability": {"is_known": False}}
    ],
    "system": {"is_established_in_eu": True, "operational_use": "single", "deployment_regimes": ["gdpr"]},
}
FAVOURABLE = {
    "regime": "out",
    "legal-basis": "not_needed",
    "reuse": "first_use",
    "information": "not_needed",
    "dpia": "not_required",
    "model-status": "not_trained_on_personal_data",
    "system-status": "not_concerned",
}


@pytest.mark.parametrize(("rule", "value"), FAVOURABLE.items())
def test_what_a_scan_found_prevails_over_a_no(rule, value):
    assert only(rule, NONE_STATED).value == value
    assert only(rule, NONE_STATED, [found(0)]).value == value
    decision = only(rule, NONE_STATED, [found()])
    assert decision.value not in RULES[rule].card.favourable
    assert decision.used["evidence.scan-identifiers.d"] == 3
    assert "a scan found what identifies persons in it (3 times)" in told(decision)


@pytest.mark.parametrize(
    ("facts", "piece", "value"),
    [
        case(
            {"anonymity_shown": True, "personal_data": True}, found(), "gdpr", id="anonymity shown, and identifiers"
        ),
        case({"finds_dismissed_on": "2026-06-02"}, found(), "out", id="checked since, by a person"),
        case({"finds_dismissed_on": "2026-05-31"}, found(), "gdpr", id="checked before that scan"),
        case({"sha256": HASHES[1]}, found(), "out", id="another file was scanned"),
        case({"sha256": HASHES[0]}, found(), "gdpr", id="this file was scanned"),
        case({}, found(scan="scan-persons"), "gdpr", id="names"),
        case({}, found(scan="scan-offences"), "out", id="nobody is named"),
    ],
)
def test_which_finds_count(facts, piece, value):
    content = {**NONE_STATED, "datasets": [{"id": "d", "personal_data": False, **facts}]}
    assert only("regime", content, [piece]).value == value


BASED = {"id": "d", "personal_data": True, "legal_basis": "public_task", "public_task_text": "a law"}


@pytest.mark.parametrize(("scan", "fact"), [("scan-special-categories", "sensitive"), ("scan-offences", "offence")])
def test_sensitive_data_that_was_found_leaves_the_basis_to_a_person(scan, fact):
    content = {"datasets": [{**BASED, "special_categories": False, "offences": False}]}
    assert only("legal-basis", content).value == "open"
    decision = only("legal-basis", content, [found(scan=scan)])
    assert decision.value == "to_judge"
    assert fact in told(decision)


NO_CRITERIA = dict.fromkeys(
    (
        "on_mandatory_list", "article_35_3_case", "scoring", "automated_decision", "monitoring", "sensitive_data",
        "large_scale", "matching", "vulnerable_persons", "innovative", "blocks_a_right",
    ),
    False,
)  # fmt: skip


@pytest.mark.parametrize(
    ("dataset", "impact", "value"),
    [
        case({}, {}, "not_required", id="nothing says otherwise"),
        case({"special_categories": True}, {}, "to_judge", id="one that is denied"),
        case({"special_categories": True}, {"judged_needed": False}, "to_judge", id="judged on a wrong answer"),
        case({"special_categories": True, "minors": True}, {}, "required", id="two that are denied"),
        case({"offences": True}, {"large_scale": True}, "required", id="one denied, one stated"),
        case({"personal_data": False, "minors": True}, {}, "not_required", id="no persons"),
    ],
)
def test_a_criterion_that_other_facts_meet_counts_whatever_was_answered(dataset, impact, value):
    content = {
        "datasets": [{"id": "d", "personal_data": True, **dataset}],
        "impact": {**NO_CRITERIA, **impact},
        "system": {"is_general_purpose": False, "ai_act_class": "minimal"},
    }
    decision = only("dpia", content)
    assert decision.value == value
    named = "Criterion counted as met: “Is the processing about sensitive or highly personal data?” was answered “no”"
    assert (named in told(decision)) is bool(dataset.get("special_categories") or dataset.get("offences"))


ELSEWHERE = {"is_established_in_eu": False, "targets_persons_in_eu": False}


@pytest.mark.parametrize(
    ("actors", "value"),
    [
        case([], "out", id="nobody is here"),
        case([{"id": "x", "country": "US"}], "out", id="all are elsewhere"),
        case([{"id": "x", "country": "US"}, {"id": "host", "country": "IE"}], "gdpr", id="the host is here"),
        case([{"id": "us", "is_us": True, "country": "FR"}], "gdpr", id="we are here, whatever the answer"),
        case(
            [{"id": "p", "is_us": False, "places": ["publisher"], "country": "FR"}], "out", id="only published a set"
        ),
    ],
)
def test_the_establishment_of_each_party_counts(actors, value):
    content = {
        "datasets": [{"id": "d", "personal_data": True}],
        "actors": actors,
        "system": {**ELSEWHERE, "operational_use": "undefined"},
    }
    decision = only("regime", content)
    assert decision.value == value
    assert ("a party is established there" in told(decision)) is (value == "gdpr")


DECIDES = {"decides_purpose": True, "decides_means": True, "on_instructions_only": False}
OBEYS = {"decides_purpose": False, "decides_means": False, "on_instructions_only": True}
REUSES = {"decides_purpose": False, "decides_means": False, "on_instructions_only": False, "reuses_for_itself": True}
CLAUSES = dict.fromkeys(
    (
        "subject_and_duration", "instructions", "confidentiality", "security", "sub_processors", "rights", "assistance",
        "return_or_erasure", "audits",
    ),
    True,
)  # fmt: skip


def contracts(*parts, **clauses):
    content = {
        "operations": [{"id": "o", "parts": [{"actor": name, **part} for name, part in parts]}],
        "actors": [{"id": name, "contract": clauses.get(name, {})} for name, _ in parts],
    }
    return {subject: one.value for subject, one in decisions("processor-contract", content).items()}


def test_a_contract_is_one_processors_own():
    assert contracts(("a", OBEYS), ("b", OBEYS), a=CLAUSES, b=CLAUSES | {"audits": False}) == {
        "actors.a": "complete",
        "actors.b": "incomplete",
    }
    assert contracts(("a", OBEYS), ("b", OBEYS), a=CLAUSES)["actors.b"] == UNDETERMINED
    assert contracts(("a", DECIDES)) == {"": "no_processor"}


def test_a_processor_that_reuses_for_itself_needs_its_contract():
    assert contracts(("a", REUSES), a=CLAUSES | {"audits": False}) == {"actors.a": "incomplete"}
    assert contracts(("a", {**DECIDES, "reuses_for_itself": True})) == {"actors.a": UNDETERMINED}
    assert contracts(("a", {"on_instructions_only": False, "decides_purpose": False})) == {"actors.a": UNDETERMINED}


def test_a_processor_that_nobody_described_has_no_contract():
    content = {"operations": [{"id": "o", "parts": [{"actor": "x", **OBEYS}]}]}
    decision = only("processor-contract", content)
    assert (decision.subject, decision.value) == ("actors.x", UNDETERMINED)
    assert "actors.x" in decision.missing


TAKEN = {"manifestly_unlawful": False, "source_named": True, "known_decision_or_leak": False, "licence_allows": True}


@pytest.mark.parametrize(
    ("part", "datasets", "value"),
    [
        case(OBEYS, ["d"], "checked", id="no reuse by others"),
        case({**REUSES, "reuse_authorised": True}, ["d"], "checked", id="authorised"),
        case({**REUSES, "reuse_authorised": False}, ["d"], "not_allowed", id="not authorised"),
        case(REUSES, ["d"], UNDETERMINED, id="nobody said"),
        case({**REUSES, "reuse_authorised": False}, ["other"], "checked", id="another set"),
        case({**REUSES, "reuse_authorised": False}, None, "not_allowed", id="some set, nobody said which"),
    ],
)
def test_a_reuse_that_the_client_did_not_authorise_is_no_checked_one(part, datasets, value):
    content = {
        "datasets": [
            {
                "id": "d",
                "personal_data": True,
                "special_categories": False,
                "origins": ["public_dataset"],
                "reuse": TAKEN,
            }
        ],
        "operations": [{"id": "o", "datasets": datasets, "parts": [{"actor": "vendor", **part}]}],
    }
    assert only("reuse", content).value == value


@pytest.mark.parametrize("spares", ["purpose_announced", "for_research_or_statistics"])
def test_found_incompatible_is_not_outweighed(spares):
    reuse = {spares: True, "found_compatible": False}
    content = {"datasets": [{"id": "d", "personal_data": True, "origins": ["own_reuse"], "reuse": reuse}]}
    decision = only("reuse", content)
    assert decision.value == "not_allowed"
    assert "that conclusion prevails" in told(decision)
    reuse["found_compatible"] = None
    assert only("reuse", content).value == "no_test_needed"
    reuse |= {"found_compatible": False, "allowed_by_consent_or_law": True}
    assert only("reuse", content).value == "no_test_needed"


EXEMPTION = {"contact_is_disproportionate": True, "effort_weighed": True, "public_notice": True}


@pytest.mark.parametrize(
    ("origins", "information", "value"),
    [
        case(["scraping"], EXEMPTION, "exempt_public_notice", id="all from elsewhere"),
        case(["scraping", "collected"], EXEMPTION, "required", id="partly from the persons"),
        case(["user_conversations"], EXEMPTION, "required", id="what users type comes from them"),
        case(["own_reuse", "third_party"], {"collection_laid_down_by_law": True}, "required", id="by law, in part"),
        case(["scraping", "collected"], {"already_told_of_this_reuse": True}, "exempt_already_told", id="told both"),
    ],
)
def test_the_exemption_of_effort_holds_for_what_comes_from_elsewhere(origins, information, value):
    dataset = {
        "id": "d",
        "personal_data": True,
        "is_indirect": True,
        "origins": origins,
        "collected_from": "2026-01-31",
        "information": information,
    }
    decision = only("information", {"datasets": [dataset]})
    assert decision.value == value
    if value == "required":
        assert "holds only for what comes from elsewhere" in told(decision)
        assert "2026-01-31" in told(decision)


def test_a_public_task_that_we_are_said_not_to_hold_is_no_basis():
    content = {
        "datasets": [{**BASED, "special_categories": False, "offences": False}],
        "actors": [{"id": "us", "is_us": True, "has_public_task": False}],
    }
    assert only("legal-basis", content).value == "not_open"
    content["actors"].append({"id": "partner", "is_us": True, "has_public_task": True})
    assert only("legal-basis", content).value == "open"


@pytest.mark.parametrize(
    ("exception", "more", "system", "value"),
    [
        case(
            "archives_research_statistics",
            {},
            {"is_scientific_research": False},
            "missing_exception",
            id="no research",
        ),
        case("archives_research_statistics", {}, {"is_scientific_research": True}, "open", id="research"),
        case(
            "archives_research_statistics",
            {"reuse": {"for_research_or_statistics": True}},
            {"is_scientific_research": False},
            "open",
            id="statistics",
        ),
        case("care", {}, {"sectors": ["education"]}, "missing_exception", id="care, at school"),
        case("explicit_consent", {"consent_free": False}, {}, "missing_exception", id="consent that is not free"),
    ],
)
def test_an_exception_that_other_facts_contradict_is_not_open(exception, more, system, value):
    dataset = {**BASED, "special_categories": True, "offences": False, "article_9": exception, **more}
    assert only("legal-basis", {"datasets": [dataset], "system": system}).value == value


DIRECT = {"id": "d", "personal_data": True, "is_indirect": False, "origins": ["collected"]}
ABROAD = {"id": "us", "is_us": True, "country": "US", "receives_data": True, "transfer_tool": "none"}
COLLECTS = {"id": "c", "kind": "collect", "datasets": ["d"], "parts": [{"actor": "us", **DECIDES}]}
TRAINS = {"id": "t", "kind": "train", "datasets": ["d"], "parts": [{"actor": "us", **DECIDES}]}


@pytest.mark.parametrize(
    ("actor", "dataset", "operations", "value"),
    [
        case({}, {}, [COLLECTS, TRAINS], "none", id="collects from the persons, and trains on that"),
        case({"has_data_from_persons_only": True}, {}, None, "none", id="says so"),
        case({"has_data_from_persons_only": False}, {}, [COLLECTS], "not_framed", id="says otherwise"),
        case({}, {}, [TRAINS], "not_framed", id="somebody else collected"),
        case({}, {"is_indirect": True}, [COLLECTS], "not_framed", id="from elsewhere"),
        case({}, {"origins": ["collected", "third_party"]}, [COLLECTS], "not_framed", id="partly from a third party"),
        case({}, {}, [COLLECTS, {"id": "x"}], "not_framed", id="an operation that nobody described"),
    ],
)
def test_who_collects_from_the_persons_receives_no_transfer(actor, dataset, operations, value):
    content = {"datasets": [DIRECT | dataset], "actors": [ABROAD | actor], "operations": operations}
    assert decisions("transfer", content)["actors.us"].value == value


def test_what_a_contradiction_costs_is_looked_for_once(monkeypatch):
    from vidocq.dossier.assessment import assess as assessing

    calls = []
    monkeypatch.setattr(assessing, "contradictions", lambda *given: calls.append(given) or {})
    points = [referential()[name] for name in ("F0.01", "F7.05")]
    assessing.assess(State(facts=read_facts(NONE_STATED)), points, today=datetime.date(2026, 11, 25))
    assert len(calls) == 1


def test_claims_that_weigh_are_listed_among_the_facts_used():
    claimed = {"datasets": [{"id": "d", "personal_data": False, "claimed_anonymous": True}]}
    assert only("regime", claimed).used["datasets.d.claimed_anonymous"] is True
    models = [{"id": "m", "trained_on": ["d"], "is_derived": False, "is_third_party": True}]
    decision = only("model-status", {"datasets": [{"id": "d", "personal_data": False}], "models": models})
    assert decision.used["models.m.is_third_party"] is True


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(facts=facts(), evidence=evidence())
def test_a_fact_that_can_only_contradict_never_makes_an_answer_better(facts, evidence):
    content = facts.model_dump(mode="json", exclude_none=True)
    for rule in RULES.defaults():
        for decision in rule.decide(facts, evidence):
            if decision.value in rule.card.favourable:
                for path in decision.contradicting:
                    poorer = read_facts(without(content, path))
                    after = {one.subject: one.value for one in rule.decide(poorer, evidence)}
                    assert after[decision.subject] in rule.card.favourable, f"{rule.card.id} without {path}"


def test_every_rule_says_what_a_scan_contradicts():
    said = [one for one in decide_all(read_facts(NONE_STATED), Evidence((found(),))) if "a scan found" in told(one)]
    assert {one.rule for one in said} >= set(FAVOURABLE)
