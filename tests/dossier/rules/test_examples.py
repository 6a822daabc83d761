"""The publications' own examples, and the edges beside them, rule by rule."""

import datetime

import pytest

from vidocq.core.status import Status
from vidocq.dossier.decision import UNDETERMINED
from vidocq.dossier.evidence import Evidence, Piece
from vidocq.dossier.facts.facts import read_facts
from vidocq.dossier.rules.catalogue import RULES
from vidocq.dossier.rules.vulnerability import notify_before

from made_facts import HASHES

case = pytest.param
TODAY = datetime.date(2026, 11, 25)


def answers(rule, content, pieces=()):
    """Value by subject."""
    found = RULES[rule]().decide(read_facts(content), Evidence(tuple(pieces)))
    return {decision.subject: decision.value for decision in found}


def only(rule, content, pieces=()):
    (value,) = answers(rule, content, pieces).values()
    return value


DECIDES = {"decides_purpose": True, "decides_means": True, "on_instructions_only": False}
OBEYS = {"decides_purpose": False, "decides_means": False, "on_instructions_only": True}


@pytest.mark.parametrize(
    ("kind", "parts", "values"),
    [
        case("train", [{"actor": "lab", **DECIDES}], {"lab": "controller"}, id="trains for its own account"),
        case(
            "train",
            [{"actor": "one", **DECIDES}, {"actor": "two", **DECIDES}],
            {"one": "joint", "two": "joint"},
            id="hospitals that train together, federated",
        ),
        case(
            "share",
            [{"actor": "seller", **DECIDES}, {"actor": "buyer", **DECIDES}],
            {"seller": "to_judge", "buyer": "to_judge"},
            id="seller and buyer are not joint for that alone",
        ),
        case("host", [{"actor": "cloud", **OBEYS}], {"cloud": "processor"}, id="acts on instructions"),
        case(
            "train",
            [{"actor": "vendor", **OBEYS, "reuses_for_itself": True}],
            {"vendor": "controller_of_reuse"},
            id="provider that keeps its client's data for its own models",
        ),
        case("annotate", [{"actor": "firm", **OBEYS}], {"firm": "processor"}, id="annotator on instructions"),
        case(
            "annotate",
            [{"actor": "firm", **OBEYS, "chooses_labels": True}],
            {"firm": "to_judge"},
            id="annotator that chooses labels alone",
        ),
        case("annotate", [{"actor": "firm", **DECIDES}], {"firm": "controller"}, id="annotator that decides both"),
        case("train", [{"actor": "lab", "decides_purpose": True}], {"lab": "to_judge"}, id="purpose alone"),
        case("train", [{"actor": "lab"}], {"lab": UNDETERMINED}, id="nothing said"),
        case(
            "train",
            [{"actor": "one", **DECIDES}, {"actor": "two"}],
            {"one": UNDETERMINED, "two": UNDETERMINED},
            id="the other may decide as well",
        ),
        case(
            "train",
            [{"actor": "one", **DECIDES}, {"actor": "two", **DECIDES, "reuses_for_itself": True}],
            {"one": "controller", "two": "controller_of_reuse"},
            id="nobody is joint alone",
        ),
        case(
            "train",
            [{"actor": "lab", **DECIDES, "on_instructions_only": True}],
            {"lab": "to_judge"},
            id="says both",
        ),
    ],
)
def test_role(kind, parts, values):
    found = answers("role", {"operations": [{"id": "o", "kind": kind, "parts": parts}]})
    assert found == {f"operations.o.parts.{actor}": value for actor, value in values.items()}


def dataset(**facts):
    return {
        "datasets": [{"id": "d", "personal_data": True, "special_categories": False, "offences": False, **facts}],
        "actors": [{"id": "us", "is_us": True, "is_public_body": False}],
    }


@pytest.mark.parametrize(
    ("facts", "value"),
    [
        case({"personal_data": False}, "not_needed", id="no persons"),
        case(
            {"legal_basis": "consent", "consent_free": True, "consent_proven": True, "consent_withdrawable": True},
            "open",
            id="consent free and proven",
        ),
        case({"legal_basis": "consent", "consent_proven": False}, "not_open", id="consent without proof"),
        case(
            {
                "legal_basis": "consent",
                "consent_free": False,
                "consent_proven": True,
                "consent_withdrawable": True,
            },
            "not_open",
            id="consent of pupils to their school",
        ),
        case(
            {"legal_basis": "consent", "consent_proven": True, "consent_withdrawable": True},
            UNDETERMINED,
            id="nobody said whether consent is free",
        ),
        case(
            {"legal_basis": "public_task", "public_task_text": "a decree"}, "open", id="mission laid down by a text"
        ),
        case({"legal_basis": "public_task", "public_task_text": ""}, "not_open", id="mission without a text"),
        case(
            {"legal_basis": "contract", "strictly_needed": False}, "not_open", id="contract that does not require it"
        ),
        case({"legal_basis": "legitimate_interest"}, "depends_on_interest", id="private actor"),
        case(
            {"legal_basis": "public_task", "public_task_text": "a law", "special_categories": True},
            "missing_exception",
            id="health data without an exception of article 9",
        ),
        case(
            {
                "legal_basis": "public_task",
                "public_task_text": "a law",
                "special_categories": True,
                "article_9": "archives_research_statistics",
            },
            "open",
            id="hospital research with its exception",
        ),
        case(
            {"legal_basis": "public_task", "public_task_text": "a law", "offences": True},
            "missing_exception",
            id="offences without a law",
        ),
        case({"legal_basis": "vital_interests"}, "to_judge", id="vital interests"),
        case({}, UNDETERMINED, id="no basis said"),
    ],
)
def test_legal_basis(facts, value):
    assert only("legal-basis", dataset(**facts)) == value


def test_a_public_body_does_not_rely_on_its_interest_within_its_tasks():
    content = dataset(legal_basis="legitimate_interest")
    content["actors"][0]["is_public_body"] = True
    assert only("legal-basis", content) == "to_judge"


INTEREST = {
    "described": True,
    "is_lawful": True,
    "is_real_and_present": True,
    "alternatives_examined": True,
    "alternatives_suffice": False,
    "benefits_described": True,
    "harms_described": True,
    "expected_by_persons": True,
    "safeguards_described": True,
    "balance_found": "in_favour",
}
SCRAPING = dict.fromkeys(
    (
        "criteria_written_before",
        "unneeded_filtered",
        "site_types_excluded",
        "irrelevant_erased",
        "sensitive_excluded",
        "objecting_sites_excluded",
    ),
    True,
)
CHATS = {"users_informed": True, "opt_out_without_reason": True, "deidentified": True, "sensitive_excluded": True}


@pytest.mark.parametrize(
    ("facts", "interest", "value"),
    [
        case({"origins": ["collected"]}, {}, "conditions_documented", id="all examined"),
        case({"origins": ["scraping"], "scraping": SCRAPING}, {}, "conditions_documented", id="scraping, all met"),
        *[
            case(
                {"origins": ["scraping"], "scraping": SCRAPING | {name: False}},
                {},
                "condition_missing",
                id=f"scraping without {name}",
            )
            for name in SCRAPING
        ],
        case(
            {"origins": ["scraping"], "scraping": {**SCRAPING, "terms_respected": False}},
            {},
            "conditions_documented",
            id="terms of use are recommended, not required",
        ),
        case(
            {"origins": ["user_conversations"], "conversations": CHATS},
            {},
            "conditions_documented",
            id="conversations with their safeguards",
        ),
        *[
            case(
                {"origins": ["user_conversations"], "conversations": CHATS | {name: False}},
                {},
                value,
                id=f"conversations without {name}",
            )
            for name, value in [
                ("users_informed", "condition_missing"),
                ("opt_out_without_reason", "condition_missing"),
                ("deidentified", "condition_missing"),
                ("sensitive_excluded", "to_judge"),
            ]
        ],
        case({"origins": ["collected"]}, {"balance_found": "against"}, "condition_missing", id="balance against"),
        case({"origins": ["collected"]}, {"alternatives_suffice": True}, "condition_missing", id="less would do"),
        case({"origins": ["collected"]}, {"expected_by_persons": False}, "to_judge", id="not expected"),
        case({"origins": ["collected"], "legal_basis": "consent"}, {}, "not_relied_on", id="another basis"),
        case({"origins": ["collected"]}, {"is_lawful": None}, UNDETERMINED, id="an answer is missing"),
    ],
)
def test_interest(facts, interest, value):
    content = {
        **dataset(**{"legal_basis": "legitimate_interest", **facts}),
        "interest": {**INTEREST, **interest},
        "system": {"is_prohibited_practice": False},
    }
    assert only("interest", content) == value


def test_a_prohibited_practice_is_no_lawful_interest():
    content = {
        **dataset(legal_basis="legitimate_interest", origins=["collected"]),
        "interest": INTEREST,
        "system": {"is_prohibited_practice": True},
    }
    assert only("interest", content) == "condition_missing"


FACTORS = dict.fromkeys(
    ("link_judged", "context_judged", "nature_judged", "effects_judged", "safeguards_judged"), True
)
TAKEN = {"manifestly_unlawful": False, "source_named": True, "known_decision_or_leak": False, "licence_allows": True}


@pytest.mark.parametrize(
    ("origins", "reuse", "value"),
    [
        case(["collected"], {}, "first_use", id="collected for this"),
        case(["own_reuse"], {"purpose_announced": True}, "no_test_needed", id="announced at collection"),
        case(["own_reuse"], {"for_research_or_statistics": True}, "no_test_needed", id="research"),
        case(["own_reuse"], {**FACTORS, "found_compatible": True}, "found_compatible", id="five factors"),
        case(["own_reuse"], {**FACTORS, "found_compatible": False}, "not_allowed", id="found incompatible"),
        case(
            ["own_reuse"],
            {**FACTORS, "effects_judged": False, "found_compatible": True},
            "to_judge",
            id="four factors",
        ),
        case(["own_reuse"], {"found_compatible": True}, UNDETERMINED, id="a conclusion without the test"),
        case(["public_dataset"], TAKEN, "checked", id="public set"),
        case(["public_dataset"], {**TAKEN, "manifestly_unlawful": True}, "not_allowed", id="from a leak"),
        case(["public_dataset"], {**TAKEN, "source_named": False}, "to_judge", id="no source"),
        case(["third_party"], TAKEN, "checked", id="broker without an agreement: recommended, not required"),
        case(
            ["public_dataset", "own_reuse"],
            {**TAKEN, "purpose_announced": True, "licence_allows": False},
            "not_allowed",
            id="the stricter of both",
        ),
    ],
)
def test_reuse(origins, reuse, value):
    assert only("reuse", dataset(origins=origins, reuse=reuse)) == value


NO_CRITERIA = dict.fromkeys(
    (
        "on_mandatory_list", "article_35_3_case", "scoring", "automated_decision", "monitoring", "sensitive_data",
        "large_scale", "matching", "vulnerable_persons", "innovative", "blocks_a_right",
    ),
    False,
)  # fmt: skip


@pytest.mark.parametrize(
    ("impact", "system", "value"),
    [
        case({}, {}, "not_required", id="no criterion"),
        case({"large_scale": True, "sensitive_data": True}, {}, "required", id="two criteria"),
        case({"large_scale": True}, {}, "to_judge", id="one criterion"),
        case({"large_scale": True, "judged_needed": False}, {}, "not_required", id="one criterion, judged"),
        case({"on_mandatory_list": True}, {}, "required", id="on the list"),
        case({"on_exempt_list": True, "large_scale": True, "scoring": True}, {}, "not_required", id="exempt"),
        case({}, {"ai_act_class": "high_risk"}, "required", id="high risk"),
        case({}, {"is_general_purpose": True}, "to_judge", id="general-purpose"),
        case({"innovative": None}, {}, UNDETERMINED, id="a criterion is not known"),
        case({"innovative": None, "scoring": True, "matching": True}, {}, "required", id="two suffice"),
    ],
)
def test_dpia(impact, system, value):
    content = {
        **dataset(),
        "impact": {**NO_CRITERIA, **impact},
        "system": {"is_general_purpose": False, "ai_act_class": "minimal", **system},
    }
    assert only("dpia", content) == value


@pytest.mark.parametrize(
    ("impact", "value"),
    [
        ({"residual_risk_high": True, "done_on": "2026-01-01"}, "required"),
        ({"residual_risk_high": False, "done_on": "2026-01-01"}, "not_required"),
        ({"residual_risk_high": False}, UNDETERMINED),
        ({}, UNDETERMINED),
    ],
)
def test_prior_consultation(impact, value):
    assert only("prior-consultation", {**dataset(), "impact": impact}) == value


EXEMPTION = {"contact_is_disproportionate": True, "effort_weighed": True, "public_notice": True}


@pytest.mark.parametrize(
    ("indirect", "information", "value"),
    [
        case(False, EXEMPTION, "required", id="direct collection: no exemption of effort"),
        case(True, EXEMPTION, "exempt_public_notice", id="disproportionate, weighed, published"),
        case(True, {**EXEMPTION, "effort_weighed": False}, "required", id="not weighed"),
        case(True, {**EXEMPTION, "public_notice": False}, "required", id="no public notice"),
        case(True, {"already_told_of_this_reuse": True}, "exempt_already_told", id="told precisely"),
        case(True, {"collection_laid_down_by_law": True}, "exempt_by_law", id="laid down by law"),
        case(True, {}, "required", id="nothing exempts"),
        case(None, EXEMPTION, UNDETERMINED, id="direct or not is unknown"),
    ],
)
def test_information(indirect, information, value):
    assert only("information", dataset(is_indirect=indirect, information=information)) == value


def test_the_last_day_to_tell_is_the_first_of_three():
    facts = read_facts(
        dataset(is_indirect=True, collected_from="2026-01-31", information={"first_disclosure_on": "2026-02-20"})
    )
    (decision,) = RULES["information"]().decide(facts, Evidence())
    assert any("2026-02-20" in reason.en for reason in decision.reasons)
    facts = read_facts(dataset(is_indirect=True, collected_from="2026-01-31"))
    (decision,) = RULES["information"]().decide(facts, Evidence())
    assert any("2026-02-28" in reason.en for reason in decision.reasons)


def told(**more):
    (decision,) = RULES["information"]().decide(read_facts(dataset(**more)), Evidence())
    return decision


def test_data_that_the_controller_generates_falls_under_article_14():
    """C-169/23: the exemption of article 14(5)(c) holds for data generated by the controller itself."""
    made = {"origins": ["generated"], "is_indirect": False, "information": {"collection_laid_down_by_law": True}}
    assert told(**made).value == "exempt_by_law"
    assert told(**{**made, "origins": ["generated", "collected"]}).value == "required"
    assert told(**{**made, "origins": ["scraping"], "is_indirect": None, "information": {}}).value == "required"


def test_data_from_the_persons_is_told_at_collection():
    decision = told(is_indirect=False, collected_from="2026-01-31")
    assert any("2026-01-31" in reason.en and "13(1)" in reason.en for reason in decision.reasons)


def test_a_reuse_is_told_before_the_first_training():
    models = [{"id": name, "trained_on": ["d"], "training_started_on": day} for name, day in DAYS.items()]
    content = {**dataset(is_indirect=False, origins=["own_reuse"]), "models": models}
    (decision,) = RULES["information"]().decide(read_facts(content), Evidence())
    assert any("2026-03-01" in reason.en and "14(4)" in reason.en for reason in decision.reasons)
    assert "models.c.training_started_on" in decision.missing


DAYS = {"a": "2026-05-01", "b": "2026-03-01", "c": None}


@pytest.mark.parametrize(
    ("actor", "value"),
    [
        ({"country": "FR"}, "none"),
        ({"country": "CH", "receives_data": True, "transfer_tool": "adequacy"}, "framed"),
        ({"country": "US", "receives_data": True, "transfer_tool": "adequacy"}, "to_judge"),
        ({"country": "BR", "receives_data": True, "transfer_tool": "adequacy"}, "to_judge"),
        ({"country": "BR", "receives_data": True, "transfer_tool": "standard_clauses"}, UNDETERMINED),
        (
            {"country": "BR", "receives_data": True, "transfer_tool": "standard_clauses", "transfer_assessed": True},
            "framed",
        ),
        (
            {"country": "BR", "receives_data": True, "transfer_tool": "standard_clauses", "transfer_assessed": False},
            "not_framed",
        ),
        ({"country": "BR", "receives_data": True, "transfer_tool": "derogation"}, "to_judge"),
        ({"country": "BR", "receives_data": True, "transfer_tool": "none"}, "not_framed"),
        ({"country": "BR", "receives_data": False}, "none"),
        ({}, UNDETERMINED),
    ],
)
def test_transfers(actor, value):
    assert only("transfer", {"actors": [{"id": "x", **actor}]}) == value


def test_a_set_that_lies_elsewhere_with_nobody_there_is_to_judge():
    content = {"datasets": [{"id": "d", "countries": ["FR", "US"]}], "actors": [{"id": "x", "country": "FR"}]}
    assert answers("transfer", content)["datasets.d"] == "to_judge"


CLAUSES = dict.fromkeys(
    (
        "subject_and_duration", "instructions", "confidentiality", "security", "sub_processors", "rights", "assistance",
        "return_or_erasure", "audits",
    ),
    True,
)  # fmt: skip


@pytest.mark.parametrize(
    ("clauses", "value"),
    [(CLAUSES, "complete"), (CLAUSES | {"audits": False}, "incomplete"), (CLAUSES | {"audits": None}, UNDETERMINED)],
)
def test_processor_contract(clauses, value):
    content = {
        "operations": [{"id": "o", "parts": [{"actor": "x", **OBEYS}]}],
        "actors": [{"id": "x", "contract": clauses}],
    }
    assert only("processor-contract", content) == value


@pytest.mark.parametrize(
    ("actor", "targets", "value"),
    [
        ({"country": "FR"}, True, "not_required"),
        ({"country": "US", "eu_representative": True}, True, "designated"),
        ({"country": "US", "eu_representative": False}, True, "absent"),
        ({"country": "US"}, False, "not_required"),
        ({"country": "US", "is_public_body": True}, True, "not_required"),
        ({"country": "US"}, True, UNDETERMINED),
    ],
)
def test_representative(actor, targets, value):
    content = {"actors": [{"id": "x", **actor}], "system": {"targets_persons_in_eu": targets}}
    assert only("representative", content) == value


MODEL = {
    "id": "m",
    "trained_on": ["d"],
    "is_derived": False,
    "declared_personal": False,
    "designed_to_output_persons": False,
    "sha256": HASHES[0],
    "reach": ["api"],
    "vulnerability": {"is_known": False},
}
LOW = dict.fromkeys(
    (
        "identifying_data", "rare_data", "repetition", "size_ratio", "overfitting", "lack_of_safeguards", "function",
        "precedents",
    ),
    "low",
)  # fmt: skip


def status(model=None, pieces=(), rule="model-status", **more):
    return answers(rule, {**dataset(), "models": [{**MODEL, **(model or {})}], **more}, pieces)


def audited(verdict, access="probabilities", *, scope="model", version=HASHES[0], measurement="audit", suite=""):
    return Piece(
        measurement=measurement,
        subject="models.m",
        scope=scope,
        access=access,
        status=verdict,
        inputs={"model": version},
        suite=suite,
    )


@pytest.mark.parametrize(
    ("model", "pieces", "value"),
    [
        case({}, [], "tests_required", id="never presumed anonymous"),
        case(
            {"indices": {**LOW, "judged_by": "DPO"}, "vulnerability": {"is_known": True, "data_extracted": True}},
            [],
            "leak_shown",
            id="data was extracted, whatever the indices",
        ),
        case(
            {"vulnerability": {"is_known": True}},
            [audited(Status.SATISFIED, "logprobs")],
            "tests_required",
            id="a weakness is known",
        ),
        case({"declared_personal": True}, [], "declared_personal", id="its provider says so"),
        case({"designed_to_output_persons": True}, [], "made_to_output", id="voice of a person"),
        case({"indices": {**LOW, "judged_by": "DPO"}}, [], "indices_low", id="all indices low"),
        case({"indices": LOW}, [], "tests_required", id="indices that nobody judged"),
        case(
            {"indices": {**LOW, "rare_data": None, "judged_by": "DPO"}}, [], "tests_required", id="an index missing"
        ),
        case(
            {"indices": {**LOW, "rare_data": "some", "judged_by": "DPO"}}, [], "tests_required", id="an index not low"
        ),
        case({}, [audited(Status.SATISFIED, "logprobs")], "elements_in_favour", id="nothing found at this access"),
        case({}, [audited(Status.SATISFIED, "labels")], "tests_required", id="less access says nothing of more"),
        case(
            {"api_gives": "labels"},
            [audited(Status.SATISFIED, "labels")],
            "elements_in_favour",
            id="labels are all it gives",
        ),
        case({}, [audited(Status.SATISFIED, "weights")], "elements_in_favour", id="more access covers less"),
        case(
            {}, [audited(Status.NOT_SATISFIED, "labels")], "leak_shown", id="a leak with less access is one with more"
        ),
        case(
            {"api_gives": "labels"}, [audited(Status.NOT_SATISFIED, "weights")], "tests_required", id="beyond the API"
        ),
        case({}, [audited(Status.INCONCLUSIVE, "logprobs")], "tests_required", id="inconclusive"),
        case(
            {},
            [audited(Status.SATISFIED, "logprobs", version=HASHES[1])],
            "tests_required",
            id="another version was tested",
        ),
        case(
            {"sha256": None},
            [audited(Status.SATISFIED, "logprobs")],
            "tests_required",
            id="which version is not known",
        ),
        case(
            {},
            [audited(Status.NOT_SATISFIED, "logprobs"), audited(Status.SATISFIED, "logprobs")],
            "leak_shown",
            id="a leak once shown stays",
        ),
        case(
            {"indices": {**LOW, "judged_by": "DPO"}},
            [audited(Status.NOT_SATISFIED)],
            "leak_shown",
            id="a leak beats low indices",
        ),
    ],
)
def test_model_status(model, pieces, value):
    assert status(model, pieces) == {"models.m/api": value}


def test_one_answer_for_each_access():
    pieces = [
        audited(Status.NOT_SATISFIED, "weights", measurement="structure"),
        audited(Status.SATISFIED, "logprobs"),
    ]
    assert status({"reach": ["weights", "api", "system"]}, pieces) == {
        "models.m/api": "elements_in_favour",
        "models.m/system": "tests_required",
        "models.m/weights": "leak_shown",
    }


@pytest.mark.parametrize(
    ("model", "pieces", "value"),
    [
        case(
            {}, [audited(Status.NOT_SATISFIED, "text", scope="system")], "leak_shown", id="through the whole system"
        ),
        case({}, [audited(Status.SATISFIED, "text", scope="system")], "elements_in_favour", id="the system attacked"),
        case({}, [audited(Status.SATISFIED, "labels")], "tests_required", id="the bare model, by labels alone"),
        case({}, [audited(Status.SATISFIED, "weights")], "elements_in_favour", id="the bare model, by its weights"),
        case({}, [audited(Status.NOT_SATISFIED, "weights")], "tests_required", id="the bare model leaks"),
        case(
            {},
            [audited(Status.NOT_SATISFIED, "labels"), audited(Status.SATISFIED, "weights")],
            "tests_required",
            id="the bare model leaks by labels",
        ),
    ],
)
def test_status_behind_a_system(model, pieces, value):
    assert status({**model, "reach": ["system"]}, pieces) == {"models.m/system": value}


def test_a_second_look_may_settle_what_the_first_left_open():
    looks = [audited(Status.INCONCLUSIVE, "logprobs"), audited(Status.SATISFIED, "logprobs")]
    assert status({}, looks) == {"models.m/api": "elements_in_favour"}
    assert status({}, looks[::-1]) == {"models.m/api": "tests_required"}


def test_what_was_measured_counts_against_indices_declared_low():
    low = {"indices": {**LOW, "judged_by": "DPO"}}
    index = Piece(measurement="index-repetition", subject="models.m", status=Status.NOT_SATISFIED)
    assert status(low, [index]) == {"models.m/api": "tests_required"}
    assert status(low, [audited(Status.SATISFIED, "labels")]) == {"models.m/api": "indices_low"}
    assert status(low, [audited(Status.INCONCLUSIVE, "labels")]) == {"models.m/api": "tests_required"}


def test_direct_evidence_without_a_level_concerns_whoever_holds_the_weights():
    found = [audited(Status.NOT_SATISFIED, "", measurement="structure")]
    assert status({"reach": ["weights"]}, found) == {"models.m/weights": "leak_shown"}
    assert status({"reach": ["api"]}, found) == {"models.m/api": "tests_required"}


def test_what_a_base_model_learned_counts():
    models = [{**MODEL, "trained_on": ["none"], "is_derived": True, "base_model": "base"}, {**MODEL, "id": "base"}]
    content = {
        "datasets": [{"id": "d", "personal_data": True}, {"id": "none", "personal_data": False}],
        "models": models,
    }
    assert answers("model-status", content)["models.m/api"] == "tests_required"
    content["datasets"][0]["personal_data"] = False
    assert answers("model-status", content)["models.m/api"] == "not_trained_on_personal_data"
    models[0]["base_model"] = "unknown"
    assert answers("model-status", content)["models.m/api"] == UNDETERMINED
    models[0]["base_model"] = "m"  # a circle
    assert answers("model-status", content)["models.m/api"] == UNDETERMINED


BEHIND = {"only_through_system": True, "filters_in_place": True}


@pytest.mark.parametrize(
    ("embedding", "pieces", "value"),
    [
        case(BEHIND, [audited(Status.SATISFIED, "text", scope="system")], "elements_in_favour", id="attacks failed"),
        case(BEHIND, [], "tests_required", id="not tested as a whole"),
        case(
            BEHIND,
            [audited(Status.SATISFIED, "text")],
            "tests_required",
            id="the bare model was tested, not the system",
        ),
        case(
            BEHIND,
            [audited(Status.NOT_SATISFIED, "text", scope="system")],
            "leak_shown",
            id="the filters were passed",
        ),
        case({**BEHIND, "only_through_system": False}, [], "in_scope", id="its weights are open as well"),
        case({**BEHIND, "filters_in_place": False}, [], "in_scope", id="no filter"),
        case({"filters_in_place": True}, [], UNDETERMINED, id="other ways to it are not known"),
    ],
)
def test_system_status(embedding, pieces, value):
    behind = {"reach": ["system"], "open_weights": False, "embedding": embedding}
    assert status(behind, pieces, rule="system-status", releases=[]) == {"models.m": value}


def behind(measurement, status, guard):
    """A piece of evidence about the system behind filters of one policy."""
    piece = audited(status, "text", measurement=measurement, scope="system")
    return piece._replace(inputs={**piece.inputs, "guard": guard})


@pytest.mark.parametrize(
    ("pieces", "system", "model"),
    [
        case([behind("guard-evasion", Status.NOT_SATISFIED, "a")], "in_scope", "tests_required", id="values pass"),
        case(
            [behind("guard-evasion", Status.NOT_SATISFIED, "a"), behind("guard-evasion", Status.SATISFIED, "b")],
            "tests_required",
            "tests_required",
            id="other filters since",
        ),
        case(
            [behind("guard-evasion", Status.SATISFIED, "a"), behind("audit", Status.SATISFIED, "a")],
            "elements_in_favour",
            "elements_in_favour",
            id="filters hold and attacks fail",
        ),
        case(
            [behind("guard-evasion", Status.NOT_SATISFIED, "a"), behind("audit", Status.SATISFIED, "a")],
            "in_scope",
            "elements_in_favour",
            id="attacks fail though values pass",
        ),
        case(
            [behind("audit", Status.NOT_SATISFIED, "a"), behind("guard-evasion", Status.SATISFIED, "a")],
            "leak_shown",
            "leak_shown",
            id="a leak behind these filters",
        ),
        case(
            [behind("audit", Status.NOT_SATISFIED, "a"), behind("guard-evasion", Status.SATISFIED, "b")],
            "tests_required",
            "tests_required",
            id="a leak behind filters that are there no more",
        ),
        case(
            [behind("audit", Status.SATISFIED, "a"), behind("guard-evasion", Status.SATISFIED, "b")],
            "tests_required",
            "tests_required",
            id="no leak behind filters that are there no more",
        ),
        case([behind("guard-attacks", Status.NOT_SATISFIED, "a")], "leak_shown", "leak_shown", id="drawn from it"),
    ],
)
def test_evidence_about_filters_is_no_attack_and_goes_with_them(pieces, system, model):
    facts = {"reach": ["system"], "open_weights": False, "embedding": BEHIND}
    assert status(facts, pieces, rule="system-status", releases=[]) == {"models.m": system}
    assert status({"reach": ["system"]}, pieces) == {"models.m/system": model}


@pytest.mark.parametrize(
    ("model", "releases", "value"),
    [
        case({"reach": ["system", "weights"]}, [], "in_scope", id="the weights are given as well"),
        case({"open_weights": True}, [], "in_scope", id="the weights are open"),
        case({}, [{"id": "r", "model": "m", "reach": ["api"]}], "in_scope", id="a release has an API"),
        case(
            {}, [{"id": "r", "model": "other", "reach": ["api"]}], "elements_in_favour", id="another model's release"
        ),
        case({}, [{"id": "r", "model": "m"}], UNDETERMINED, id="a release that does not say"),
        case({}, None, UNDETERMINED, id="what was released is not known"),
        case({"open_weights": None}, [], UNDETERMINED, id="open weights or not is not known"),
    ],
)
def test_a_system_is_out_only_if_no_other_answer_says_otherwise(model, releases, value):
    behind = {"reach": ["system"], "open_weights": False, "embedding": BEHIND, **model}
    pieces = [audited(Status.SATISFIED, "text", scope="system")]
    assert status(behind, pieces, rule="system-status", releases=releases) == {"models.m": value}


def test_a_later_look_at_a_system_stands_for_the_one_before():
    behind = {"reach": ["system"], "open_weights": False, "embedding": BEHIND}
    pieces = [audited(word, "text", scope="system") for word in (Status.INCONCLUSIVE, Status.SATISFIED)]
    assert status(behind, pieces, rule="system-status", releases=[])["models.m"] == "elements_in_favour"
    assert status(behind, pieces[::-1], rule="system-status", releases=[])["models.m"] == "tests_required"


PLANNED = {"next_review_on": "2027-01-01", "vulnerability": {"is_known": False}}


@pytest.mark.parametrize(
    ("model", "pieces", "value"),
    [
        case(PLANNED, [], "planned", id="a date is set"),
        case({**PLANNED, "next_review_on": None}, [], UNDETERMINED, id="no date"),
        case(PLANNED, [audited(Status.SATISFIED, version=HASHES[1])], "due_now", id="the model has changed"),
        case({**PLANNED, "is_derived": True}, [], "due_now", id="fine-tuned and not tested"),
        case({**PLANNED, "vulnerability": {"is_known": True}}, [], "due_now", id="a vulnerability"),
    ],
)
def test_review(model, pieces, value):
    assert status(model, pieces, rule="review", releases=[]) == {"models.m": value}


@pytest.mark.parametrize(
    ("releases", "value"),
    [
        case(None, UNDETERMINED, id="nobody said what was released"),
        case([{"id": "r", "model": "m"}], UNDETERMINED, id="through which access is not known"),
        case([{"id": "r", "reach": ["weights"]}], UNDETERMINED, id="of which model is not known"),
        case([{"id": "r", "model": "m", "reach": ["api"]}], "planned", id="as foreseen"),
    ],
)
def test_a_review_is_planned_only_where_releases_are_known(releases, value):
    assert status(PLANNED, rule="review", releases=releases) == {"models.m": value}


def test_a_newer_version_of_the_suite_calls_for_a_review():
    then = audited(Status.SATISFIED, suite="quick 2")
    now = Piece(
        measurement="audit", subject="models.other", access="labels", status=Status.SATISFIED, suite="quick 3"
    )
    other = Piece(
        measurement="audit", subject="models.other", access="labels", status=Status.SATISFIED, suite="full 3"
    )
    assert status(PLANNED, [then, other], rule="review", releases=[]) == {"models.m": "planned"}
    assert status(PLANNED, [then, now], rule="review", releases=[]) == {"models.m": "due_now"}
    assert status(PLANNED, [then, now, audited(Status.SATISFIED, suite="quick 3")], rule="review", releases=[]) == {
        "models.m": "planned"
    }


def test_a_release_with_wider_access_calls_for_a_review():
    content = {
        **dataset(),
        "models": [{**MODEL, **PLANNED}],
        "releases": [{"id": "r", "model": "m", "reach": ["weights"]}],
    }
    assert only("review", content) == "due_now"


@pytest.mark.parametrize(
    ("found", "value"),
    [
        ({}, UNDETERMINED),
        ({"is_known": False}, "none_stated"),
        ({"is_known": True}, "fix"),
        ({"found_on": "2026-01-01", "data_extracted": False}, "fix"),
        ({"data_extracted": True}, "notify_authority"),
        ({"data_extracted": True, "risk_unlikely": True, "high_risk_for_persons": False}, "record"),
        ({"data_extracted": True, "risk_unlikely": True}, "notify_authority"),
        ({"data_extracted": True, "high_risk_for_persons": True}, "notify_persons"),
    ],
)
def test_vulnerability(found, value):
    assert status({"vulnerability": found}, rule="vulnerability") == {"models.m": value}


def test_the_clock_of_72_hours_is_told():
    def reasons(found):
        content = {
            "models": [{**MODEL, "vulnerability": found}],
            "security": {"breach_known_on": "2026-02-27T15:30:00"},
        }
        (decision,) = RULES["vulnerability"]().decide(read_facts(content), Evidence())
        return " ".join(reason.en for reason in decision.reasons)

    assert "2026-03-02 at 15:30" in reasons({"data_extracted": True})
    assert "72 hours)" not in reasons({"data_extracted": True, "risk_unlikely": True, "high_risk_for_persons": False})
    assert "Say whether personal data was extracted" in reasons({"is_known": True})


def test_the_last_day_of_the_calendar_breaks_nothing():
    last = datetime.datetime.max
    assert notify_before(last) == last
    assert notify_before(datetime.datetime(2026, 1, 1)) == datetime.datetime(2026, 1, 4)


@pytest.mark.parametrize("claim", ["claimed_anonymous", "is_synthetic"])
def test_a_claim_has_to_be_shown_before_there_are_no_persons(claim):
    content = {"datasets": [{"id": "d", "personal_data": False, claim: True}]}
    assert only("regime", content) == UNDETERMINED
    assert only("information", content) == UNDETERMINED
    content["datasets"][0]["anonymity_shown"] = True
    assert only("regime", content) == "out"


@pytest.mark.parametrize("trained_on", [[], ["d"]])
def test_what_a_third_party_trained_on_is_not_known(trained_on):
    content = {
        "datasets": [{"id": "d", "personal_data": False}],
        "models": [{**MODEL, "trained_on": trained_on, "is_third_party": True}],
    }
    assert only("model-status", content) == UNDETERMINED


def test_no_data_set_yet_settles_nothing():
    assert only("regime", {"datasets": []}) == UNDETERMINED
    assert only("dpia", {"datasets": [], "impact": NO_CRITERIA}) == UNDETERMINED


def test_a_prohibited_practice_needs_no_impact_assessment_to_be_stopped():
    system = {"is_general_purpose": False, "ai_act_class": "prohibited"}
    assert only("dpia", {**dataset(), "impact": NO_CRITERIA, "system": system}) == "to_judge"


def test_the_overseas_parts_of_the_union_are_no_transfer():
    assert only("transfer", {"actors": [{"id": "x", "country": "RE"}]}) == "none"


def test_who_concludes_is_a_person_so_the_points_go_on_applying():
    """Elements in favour, and low indices, take no duty away."""
    from vidocq.dossier.referential.catalogue import referential
    from vidocq.dossier.referential.truth import truth
    from vidocq.dossier.rules.catalogue import decide_all

    facts = read_facts(
        {**dataset(), "models": [MODEL], "rights": {"some_upheld": True, "retraining_proportionate": True}}
    )
    decisions = decide_all(facts, Evidence((audited(Status.SATISFIED, "logprobs"),)))
    assert "elements_in_favour" in {one.value for one in decisions}
    for name in ("F10.06", "F10.07", "F13.21"):
        point = referential()[name]
        item = "models.m" if point.per else ""
        assert truth(point.applies, facts, decisions, item=item, today=TODAY).value is True, name
