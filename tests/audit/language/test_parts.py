"""The parts of an audit of a language model: what fails is told, what is shown is masked, what is written holds no value."""

import copy
import json
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidocq.audit.configuration import LanguageSection
from vidocq.audit.execute import exit_of
from vidocq.audit.language.material import Material
from vidocq.audit.language.measuring import Measurement, measure_all
from vidocq.audit.language.options import KNOWN_QUERIES, REAL_QUERIES, queries_of, registered_options
from vidocq.audit.language.planned import KINDS, plan_measurements
from vidocq.audit.language.shapes import shape, shapes_of
from vidocq.audit.language.subject import LanguageSubject, outputs_of
from vidocq.audit.language.text_only import TextOnly
from vidocq.audit.schema import audit_schema, problem_of
from vidocq.audit.suite import LANGUAGE_SUITES
from vidocq.core.errors import ConfigurationError, DataError, ModelError
from vidocq.core.language import Decoding, Prompt, ScoresContinuations, ScoresTexts
from vidocq.core.measured import Measured
from vidocq.targets.corpora.corpus import Corpus

PRIVATE = "Zoé Valmorin, 06 39 98 12 34"


class Writes:
    def describe(self):
        return {"kind": "writes"}

    def write(self, prompts, *, decoding, times, most_tokens, seed):
        return [["oui"] * times for _ in prompts]


class Tells(Writes):
    def read(self, texts): ...

    def passages(self, texts, *, prefix, suffix): ...

    def continuation(self, passages, *, decoding): ...


def failing(error):
    def run():
        raise error

    return run


def test_each_measurement_is_made_though_others_fail_and_no_message_is_quoted():
    order = []
    heard = measure_all(
        [
            Measurement("one", failing(ValueError(PRIVATE))),
            Measurement("two", lambda: Measured(details={"n": 1})),
            Measurement(
                "three", failing(DataError("a file is torn", where="x", fix="y", fr="un fichier est tronqué"))
            ),
        ],
        before=order.append,
    )
    assert order == list(heard.by_id) == ["one", "two", "three"]
    assert heard.by_id["two"].details == {"n": 1}
    told = [reason.reason for one in heard.by_id.values() for reason in one.absent]
    assert not any(PRIVATE in text for reason in told for text in (reason.fr, reason.en))
    assert "ValueError" in told[0].en
    assert (told[1].fr, told[1].en) == ("un fichier est tronqué", "a file is torn")
    assert heard.may_pass is False
    spent = measure_all(
        [Measurement("one", failing(ModelError("no answer", where="x", fix="y")))], before=lambda _: None
    )
    assert spent.may_pass is True


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("06 39 98 12 34", "99 99 99 99 99"),
        ("zoe.valmorin@exemple.fr", "a.a@a.a"),
        ("Zoé Valmorin-Duclavel", "a a-a"),
        ("FR76 3000 6000", "a99 9999 9999"),
        ("", ""),
    ],
)
def test_a_shape_shows_how_a_value_is_written_and_nothing_of_it(value, told):
    assert shape(value) == told


@given(st.text())
def test_no_letter_or_digit_of_a_value_is_in_its_shape(value):
    assert set(re.findall(r"[^\W_]", shape(value))) <= {"a", "9"}


def test_shapes_are_counted_commonest_first():
    found = shapes_of([("phone", "06 11"), ("phone", "07 22"), ("email", "a@b"), ("text", "é" * 10 + "-" * 300)])
    assert found == [
        {"category": "phone", "shape": "99 99", "times": 2},
        {"category": "email", "shape": "a@a", "times": 1},
    ]


def subject(model, outputs="logprobs", **sides):
    return LanguageSubject(kind="language", name="m", model=model, outputs=outputs, **sides)


def test_what_is_registered_hides_what_the_user_wrote_and_who_asks():
    section = LanguageSection(system=PRIVATE, documents="d.jsonl", reader="a.martin")
    told = registered_options([kind.id for kind in KINDS], section, Material(), subject(Tells()), "chat")
    assert set(told) == {"extraction", "canary", "person-prompt", "divergence", "retrieval"}
    text = json.dumps(told, ensure_ascii=False)
    assert PRIVATE not in text
    assert "a.martin" not in text
    other = registered_options(
        ["extraction"], section.model_copy(update={"suffix": 51}), Material(), subject(Tells()), "chat"
    )
    assert other["extraction"] != told["extraction"]


def test_budgets_are_large_where_they_are_computed_and_small_where_they_are_asked():
    section = LanguageSection()
    assert queries_of(section, subject(Tells())) == KNOWN_QUERIES
    assert (
        queries_of(section, subject(Tells(), "text"))
        == queries_of(section, subject(Writes(), "text"))
        == REAL_QUERIES
    )
    assert queries_of(LanguageSection(queries=7), subject(Writes(), "text")) == 7


def test_a_model_may_be_heard_through_its_text_alone():
    heard = TextOnly(Tells())
    assert not isinstance(heard, ScoresTexts)
    assert not isinstance(heard, ScoresContinuations)
    assert heard.describe() != Tells().describe()
    assert heard.write([Prompt(text="a")], decoding=Decoding(), times=2, most_tokens=3, seed=1) == [["oui", "oui"]]
    assert [outputs_of(Tells(), asked) for asked in (None, "text", "logprobs")] == ["logprobs", "text", "logprobs"]
    assert outputs_of(Writes(), None) == "text"
    with pytest.raises(ConfigurationError, match="text only"):
        outputs_of(Writes(), "logprobs")


def test_what_can_be_measured_depends_on_what_is_given():
    quick, standard = LANGUAGE_SUITES["quick"], LANGUAGE_SUITES["standard"]
    texts = {"members": Corpus(("a",)), "non_members": Corpus(("b",))}
    full = plan_measurements(subject(Tells(), **texts), Material(), standard)
    assert full.tests("model") == (("extraction", "model"), ("divergence", "model"))
    assert [one.id for one in full.absent] == ["person-prompt"]
    alone = plan_measurements(subject(Writes(), "text"), Material(), standard)
    assert alone.tests("model") == ()
    assert {one.id for one in alone.absent} == {"extraction", "person-prompt"}
    asked = Material(documents=[], persons=[], files={"documents": "0", "persons": "1"})
    deployed = plan_measurements(subject(Writes(), "text"), asked, quick)
    assert deployed.tests("model") == (("person-prompt", "model"), ("retrieval", "system"))
    assert deployed.tests("system") == (("person-prompt", "system"), ("retrieval", "system"))


def test_the_schema_takes_no_text_of_a_record():
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "report"))
    try:
        from samples import language
    finally:
        sys.path.pop(0)
    sound = language()["language"] | {"repeated": {"members": 0, "non_members": 0}}
    part = {"$defs": audit_schema()["$defs"], **audit_schema()["properties"]["language"]}

    def accepted(content):
        import jsonschema

        return not list(jsonschema.Draft202012Validator(part).iter_errors(content))

    assert accepted(sound)
    for change in (
        {"person-prompt": {"examples": [{"shape": PRIVATE}]}},
        {"person-prompt": {"value": PRIVATE}},
        {"person-prompt": {PRIVATE: 1}},
        {"divergence": {"recited": ["06 39 98 12 34"]}},
        {"divergence": {"recited": "zoe@exemple.fr"}},
    ):
        wrong = copy.deepcopy(sound)
        wrong["measurements"] |= change
        assert not accepted(wrong), change
    assert problem_of({}) is not None


def test_a_leak_of_either_wins_over_what_is_open():
    def code(*verdicts):
        return exit_of({"verdicts": [{"verdict": verdict} for verdict in verdicts]})

    assert code("no_leak_above_bound") == 0
    assert code("no_leak_above_bound", "inconclusive") == 3
    assert code("inconclusive", "leak_shown") == 1
