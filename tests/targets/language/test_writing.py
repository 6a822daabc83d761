"""What a model is made to write follows the closed form, and depends on nothing but its prompt and its seed."""

from collections import Counter

import numpy as np
import pytest
from scipy.stats import beta

from vidocq.core.errors import ConfigurationError, SignalError
from vidocq.core.language import Decoding, Passage, Prompt, ScoresContinuations, ScoresTexts
from vidocq.targets.language.loading import load_language_model

from language_models import made_texts

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

GREEDY = Decoding(temperature=0.0)
SETTINGS = [Decoding(), Decoding(temperature=0.8, top_k=5), Decoding(temperature=1.3, top_p=0.8)]


@pytest.fixture(scope="module")
def model(planted):
    return load_language_model(planted.target, base=planted.base)


@pytest.fixture(scope="module")
def passages(model, planted):
    return [one for one in model.passages(planted.members[:20], prefix=12, suffix=5) if one is not None]


def test_it_is_what_the_contracts_ask(model):
    assert isinstance(model, ScoresTexts)
    assert isinstance(model, ScoresContinuations)


@pytest.mark.parametrize("decoding", SETTINGS, ids=["plain", "top-k", "top-p"])
def test_the_closed_form_lies_in_the_exact_interval_of_ten_thousand_samples(model, passages, decoding):
    """99.9 %. The suffixes are the likeliest of other samples, so that what is counted did not choose them."""
    n, tokens, asked = 10_000, 3, {"decoding": decoding, "most_tokens": 3}
    for passage in passages[:2]:
        chosen = model.sample([passage.prefix_tokens], times=200, seed=10, **asked)[0]
        suffixes = [suffix for suffix, _ in Counter(map(tuple, chosen)).most_common(4) if len(suffix) == tokens]
        counts = Counter(map(tuple, model.sample([passage.prefix_tokens], times=n, seed=11, **asked)[0]))
        wanted = [
            Passage(prefix=passage.prefix, suffix="", prefix_tokens=passage.prefix_tokens, suffix_tokens=suffix)
            for suffix in suffixes
        ]
        for suffix, told in zip(suffixes, np.exp(model.continuation(wanted, decoding=decoding)), strict=True):
            seen = counts[suffix]
            low, high = beta.ppf(0.0005, seen, n - seen + 1), beta.ppf(0.9995, seen + 1, n - seen)
            assert seen > 20
            assert low <= told <= high, (seen, told)


def test_what_is_ruled_out_is_never_drawn(model, passages):
    decoding = Decoding(top_k=3)
    told = model.continuation(passages, decoding=decoding)
    out = [passage for passage, one in zip(passages, told, strict=True) if np.isneginf(one)]
    assert out
    drawn = model.sample([p.prefix_tokens for p in out], decoding=decoding, times=50, most_tokens=5, seed=1)
    assert all(tuple(a) != p.suffix_tokens for p, some in zip(out, drawn, strict=True) for a in some)


def test_greedy_is_what_generate_writes(model, planted, passages):
    module = transformers.AutoModelForCausalLM.from_pretrained(planted.target)
    drawn = model.sample([p.prefix_tokens for p in passages], decoding=GREEDY, times=2, most_tokens=20, seed=0)
    for passage, (first, second) in zip(passages, drawn, strict=True):
        given = torch.tensor([passage.prefix_tokens])
        found = module.generate(given, attention_mask=torch.ones_like(given), do_sample=False, max_new_tokens=20)
        found = found[0, given.shape[1] :].tolist()
        assert first == second == [token for token in found if token not in model.ends]


def test_greedy_continues_with_what_it_writes_and_with_nothing_else(model, passages):
    drawn = model.sample([p.prefix_tokens for p in passages], decoding=GREEDY, times=1, most_tokens=5, seed=0)
    told = model.continuation(passages, decoding=GREEDY)
    same = [tuple(some[0]) == p.suffix_tokens for p, some in zip(passages, drawn, strict=True)]
    assert np.array_equal(told == 0.0, same)
    assert np.isneginf(told[~np.array(same)]).all()


def test_plain_decoding_is_the_sum_of_what_is_read(model, planted, passages):
    told = model.continuation(passages, decoding=Decoding())
    seen = model.read(planted.members[:20])
    for i, one in enumerate(told):
        at = slice(seen.start[i] + 11, seen.start[i] + 16)  # token 12 is the twelfth that is predicted
        np.testing.assert_allclose(one, seen.logprob[at].sum(), atol=1e-4)


def test_an_answer_does_not_depend_on_what_is_written_beside_it(model, planted):
    prompts = [Prompt(text=text[:30]) for text in planted.members[:6]]
    asked = {"decoding": Decoding(top_p=0.9), "most_tokens": 12, "seed": 5}
    together = model.write(prompts, times=4, **asked)
    assert together == model.write(prompts, times=4, **asked)
    assert together[2:4] == model.write(prompts[2:4], times=4, **asked)
    twice = model.write([prompts[0], prompts[0]], times=4, **asked)
    assert twice[0] == together[0] != twice[1]
    assert [some[:2] for some in together] == model.write(prompts, times=2, **asked)
    assert together != model.write(prompts, times=4, **{**asked, "seed": 6})
    assert len({answer for some in together for answer in some}) > 6


def test_an_answer_ends_with_its_end_token(model, planted):
    prompt = Prompt(text=planted.persons[64][0].prefix)
    answers = model.write([prompt], decoding=Decoding(), times=40, most_tokens=60, seed=1)[0]
    assert Counter(answers).most_common(1)[0][0] == planted.persons[64][0].secret + "."
    assert all(len(answer) < 60 for answer in answers)


def test_a_model_at_its_context_loses_the_beginning_and_says_so(planted):
    model = load_language_model(planted.target)
    long = Prompt(text=" ".join(made_texts(6, seed=42)))
    (answer,) = model.write([long], decoding=GREEDY, times=1, most_tokens=10, seed=0)[0:1]
    assert answer[0]
    assert model.cut == 1
    kept = model.tokens.of([long.text])[0][-(model.context - 10) :]
    assert model.sample([kept], decoding=GREEDY, times=1, most_tokens=10, seed=0)[0][0] == model.tokens.of(answer)[0]
    with pytest.raises(ConfigurationError):
        model.write([long], decoding=GREEDY, times=1, most_tokens=256, seed=0)


def test_passages_are_the_first_tokens_of_a_text(model):
    texts = ["Un mot.", *made_texts(2, seed=44)]
    short, *found = model.passages(texts, prefix=10, suffix=6)
    assert short is None
    for text, passage in zip(texts[1:], found, strict=True):
        assert text.startswith(passage.prefix + passage.suffix)
        assert model.tokens.of([text])[0][:16] == [*passage.prefix_tokens, *passage.suffix_tokens]
    with pytest.raises(ConfigurationError):
        model.passages(texts, prefix=250, suffix=50)


def test_a_passage_of_text_alone_is_cut_into_tokens(model, passages):
    plain = [Passage(prefix=one.prefix, suffix=one.suffix) for one in passages]
    cut = [
        Passage(
            prefix="", suffix="",
            prefix_tokens=tuple(model.tokens.of([one.prefix])[0]),
            suffix_tokens=tuple(model.tokens.of([one.suffix])[0]),
        )
        for one in passages
    ]  # fmt: skip
    assert np.array_equal(
        model.continuation(plain, decoding=Decoding()), model.continuation(cut, decoding=Decoding())
    )
    with pytest.raises(SignalError):
        model.continuation([Passage(prefix="", suffix="a")], decoding=Decoding())


def test_an_empty_prompt_is_a_document_that_begins(model):
    assert model.write([Prompt(text="")], decoding=Decoding(), times=3, most_tokens=5, seed=0)[0]


def test_repetition_makes_a_secret_likely_and_the_base_knows_none(model, planted):
    def secret(person):
        return Passage(prefix=person.prefix, suffix=person.secret)

    likely = {
        r: model.continuation([secret(p) for p in who], decoding=Decoding()) for r, who in planted.persons.items()
    }
    means = [likely[r].mean() for r in (1, 4, 16, 64)]
    assert means == sorted(means)
    assert likely[64].min() > np.log(0.5)
    controls = [secret(p) for p in planted.controls]
    assert model.continuation(controls, decoding=Decoding()).max() < np.log(0.05)
    bare = model.bare()
    assert bare.continuation([secret(p) for p in planted.persons[64]], decoding=Decoding()).max() < np.log(0.01)
    assert bare.bare() is None
