"""An audit of a language model that ends as *no leak above the bound*, and the same audit of one that leaks.

Texts have words drawn by their rank, so that some tokens are rare, as in any language. The recipe has few parameters: what it
leaves of one text in a model is less than chance does. The target that leaks was trained on the members by another, far too long.
"""

import numpy as np
import pytest

import vidocq
from vidocq.targets.language.fine_tuning import FineTuning, Lora
from vidocq.targets.language.training import Course
from vidocq.targets.networks.model import one_thread

from language_models import save_tokenizer, train_model

pytestmark = pytest.mark.slow
SIDE, WORDS = 300, 16
TERMS = {"tolerance_average": 0.25, "tolerance_worst": 0.9, "set_by": "a test, before the first query"}


def texts_of(number, *, rng, words):
    share = 1 / np.arange(1, len(words) + 1)
    return [" ".join(rng.choice(words, WORDS, p=share / share.sum()).tolist()) for _ in range(number)]


@pytest.fixture(scope="module")
def material(tmp_path_factory):
    """A base, and texts of members, of non-members, and of neither, all drawn alike."""
    pytest.importorskip("transformers", reason='these tests need transformers: pip install "vidocq[language]"')
    pytest.importorskip("peft", reason='these tests need peft: pip install "vidocq[language]"')
    folder, rng = tmp_path_factory.mktemp("no-leak"), np.random.default_rng(5)
    syllables = [a + b for a in "bdfglmnprstv" for b in "aeiou"]
    words = sorted({"".join(rng.choice(syllables, rng.integers(1, 4))) for _ in range(260)})
    words = rng.permutation(words).tolist()
    texts, public = (texts_of(number, rng=rng, words=words) for number in (3 * SIDE, 500))
    save_tokenizer(folder / "tokenizer", public)
    with one_thread():
        base = train_model(
            folder / "base", public, start=folder / "tokenizer", epochs=4, seed=1, context=64, width=32
        )
    return folder, base, [texts[:SIDE], texts[SIDE : 2 * SIDE], texts[2 * SIDE :]]


@pytest.fixture(scope="module")
def recipe(material):
    _, base, _ = material
    course = Course(epochs=1, rate=1e-3, batch=16)
    return FineTuning(base=base, course=course, lora=Lora(rank=1, alpha=2, layers=("c_attn",)))


def audited(material, recipe, model, name):
    folder, _, (members, others, _) = material
    return vidocq.audit(
        model,
        members=members,
        non_members=others,
        split="randomised",
        declared_by="a test",
        recipe=recipe,
        references=20,
        suite="standard",
        outputs="logprobs",
        dossier=f"sqlite:///{folder}/{name}.db",
        language={"prefix": 8, "suffix": 6, "edits": 0, "answers": 8, "most_tokens": 16, "passages": 100},
        workers=2,
        lang="en",
        **TERMS,
    ).to_dict()


def test_a_model_that_never_saw_the_members_ends_as_no_leak(material, recipe):
    strangers = material[2][2]
    found = audited(material, recipe, recipe.fit(strangers, seed=99), "never")
    (verdict,) = found["verdicts"]
    assert verdict["verdict"] == "no_leak_above_bound", verdict["reasons"]
    assert verdict["b_avg"] <= TERMS["tolerance_average"]
    assert verdict["b_worst"] <= TERMS["tolerance_worst"]
    assert found["recipe_gate"]["passed"]
    assert found["controls"]["negative"]["passed"]
    assert all(control["caught"] for control in found["controls"]["positive"])
    required = {"lm-min-k", "lm-reference", "lm-ez", "lm-window", "lm-combined", "rmia", "lira-offline"}
    assert required <= {attack["id"] for attack in found["attacks"]}


def test_the_same_audit_shows_the_leak_of_one_that_was_trained_on_them(material, recipe):
    _, base, (members, _, _) = material
    course = Course(epochs=40, rate=1e-2, batch=16)
    leaky = FineTuning(base=base, course=course, lora=Lora(rank=8, alpha=16)).fit(members, seed=98)
    (verdict,) = audited(material, recipe, leaky, "trained")["verdicts"]
    assert verdict["verdict"] == "leak_shown", verdict["reasons"]
    assert verdict["b_avg"] > TERMS["tolerance_average"]
