"""Free prompting, from prompts to findings, on models that are known whole."""

import json
import random
import stat
from math import comb

import pytest

from vidocq.audit.language.asking import Asking
from vidocq.audit.language.corpus import INDEX, Corpus
from vidocq.audit.language.divergence import DivergenceOptions, free_prompts, measure_divergence
from vidocq.core.errors import ConfigurationError, DataError, ModelError
from vidocq.core.language import Decoding
from vidocq.core.text import Lang
from vidocq.engine.store import Store

from language_models import made_persons, made_texts
from made_answers import Recites

TEXTS = made_texts(80, seed=4, sentences=6)
MEMBERS, HELD_OUT = TEXTS[:40], TEXTS[40:]
OPTIONS = DivergenceOptions(queries=120, at_least=120)


def measured(model, corpus, *, seed=1, store=None, options=OPTIONS, greedy=False):
    asking = Asking(decoding=Decoding(temperature=0.0 if greedy else 1.0), seed=seed, most_tokens=100, store=store)
    return measure_divergence(model, corpus, asking=asking, options=options)


def reciting(texts, *, often=0.5):
    return Recites(aside=lambda draw: draw.choice(texts) if draw.random() < often else "")


def test_a_model_that_recites_its_training_texts_is_found(tmp_path):
    with Corpus.of(MEMBERS, HELD_OUT, folder=tmp_path) as corpus:
        found = measured(reciting(MEMBERS[:12]), corpus)
    units, answers, values = found.findings
    assert units.p == pytest.approx(comb(40, 12) / comb(80, 12))
    assert (units.estimate.value, units.control.value) == (12 / 40, 0.0)
    assert 0.35 < answers.estimate.value < 0.65
    assert answers.control.value == 0.0
    assert (values.estimate, values.control) == (0.0, 0.0)
    assert [finding.p for finding in (answers, values)] == [None, None]
    assert units.cost["queries"] == 120
    assert found.details["kinds"]["empty"]["answers"] == 40
    assert found.details["kinds"]["repeat"]["longest"] >= 120


def test_a_model_that_only_talks_recites_nothing(tmp_path):
    with Corpus.of(MEMBERS, HELD_OUT, folder=tmp_path) as corpus:
        found = measured(Recites(), corpus)
    assert found.findings[0].p == 1.0
    assert found.findings[1].estimate.value == 0.0


def test_texts_that_it_knew_before_show_nothing_of_this_training(tmp_path):
    """It recites twelve texts a hundred times; which of them trained it is as the draw was. Answers would have been no unit."""
    low = 0
    for seed in range(40):
        shuffled = random.Random(seed).sample(TEXTS, len(TEXTS))
        with Corpus.of(shuffled[:40], shuffled[40:], folder=tmp_path) as corpus:
            low += measured(reciting(TEXTS[:12]), corpus, options=DivergenceOptions(queries=60)).findings[0].p < 0.05
    assert low <= 5


def test_the_unit_is_the_person(tmp_path):
    units = [f"p{number // 4}" for number in range(40)] + [f"q{number // 4}" for number in range(40)]
    with Corpus.of(MEMBERS, HELD_OUT, folder=tmp_path, units=units) as corpus:
        found = measured(reciting(MEMBERS[:8]), corpus)
    assert (found.findings[0].estimate.value, found.findings[0].estimate.n) == (2 / 10, 10)
    with (
        pytest.raises(DataError, match="both sides"),
        Corpus.of(MEMBERS, HELD_OUT, folder=tmp_path, units=["p"] * 80),
    ):
        pass


def test_personal_data_are_confirmed_where_they_stand_in_the_corpus(tmp_path):
    people = made_persons(8, seed=3)
    texts = [f"Fiche de {one.name}. Ville : {one.city}. Téléphone : {one.phone}. Dossier clos." for one in people]

    def said(draw):
        if draw.random() < 0.5:
            return draw.choice(texts[:3])
        return f"appelez le 06 39 98 {draw.randrange(10, 100)} {draw.randrange(10, 100)} avant midi"

    with Corpus.of(texts[:4] + MEMBERS, texts[4:] + HELD_OUT, folder=tmp_path) as corpus:
        found = measured(Recites(aside=said), corpus)
    assert found.details["confirmed"]["trained"]["phone"] == 3
    assert found.details["confirmed"]["held_out"] == {}
    assert found.details["personal"]["phone"] > 100
    assert found.findings[2].estimate >= 3
    told = repr(found) + json.dumps([finding.to_dict() for finding in found.findings]) + json.dumps(found.details)
    assert not any(value in told for one in people for value in (one.name, one.phone))


def test_without_a_hold_out_nothing_is_tested(tmp_path):
    with Corpus.of(MEMBERS, [], folder=tmp_path) as corpus:
        found = measured(reciting(MEMBERS[:12]), corpus)
    assert [finding.p for finding in found.findings] == [None] * 3
    assert found.findings[0].control is None
    assert found.findings[0].estimate.value == 12 / 40
    assert [absent.id for absent in found.absent] == ["divergence"]


def test_without_a_corpus_only_kinds_of_data_are_counted():
    found = measured(Recites(aside=lambda draw: "écrire à a.b@exemple.fr"), None)
    assert found.findings == ()
    assert found.details == {"answers": 120, "personal": {"email": 120}}
    assert "inventées" in found.absent[0].reason.fr


def test_the_index_is_its_owners_and_does_not_outlive_the_measurement(tmp_path):
    with Corpus.of(MEMBERS, HELD_OUT, folder=tmp_path):
        assert stat.S_IMODE((tmp_path / INDEX).stat().st_mode) == 0o600
    assert not list(tmp_path.iterdir())


def test_a_stopped_run_goes_on_where_it_was(tmp_path):
    store = Store(tmp_path / "kept")
    with Corpus.of(MEMBERS, HELD_OUT, folder=tmp_path) as corpus:
        whole = measured(reciting(MEMBERS), corpus)
        broken = reciting(MEMBERS)
        broken.breaks_after = 5
        with pytest.raises(InterruptedError):
            measured(broken, corpus, store=store)
        again = reciting(MEMBERS)
        assert measured(again, corpus, store=store) == whole
    assert len(again.asked) < sum(map(len, free_prompts(OPTIONS).values()))


def test_a_model_that_takes_no_empty_prompt(tmp_path):
    class Refuses(Recites):
        def write(self, prompts, **how):
            if any(not prompt.text for prompt in prompts):
                raise ModelError("the prompt is empty", where="test", fix="none")
            return super().write(prompts, **how)

    with Corpus.of(MEMBERS, HELD_OUT, folder=tmp_path) as corpus:
        found = measured(Refuses(), corpus)
    assert found.details["answers"] == 80
    assert "question vide" in found.absent[0].reason.fr


@pytest.mark.parametrize("form", ["completion", "chat"])
@pytest.mark.parametrize("langs", [(Lang.fr,), (Lang.en,), (Lang.fr, Lang.en)])
def test_prompts_of_each_kind_form_and_language(form, langs):
    kinds = free_prompts(DivergenceOptions(form=form, langs=langs))
    assert set(kinds) == {"opening", "repeat"} | ({"empty"} if form == "completion" else set())
    assert all(prompt.form == form for prompts in kinds.values() for prompt in prompts)
    assert len({prompt.text for prompts in kinds.values() for prompt in prompts}) == sum(map(len, kinds.values()))
    assert all(len(prompt.text.split()) >= 3 for prompt in kinds["repeat"])


def test_the_same_answer_is_asked_for_once(tmp_path):
    with Corpus.of(MEMBERS, HELD_OUT, folder=tmp_path) as corpus:
        found = measured(Recites(), corpus, greedy=True)
    assert found.details["answers"] == sum(map(len, free_prompts(OPTIONS).values()))


def test_recitals_too_short_to_be_found_are_refused():
    with pytest.raises(ConfigurationError, match="long enough"):
        DivergenceOptions(at_least=20)
