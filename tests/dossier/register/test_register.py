"""The register says what the facts say, names what is left to complete, and invents nothing."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vidocq.core.text import Text
from vidocq.dossier.decision import UNDETERMINED, Decision
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.dataset import DataSet
from vidocq.dossier.facts.facts import read_facts, stated
from vidocq.dossier.register import build_register

HOSPITAL = {
    "system": {"purpose": "Triage of emergencies", "is_established_in_eu": True},
    "datasets": [
        {
            "id": "stays",
            "title": "Stays",
            "personal_data": True,
            "person_categories": ["patients"],
            "categories": ["diagnoses"],
            "special_categories": True,
            "offences": False,
            "minors": True,
            "vulnerable": False,
            "retention_until": "2030-01-31",
            "countries": ["FR"],
        }
    ],
    "actors": [
        {
            "id": "hospital",
            "title": "Hospital",
            "is_us": True,
            "has_dpo": False,
            "country": "FR",
            "places": ["designer"],
        },
        {
            "id": "labels",
            "title": "Label house",
            "is_us": False,
            "country": "MA",
            "places": ["annotator"],
            "transfer_tool": "standard_clauses",
        },
    ],
    "operations": [
        {
            "id": "annotate",
            "kind": "annotate",
            "title": "Severity of stays",
            "datasets": ["stays"],
            "parts": [{"actor": "hospital"}, {"actor": "labels"}],
        }
    ],
    "security": {"measures": ["encryption at rest"]},
}
QUESTION = {"actors.labels.transfer_assessed": Text(fr="Évaluée ?", en="Assessed?")}


def decision(rule, subject, value, missing=()):
    return Decision(rule=rule, subject=subject, value=value, used={}, missing=dict(missing), reasons=())


def role(actor, value, operation="annotate"):
    return decision("role", f"operations.{operation}.parts.{actor}", value)


DECISIONS = (
    role("hospital", "controller"),
    role("labels", "processor"),
    decision("transfer", "actors.hospital", "none"),
    decision("transfer", "actors.labels", "framed"),
)


def lines(entry, article):
    return [line.en for column in entry.columns if column.article == article for line in column.lines]


def missing(entry, article):
    return {path for column in entry.columns if column.article == article for path in column.missing}


def made(changes, decisions=DECISIONS):
    content = copy.deepcopy(HOSPITAL)
    changes(content)
    return build_register(read_facts(content), decisions)


def test_the_controllers_entry_has_every_column_of_article_30_1():
    register = build_register(read_facts(HOSPITAL), DECISIONS)
    (entry,) = register.controller
    assert register.processor == register.not_entered == ()
    assert [column.article for column in entry.columns] == [
        "30.1.a", "30.1.b", "30.1.c", "30.1.c", "30.1.d", "30.1.e", "30.1.f", "30.1.g",
    ]  # fmt: skip
    assert lines(entry, "30.1.a") == ["Hospital", "No data protection officer is designated."]
    assert lines(entry, "30.1.b") == ["Triage of emergencies", "annotation of data", "Severity of stays"]
    assert lines(entry, "30.1.c") == [
        "Stays: patients", "Stays: minors", "Stays: diagnoses", "Stays: sensitive data (article 9)",
    ]  # fmt: skip
    assert lines(entry, "30.1.d") == ["Label house (annotator)"]
    assert lines(entry, "30.1.e") == ["Label house, MA: standard contractual clauses"]
    assert lines(entry, "30.1.f") == ["Stays: kept until 31\u00a0January\u00a02030"]
    assert lines(entry, "30.1.g") == ["encryption at rest"]


def test_contact_details_are_never_in_the_facts_so_the_entry_stays_to_complete():
    (entry,) = build_register(read_facts(HOSPITAL), DECISIONS).controller
    assert missing(entry, "30.1.a") == {"actors.hospital.contact"}
    assert not entry.is_complete
    assert [column.is_complete for column in entry.columns] == [False] + [True] * 7


def test_the_annotator_keeps_the_processors_register():
    def annotator_is_us(content):
        content["actors"][0]["is_us"], content["actors"][1]["is_us"] = False, True

    register = made(annotator_is_us)
    assert register.controller == ()
    (entry,) = register.processor
    assert [column.article for column in entry.columns] == ["30.2.a", "30.2.b", "30.2.c", "30.2.d"]
    assert "On behalf of: Hospital" in lines(entry, "30.2.a")
    assert lines(entry, "30.2.b") == ["annotation of data", "Severity of stays"]
    assert lines(entry, "30.2.c") == ["No transfer outside the EEA, by the countries stated."]


def test_a_provider_that_reuses_client_data_keeps_both():
    def annotator_is_us(content):
        content["actors"][0]["is_us"], content["actors"][1]["is_us"] = False, True
        content["operations"][0]["parts"][1]["reuses_for_itself"] = True

    register = made(annotator_is_us, (*DECISIONS[:1], role("labels", "controller_of_reuse"), *DECISIONS[2:]))
    (own,), (for_client,) = register.controller, register.processor
    assert own.is_own_reuse
    assert not for_client.is_own_reuse
    assert lines(own, "30.1.b") == ["Reuse of the client's data for models of its own."]
    assert missing(own, "30.1.b") == {"operations.annotate.parts.labels.reuse_purpose"}
    assert "On behalf of: Hospital" in lines(for_client, "30.2.a")


def test_federated_learning_names_the_joint_controllers():
    def joint(content):
        content["actors"].append({"id": "other", "title": "Other hospital", "is_us": False, "country": "DE"})
        content["operations"][0]["parts"].append({"actor": "other"})

    register = made(joint, (role("hospital", "joint"), role("other", "joint"), role("labels", "processor")))
    (entry,) = register.controller
    assert "Jointly with: Other hospital" in lines(entry, "30.1.a")
    assert "Jointly with: Label house" not in lines(entry, "30.1.a")


@pytest.mark.parametrize("value", [UNDETERMINED, "to_judge"])
def test_a_role_that_is_not_settled_gives_no_entry(value):
    register = build_register(read_facts(HOSPITAL), [role("hospital", value), *DECISIONS[1:]])
    assert register.controller == register.processor == ()
    (left,) = register.not_entered
    assert left.subject == "operations.annotate.parts.hospital"
    assert left.missing


def test_two_roles_of_one_party_are_to_be_judged():
    register = build_register(read_facts(HOSPITAL), [*DECISIONS, role("hospital", "processor")])
    assert register.controller == register.processor == ()
    assert register.not_entered[0].missing


def test_data_of_nobody_has_no_entry_and_only_if_that_is_stated():
    def nobody(content):
        content["datasets"][0]["personal_data"] = False

    (left,) = made(nobody).not_entered
    assert not left.missing
    assert "personal data" in left.reason.en

    def unsaid(content):
        del content["datasets"][0]["personal_data"]

    (entry,) = made(unsaid).controller
    assert "datasets.stays.personal_data" in missing(entry, "30.1.c")


def test_an_unknown_transfer_is_asked_and_not_denied():
    undecided = decision("transfer", "actors.labels", UNDETERMINED, QUESTION)
    (entry,) = build_register(read_facts(HOSPITAL), [*DECISIONS[:3], undecided]).controller
    assert lines(entry, "30.1.e") == []
    assert missing(entry, "30.1.e") == set(QUESTION)
    (entry,) = build_register(read_facts(HOSPITAL), DECISIONS[:2]).controller
    assert missing(entry, "30.1.e") == {"decisions.transfer.actors.labels"}


def test_no_transfer_is_said_only_where_the_countries_of_the_data_are_stated():
    def alone(content):
        content["actors"].pop()
        content["operations"][0]["parts"].pop()

    def alone_and_unsaid(content):
        alone(content)
        del content["datasets"][0]["countries"]

    (entry,) = made(alone).controller
    assert lines(entry, "30.1.e") == ["No transfer outside the EEA, by the countries stated."]
    (entry,) = made(alone_and_unsaid).controller
    assert lines(entry, "30.1.e") == []
    assert missing(entry, "30.1.e") == {"datasets.stays.countries"}

    hosted_elsewhere = decision("transfer", "datasets.stays", "to_judge")
    (entry,) = made(alone, (*DECISIONS, hosted_elsewhere)).controller
    assert missing(entry, "30.1.e") == {"datasets.stays.countries.recipient"}


def test_a_derogation_asks_for_its_safeguards():
    def derogation(content):
        content["actors"][1]["transfer_tool"] = "derogation"

    (entry,) = made(derogation).controller
    assert lines(entry, "30.1.e") == ["Label house, MA: derogation of article 49"]
    assert missing(entry, "30.1.e") == {"actors.labels.safeguards_documented"}


def test_operations_that_are_not_ours_or_unknown_are_said():
    def not_us(content):
        content["actors"][0]["is_us"] = False

    (left,) = made(not_us).not_entered
    assert not left.missing

    def perhaps_us(content):
        del content["actors"][0]["is_us"]

    (left,) = made(perhaps_us).not_entered
    assert set(left.missing) == {"actors.hospital.is_us"}
    (left,) = build_register(Facts(), ()).not_entered
    assert set(left.missing) == {"operations"}


def _leaves(content, path=()):
    for key, value in content.items() if isinstance(content, dict) else enumerate(content):
        if isinstance(value, dict) or (isinstance(value, list) and value and isinstance(value[0], dict)):
            yield from _leaves(value, (*path, key))
        if key not in {"id", "actor"} and not isinstance(key, int):
            yield (*path, key)


LEAVES = tuple(_leaves(HOSPITAL))
ROLES = st.sampled_from(["controller", "joint", "processor", "controller_of_reuse", "to_judge", UNDETERMINED])
MOVED = st.sampled_from(["none", "framed", "not_framed", "to_judge", UNDETERMINED])


def _without(paths):
    content = copy.deepcopy(HOSPITAL)
    for path in sorted(paths, key=len, reverse=True):
        group = content
        for key in path[:-1]:
            group = group[key]
        group.pop(path[-1], None)
    return read_facts(content)


def _said(register):
    return {
        (entry.capacity, entry.is_own_reuse, column.title.en, line.en)
        for entry in (*register.controller, *register.processor)
        for column in entry.columns
        for line in column.lines
    }


@settings(max_examples=150, deadline=None)
@given(
    gone=st.sets(st.sampled_from(LEAVES)),
    ours=ROLES,
    theirs=ROLES,
    moved=MOVED,
    given_decisions=st.sets(st.integers(0, 2)),
)
def test_whatever_is_missing_it_never_raises_and_each_column_speaks_or_asks(
    gone, ours, theirs, moved, given_decisions
):
    every = [role("hospital", ours), role("labels", theirs), decision("transfer", "actors.labels", moved)]
    decisions = [every[place] for place in sorted(given_decisions)]
    facts = _without(gone)
    register = build_register(facts, decisions)
    assert register == build_register(facts, decisions)
    assert register.to_dict() == build_register(facts, decisions).to_dict()
    for entry in (*register.controller, *register.processor):
        for column in entry.columns:
            assert column.lines or column.missing
            assert not set(column.used) & set(column.missing)
            assert "{" not in "".join(line.fr + line.en for line in column.lines)
    assert register.controller or register.processor or register.not_entered or facts.operations == ()
    assert all(left.reason.fr and left.reason.en for left in register.not_entered)


@settings(max_examples=150, deadline=None)
@given(gone=st.sets(st.sampled_from(LEAVES)))
def test_fewer_facts_never_deny_a_transfer_nor_a_recipient(gone):
    """The annotator outside the EEA is there: less said of it must not read as nobody, nor as no transfer."""
    denied = {
        "No transfer outside the EEA, by the countries stated.",
        "No other party is stated for the operations on this data.",
    }
    said = {line for *_, line in _said(build_register(_without(gone), DECISIONS))}
    assert not said & denied


def test_typed_words_come_from_the_facts_alone():
    facts = read_facts(HOSPITAL)
    known = " ".join(str(value) for _, value in stated(facts))
    (entry,) = build_register(facts, DECISIONS).controller
    for column in entry.columns:
        for line in column.lines:
            if line.fr == line.en:
                assert all(word in known for word in line.fr.split(": ")), line


def test_ids_with_dots_and_braces_do_no_harm():
    content = copy.deepcopy(HOSPITAL)
    content["operations"][0]["id"] = "a.parts.b"
    content["system"]["purpose"] = "{purpose}"
    content["datasets"][0]["title"] = "{0}"
    register = build_register(read_facts(content), [role("hospital", "controller", "a.parts.b")])
    (entry,) = register.controller
    assert "{purpose}" in lines(entry, "30.1.b")
    assert "{0}: patients" in lines(entry, "30.1.c")


def test_a_reader_sees_what_is_left_to_complete():
    (entry,) = build_register(read_facts(HOSPITAL), DECISIONS).controller
    last = entry.columns[0].shown[-1]
    assert last.fr.startswith("à compléter : Coordonnées")
    assert last.en.startswith("to complete: Contact details")


def test_an_empty_list_is_no_answer():
    def empty(content):
        content["datasets"][0]["categories"] = []
        content["security"]["measures"] = []

    (entry,) = made(empty).controller
    assert "datasets.stays.categories.which" in missing(entry, "30.1.c")
    assert missing(entry, "30.1.g") == {"register.30.1.g"}
    assert DataSet(id="a").person_categories is None


def test_a_set_whose_no_is_contradicted_stays_in_the_register():
    content = copy.deepcopy(HOSPITAL)
    content["datasets"][0]["personal_data"] = False
    facts = read_facts(content)
    roles = [role("hospital", "controller"), role("labels", "processor")]
    assert not build_register(facts, roles).controller
    for value, is_entered in (("not_needed", False), ("open", True), (UNDETERMINED, True)):
        found = build_register(facts, [*roles, decision("legal-basis", "datasets.stays", value)])
        assert bool(found.controller) is is_entered
