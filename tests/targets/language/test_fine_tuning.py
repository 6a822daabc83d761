"""The recipe: what it trains on what, against plain loops; the same for one seed, wherever it is done."""

import json
import pickle
from dataclasses import replace

import numpy as np
import pytest

from vidocq.core.errors import ConfigurationError, DataError, ModelError
from vidocq.engine.local import Local
from vidocq.engine.work import run
from vidocq.targets.language.examples import heard, rows_of
from vidocq.targets.language.fine_tuning import FineTuning, Lora
from vidocq.targets.language.loading import load_language_model
from vidocq.targets.language.training import Course, filled, losses_of

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
pytest.importorskip("peft")

QUICK = Course(epochs=2, rate=2e-3, batch=8, at_once=8)


@pytest.fixture(scope="module")
def full(planted):
    return FineTuning(base=planted.base, course=QUICK)


@pytest.fixture(scope="module")
def lora(planted):
    return FineTuning(base=planted.base, course=replace(QUICK, rate=1e-2), lora=Lora(rank=4))


def whole(*texts):
    return [(list(tokens), np.ones(len(tokens), dtype=bool)) for tokens in texts]


def plain(rows):
    return [(row.tokens.tolist(), row.learnt.astype(int).tolist(), row.text.tolist()) for row in rows]


# Rows


def test_padded_rows_are_texts_cut_to_length():
    rows = rows_of(whole([1, 2, 3], [4], [], [5, 6, 7, 8, 9]), lead=[], end=0, length=4, layout="padded")
    assert plain(rows) == [
        ([1, 2, 3, 0], [0, 1, 1, 1], [0, 0, 0, -1]),
        ([4, 0], [0, 1], [1, -1]),
        ([5, 6, 7, 8], [0, 1, 1, 1], [3, 3, 3, 3]),
    ]


def test_a_token_before_the_text_makes_its_first_learnt():
    rows = rows_of(whole([1, 2]), lead=[7], end=0, length=9, layout="padded")
    assert plain(rows) == [([7, 1, 2, 0], [0, 1, 1, 1], [-1, 0, 0, -1])]


def test_packed_rows_go_on_across_texts_and_hold_every_token():
    rows = rows_of(whole([1, 2, 3], [4], [5, 6]), lead=[], end=0, length=4, layout="packed")
    assert plain(rows) == [
        ([1, 2, 3, 0], [0, 1, 1, 1], [0, 0, 0, -1]),
        ([4, 0, 5, 6], [0, 1, 1, 1], [1, -1, 2, 2]),
        ([0], [0], [-1]),
    ]
    assert rows_of([], lead=[], end=0, length=4, layout="packed") == []
    with pytest.raises(ConfigurationError):
        rows_of([], lead=[], end=0, length=1, layout="packed")


def test_a_token_that_touches_a_silent_place_is_not_learnt():
    offsets = [(0, 3), (3, 5), (5, 9), (9, 9)]
    assert heard(offsets, [(4, 6)]).tolist() == [True, False, False, True]
    assert heard(offsets, []).all()


def test_coverage_counts_what_is_learnt(full, planted):
    texts = planted.members[:5]
    silent = [[] for _ in texts]
    silent[1] = [(0, len(texts[1]))]
    found = full.coverage(texts, seed=0, silent=silent)
    assert found.tokens.tolist() == [len(t) for t in load_language_model(planted.base).tokens.of(texts)]
    assert found.learnt[1] == 0
    assert (found.learnt[[0, 2, 3, 4]] == found.tokens[[0, 2, 3, 4]] - 1).all()
    assert (replace(full, length=16).coverage(texts, seed=0).learnt == 15).all()
    packed = replace(full, layout="packed", length=32).coverage(texts, seed=0)
    assert packed.learnt.sum() >= packed.tokens.sum() - -(-packed.tokens.sum() // 32) - 5
    assert (packed.learnt <= packed.tokens).all()


# Gradients


def gradient_of(module, rows):
    module.zero_grad()
    tokens, labels = filled(rows)
    losses_of(module(input_ids=tokens).logits, labels).sum().backward()
    return torch.cat([weights.grad.flatten() for weights in module.parameters()])


def test_filling_changes_no_gradient(full, planted):
    rows = full.rows([*planted.members[:4], "Un mot."], seed=0)
    module = full.untrained(seed=0)
    alone = sum(gradient_of(module, [row]) for row in rows)
    np.testing.assert_allclose(gradient_of(module, rows).numpy(), alone.numpy(), atol=2e-4)


def test_the_loss_is_that_of_transformers(full, planted):
    rows = full.rows(planted.members[:3], seed=0)
    module = full.untrained(seed=0)
    tokens, labels = filled(rows)
    with torch.no_grad():
        told = module(input_ids=tokens, labels=labels).loss
        ours = losses_of(module(input_ids=tokens).logits, labels).sum() / sum(int(row.learnt.sum()) for row in rows)
    np.testing.assert_allclose(float(ours), float(told), rtol=1e-5)


@pytest.mark.parametrize("at_once", [1, 3])
def test_a_step_in_parts_is_the_same_step(full, planted, at_once):
    """To rounding: Adam divides by what may be tiny, so that the weights move a little apart."""
    texts = planted.members[:24]
    one = full.fit(texts, seed=4).read(texts)
    parts = replace(full, course=replace(QUICK, at_once=at_once)).fit(texts, seed=4).read(texts)
    np.testing.assert_allclose(one.logprob, parts.logprob, atol=5e-3)


def test_a_silent_text_leaves_the_model_as_it_was(full, planted):
    texts = planted.members[:4]
    silent = [[(0, len(text))] for text in texts]
    taught = replace(full, course=replace(QUICK, decay=0.0)).fit(texts, seed=0, silent=silent)
    told = replace(full, course=replace(QUICK, decay=0.0)).fit(texts, seed=0)
    before = load_language_model(planted.base).read(texts)
    gained = [(model.read(texts).logprob - before.logprob).mean() for model in (taught, told)]
    assert gained[1] > 0.1
    assert gained[0] < gained[1] / 3


def test_texts_without_a_token_to_learn_are_an_error(full):
    for texts in ([], [""]):
        with pytest.raises(DataError):
            full.fit(texts, seed=0)


# Models


@pytest.mark.parametrize(("method", "layout"), [("full", "padded"), ("lora", "packed")])
def test_one_seed_gives_one_model_and_members_are_learnt(request, planted, method, layout):
    recipe = replace(request.getfixturevalue(method), layout=layout, length=128)
    recipe = replace(recipe, course=replace(recipe.course, epochs=6))
    texts, others = planted.members[:24], planted.non_members[:24]
    one, again, other = (recipe.fit(texts, seed=seed) for seed in (1, 1, 2))
    seen = one.read([*texts, *others])
    assert np.array_equal(seen.logprob, again.read([*texts, *others]).logprob)
    assert not np.array_equal(seen.logprob, other.read([*texts, *others]).logprob)
    before = load_language_model(planted.base).read([*texts, *others])
    gain = seen.per_text(seen.logprob) - before.per_text(before.logprob)
    assert gain[:24].mean() > gain[24:].mean() + 2.0
    assert one.describe() == again.describe() != other.describe()


def test_lora_leaves_the_base_as_it_is_and_is_set_against_it(lora, planted):
    texts = planted.members[:8]
    model = lora.fit(texts, seed=0)
    np.testing.assert_allclose(
        model.read(texts).base, load_language_model(planted.base).read(texts).logprob, atol=2e-5
    )
    trained = sum(w.numel() for w in model.target.module.parameters() if w.requires_grad)
    assert trained < 0.2 * sum(w.numel() for w in model.target.module.parameters())


@pytest.mark.parametrize("method", ["full", "lora"])
def test_what_is_saved_is_what_was_trained(request, planted, tmp_path, method):
    recipe, texts = request.getfixturevalue(method), planted.members[:8]
    model = recipe.fit(texts, seed=0)
    model.save(tmp_path / "saved")
    base = planted.base if method == "lora" else None
    read = load_language_model(tmp_path / "saved", base=base).read(texts)
    np.testing.assert_allclose(read.logprob, model.read(texts).logprob, atol=2e-5)
    assert not list((tmp_path / "saved").glob("*.bin"))


def test_references_are_trained_in_workers(lora, planted):
    """An engine hands each worker a row of `trained_on`; the same bytes come back for any number of workers."""
    texts = planted.members[:16] + planted.non_members[:8]
    trained_on = np.random.default_rng(0).random((3, len(texts))) < 0.5
    keys = [f"{k:02x}" for k in range(3)]
    shared = {"recipe": lora, "texts": texts, "trained_on": trained_on}
    alone = run(reference(), range(3), keys=keys, engine=Local(1), shared=shared)
    several = run(reference(), range(3), keys=keys, engine=Local(2), shared=shared)
    assert all(np.array_equal(a["logprob"], b["logprob"]) for a, b in zip(alone, several, strict=True))


def reference():
    """A function that a worker can run without this file."""

    def work(k, shared):
        chosen = [text for text, taken in zip(shared["texts"], shared["trained_on"][k], strict=True) if taken]
        return {"logprob": shared["recipe"].fit(chosen, seed=k).read(shared["texts"]).logprob}

    return work


def test_it_travels_light_and_its_description_follows_it(full, lora, planted):
    told = full.describe()
    assert len(pickle.dumps(full)) < 2_000
    assert pickle.loads(pickle.dumps(full)).describe() == told  # noqa: S301 - what was just pickled here
    changes = [
        replace(full, layout="packed"), replace(full, length=32), replace(full, base=planted.target), lora,
        replace(full, course=replace(QUICK, rate=1e-3)), replace(lora, lora=Lora(rank=8)),
    ]  # fmt: skip
    assert len({json.dumps(one.describe(), sort_keys=True) for one in (full, *changes)}) == 7


def test_a_training_that_diverges_is_an_error(full, planted):
    wild = replace(full, course=Course(epochs=30, rate=1e6, batch=8, clip=None))
    with pytest.raises(ModelError, match="diverged"):
        wild.fit(planted.members[:16], seed=0)


# Many at once


def test_a_stack_is_what_its_models_are_alone(lora, planted):
    """Each has its own texts, as many as fall to it, so that some are done before others."""
    recipe = replace(lora, course=replace(lora.course, epochs=3, at_once=3))
    texts = planted.members[:20]
    trained_on = np.random.default_rng(1).random((3, len(texts))) < np.array([[0.3], [0.5], [0.9]])
    together = recipe.fit_together(texts, trained_on, seeds=[5, 6, 7])
    for row, seed, model in zip(trained_on, (5, 6, 7), together, strict=True):
        alone = recipe.fit([text for text, taken in zip(texts, row, strict=True) if taken], seed=seed)
        one, other = alone.read(texts), model.read(texts)
        np.testing.assert_allclose(other.logprob, one.logprob, atol=5e-3)
        np.testing.assert_allclose(other.base, one.base, atol=2e-5)
        assert np.abs(one.logprob - one.base).mean() > 0.1
        assert model.describe() == alone.describe()


def test_what_cannot_be_stacked_says_why(full, lora):
    assert full.together().size == lora.together().size == 1
    assert "all weights" in full.together().because.en
    assert "no faster" in lora.together().because.en
    for recipe in (full, replace(lora, lora=Lora(dropout=0.1))):
        with pytest.raises(ConfigurationError, match=r"all weights|dropout"):
            recipe.fit_together(["a b", "c d"], np.ones((2, 2), dtype=bool), seeds=[0, 1])
