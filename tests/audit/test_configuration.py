"""A configuration is understood whole or refused, and a refusal never repeats a value."""

import pytest

from vidocq.audit.configuration import NOT_YET, configure, read_configuration
from vidocq.core.errors import ConfigurationError

PRIVATE = "Jacquot"
PLAIN = {
    "model": {"path": "model.skops"},
    "data": {"members": "train.csv", "non_members": "holdout.csv", "label": "income"},
}


def configured(tmp_path, **sections):
    return configure({**PLAIN, **sections}, base=tmp_path, where="audit.toml")


def refusal(tmp_path, **sections):
    with pytest.raises(ConfigurationError) as caught:
        configured(tmp_path, **sections)
    message = str(caught.value)
    assert PRIVATE not in message
    assert caught.value.fix
    assert caught.value.where.startswith("audit.toml")
    return message


def test_everything_but_the_model_and_the_data_has_a_default(tmp_path):
    found = configured(tmp_path)
    assert found.plan.alphas == (0.01, 0.1)
    assert found.plan.tolerance_average is found.plan.tolerance_worst is None
    assert found.plan.reference_models == 256
    assert found.access.outputs == "probabilities"
    assert found.data.split == "given"
    assert found.path("x.csv") == tmp_path / "x.csv"


@pytest.mark.parametrize(
    ("sections", "key"),
    [
        ({"plan": {"tolerence_average": PRIVATE}}, "plan.tolerence_average"),
        ({"plans": {"suite": PRIVATE}}, "plans"),
        ({"model": {"path": "m", "secret": PRIVATE}}, "model.secret"),
        ({"plan": {"suite": PRIVATE}}, "plan.suite"),
        ({"plan": {"references": PRIVATE}}, "plan.references"),
        ({"plan": {"references": -1}}, "plan.references"),
        ({"plan": {"alphas": [PRIVATE]}}, "plan.alphas"),
        ({"plan": {"alphas": [0.01, 0.1, 0.7]}}, "plan.alphas"),
        ({"plan": {"tolerance_worst": 1.5, "set_by": PRIVATE}}, "plan.tolerance_worst"),
        ({"plan": {"prior": 0}}, "plan.prior"),
        ({"plan": {"seed": 2**60}}, "plan.seed"),
        ({"access": {"outputs": PRIVATE}}, "access.outputs"),
        ({"access": {"decimals": 99}}, "access.decimals"),
        ({"data": {"members": PRIVATE, "non_members": PRIVATE}}, "data.label"),
        ({"model": {"kind": PRIVATE}}, "model.kind"),
        ({"engine": {"workers": 0}}, "engine.workers"),
        ({"engine": {"address": "host:6379"}}, "engine: address and gpus_per_task"),
        ({"engine": {"kind": "ray", "address": PRIVATE}}, "engine: this is no address"),
        ({"engine": {"kind": "ray", "gpus_per_task": 1.5}}, "engine: Ray gives a task"),
        ({"model": PRIVATE}, "model"),
        ({"dossier": {"url": [PRIVATE]}}, "dossier.url"),
    ],
)
def test_what_is_not_understood_is_told_by_its_key(tmp_path, sections, key):
    assert key in refusal(tmp_path, **sections)


@pytest.mark.parametrize("plan", [{"tolerance_average": 0.03}, {"tolerance_worst": 0.0, "set_by": "  "}])
def test_a_tolerance_needs_the_name_of_who_set_it(tmp_path, plan):
    assert "set_by" in refusal(tmp_path, plan=plan)
    assert configured(tmp_path, plan=plan | {"set_by": "Ada Lepic, DPO"}).plan.set_by


@pytest.mark.parametrize("alphas", [[0.01], [0.1], [], [0.001, 0.05]])
def test_the_two_rates_cannot_be_taken_out(tmp_path, alphas):
    assert "alphas always include" in refusal(tmp_path, plan={"alphas": alphas})


def test_a_rate_may_be_added(tmp_path):
    assert configured(tmp_path, plan={"alphas": [0.001, 0.01, 0.1]}).plan.alphas == (0.001, 0.01, 0.1)


def test_a_randomised_split_needs_the_name_of_who_declares_it(tmp_path):
    data = PLAIN["data"] | {"split": "randomised"}
    assert "declared_by" in refusal(tmp_path, data=data)
    assert configured(tmp_path, data=data | {"declared_by": "Ada"}).data.declared_by == "Ada"


@pytest.mark.parametrize("kind", NOT_YET)
def test_kinds_of_later_versions_are_told_apart_from_typing_errors(tmp_path, kind):
    message = refusal(tmp_path, model={"kind": kind, "path": PRIVATE})
    assert f"'{kind}'" in message
    assert "not audited by this version" in message


@pytest.mark.parametrize(
    ("model", "missing"),
    [
        ({}, "path"),
        ({"kind": "callable"}, "load"),
        ({"kind": "recorded", "members_outputs": "a.npz"}, "non_members_outputs"),
    ],
)
def test_each_kind_needs_what_it_is_made_of(tmp_path, model, missing):
    assert missing in refusal(tmp_path, model=model)


def test_a_file_is_read_relative_to_itself(tmp_path):
    path = tmp_path / "sub" / "audit.toml"
    path.parent.mkdir()
    path.write_text(
        '[model]\npath = "m.skops"\n[data]\nmembers = "a.csv"\nnon_members = "b.csv"\nlabel = "y"\n'
        '[plan]\nsuite = "quick"\n'
    )
    found = read_configuration(path)
    assert found.path(found.model.path) == tmp_path / "sub" / "m.skops"
    assert found.plan.reference_models == 64


@pytest.mark.parametrize("content", [b"[model", b"model = \xff", b"#" * (1 << 20) + b"#"])
def test_a_file_that_is_not_toml_is_refused(tmp_path, content):
    path = tmp_path / "audit.toml"
    path.write_bytes(content)
    with pytest.raises(ConfigurationError) as caught:
        read_configuration(path)
    assert caught.value.where == "audit.toml"


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ConfigurationError, match="cannot be read"):
        read_configuration(tmp_path / "none.toml")


SERVED = {"url": "http://127.0.0.1/v1", "model": "m", "form": "completion"}
TEXTS = {"members": "train.jsonl", "non_members": "holdout.jsonl"}


def test_a_language_model_has_texts_and_no_label_or_is_asked_about_something_else(tmp_path):
    local = configured(tmp_path, model={"kind": "huggingface", "path": "m", "base": "b"}, data=TEXTS)
    assert local.is_language
    assert (local.language.decoding.temperature, local.language.decoding.top_p) == (1.0, 1.0)
    deployed = configured(
        tmp_path,
        model={"kind": "openai", "openai": SERVED},
        data={},
        language={"persons": "persons.jsonl", "temperature": 0},
    )
    assert deployed.data.members is None
    assert deployed.language.decoding.is_greedy


@pytest.mark.parametrize(
    ("sections", "said"),
    [
        ({"data": {**TEXTS, "label": PRIVATE}}, "label belong to tables"),
        ({"data": {"members": PRIVATE}}, "members and non_members go together"),
        ({"data": {}}, "persons, documents, canaries"),
        ({"data": {"split": "randomised", "declared_by": PRIVATE}}, "there are none"),
        ({"access": {"outputs": "labels"}}, "'logprobs' or 'text'"),
        ({"access": {"decimals": 3}}, "outputs alone"),
        ({"model": {"kind": "huggingface"}}, "path is needed"),
        ({"model": {"kind": "huggingface", "path": "m", "fit": PRIVATE}}, "fit and load"),
        ({"model": {"kind": "openai"}}, "[model.openai]"),
        ({"model": {"kind": "openai", "base": PRIVATE, "openai": SERVED}}, "base belongs"),
        ({"model": {"kind": "openai", "openai": {**SERVED, "form": "chat", "logprobs": True}}}, "with completions"),
        ({"model": {"kind": "openai", "openai": {**SERVED, "price_given": 1}}}, "go together"),
        ({"model": {"kind": "openai", "openai": {**SERVED, "budget_cost": 1}}}, "needs the prices"),
        ({"language": {"temperature": -1}}, "language.temperature"),
        ({"language": {"top_p": 0}}, "language.top_p"),
    ],
)
def test_what_a_language_model_does_not_take_is_refused(tmp_path, sections, said):
    language = {"model": {"kind": "huggingface", "path": "m"}, "data": TEXTS}
    assert said in refusal(tmp_path, **{**language, **sections})


@pytest.mark.parametrize(
    ("sections", "said"),
    [
        ({"language": {"temperature": 0.5}}, "[language] belongs"),
        ({"access": {"outputs": "text"}}, "belongs to language models"),
        ({"data": {**PLAIN["data"], "date": "day"}}, "date belong to language models"),
        ({"data": {"label": "income"}}, "data.members"),
    ],
)
def test_what_belongs_to_language_models_is_refused_elsewhere(tmp_path, sections, said):
    assert said in refusal(tmp_path, **sections)
