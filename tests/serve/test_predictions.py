"""What a predictive model answers, made coarser: no more is told than the policy says, in whatever shape it comes."""

import contextlib
import json
from random import Random

import httpx
import pytest

from vidocq.filters.policy import PredictionsSection
from vidocq.serve.predictions import HIDDEN, UnknownShape, coarser
from vidocq.serve.proxy import application

from guarding import POLICY
from openai_server import running

TABLE = {"a": 0.123, "b": 0.623, "c": 0.254}
LIST = [0.123, 0.623, 0.254]
RANKED = [{"label": "a", "score": 0.123}, {"label": "b", "score": 0.623}, {"label": "c", "score": 0.254}]


@pytest.mark.parametrize(
    ("terms", "table", "listed", "ranked"),
    [
        ({"decimals": 1}, {"a": 0.1, "b": 0.6, "c": 0.3}, [0.1, 0.6, 0.3], [("a", 0.1), ("b", 0.6), ("c", 0.3)]),
        ({"top_k": 2}, {"b": 0.623, "c": 0.254}, [0.0, 0.623, 0.254], [("b", 0.623), ("c", 0.254)]),
        ({"top_k": 1, "decimals": 1}, {"b": 0.6}, [0.0, 0.6, 0.0], [("b", 0.6)]),
        ({"labels_only": True}, {"b": None}, [0.0, 1.0, 0.0], [("b", None)]),
    ],
)
def test_every_shape_of_probabilities_is_made_coarser(terms, table, listed, ranked):
    section = PredictionsSection(**terms)
    told = coarser({"predictions": [TABLE, LIST, RANKED]}, section)["predictions"]
    assert told == [table, listed, [{"label": label, "score": score} for label, score in ranked]]


def test_what_is_no_probability_is_rounded_or_left_out():
    answer = {"prediction": 3, "margin": 2.71828, "name": "b", "said": "b (91.234 %)", "yes": True, "none": None}
    assert coarser(answer, PredictionsSection(decimals=2)) == answer | {"margin": 2.72, "said": "b (91.23 %)"}
    assert coarser(answer, PredictionsSection(labels_only=True)) == answer | {"margin": None, "said": "b (…)"}
    assert coarser({"p": "0.87123", "lost": "1.5e-7"}, PredictionsSection(decimals=2)) == {
        "p": "0.87",
        "lost": "0.00",
    }
    assert coarser(answer, PredictionsSection()) == answer


def test_answers_stay_untouched():
    before = {"p": dict(TABLE)}
    coarser(before, PredictionsSection(labels_only=True))
    assert before == {"p": TABLE}


TOP, BARE = PredictionsSection(top_k=1, decimals=2), PredictionsSection(labels_only=True)
TENSOR = {"name": "p", "shape": [2, 2], "datatype": "FP32", "data": [0.91, 0.09, 0.2, 0.8]}


@pytest.mark.parametrize(
    ("answer", "top", "bare"),
    [
        ({"cat": 0.9, "dog": 0.05}, {"cat": 0.9}, {"cat": None}),
        ({"cat": 87.123, "dog": 12.877}, {"cat": 87.0}, {"cat": None}),
        ({"cat": 87, "dog": 13}, {"cat": 87}, {"cat": None}),
        ({"cat": "0.9", "dog": "0.1"}, {"cat": 0.9}, {"cat": None}),
        ({"cat": 0.9, "dog": 0.1, "model": "m", "id": 7}, {"cat": 0.9, "model": "m", "id": 7}, {"cat": None, "model": "m", "id": 7}),
        ({"votes": {"cat": 912, "dog": 88}}, {"votes": {"cat": 912}}, {"votes": {"cat": None}}),
        ({"logprobs": {"cat": -0.1, "dog": -2.4}}, {"logprobs": {"cat": -0.1}}, {"logprobs": {"cat": None}}),
        ({"logits": [2.3, -1.2]}, {"logits": [2.3, HIDDEN]}, {"logits": [1, 0]}),
        ({"scores": [912345, 87655]}, {"scores": [912345, 0]}, {"scores": [1, 0]}),
        ([["cat", 0.9], ["dog", 0.1]], [["cat", 0.9]], [["cat", None]]),
        ({"results": [[["cat", 0.9], ["dog", 0.1]]]}, {"results": [[["cat", 0.9]]]}, {"results": [[["cat", None]]]}),
        ([{"label": "cat", "score": 0.9}, {"label": "dog", "score": 0.05}], [{"label": "cat", "score": 0.9}], [{"label": "cat", "score": None}]),
        ({"labels": ["cat", "dog"], "scores": [0.9, 0.05]}, {"labels": ["cat"], "scores": [0.9]}, {"labels": ["cat"], "scores": [None]}),
        ({"label": "cat", "probabilities": {"cat": 0.9, "dog": 0.1}}, {"label": "cat", "probabilities": {"cat": 0.9}}, {"label": "cat", "probabilities": {"cat": None}}),
        ({"predictions": [[0.9, 0.1], [0.2, 0.8]]}, {"predictions": [[0.9, 0], [0, 0.8]]}, {"predictions": [[1, 0], [0, 1]]}),
        ({"predictions": [2, 0, 1]}, {"predictions": [2, 0, 1]}, {"predictions": [2, 0, 1]}),
        ({"prediction": 2.7182}, {"prediction": 2.72}, {"prediction": None}),
        ({"model_name": "m", "outputs": [TENSOR]}, {"model_name": "m", "outputs": [TENSOR | {"data": [0.91, 0, 0, 0.8]}]}, {"model_name": "m", "outputs": [TENSOR | {"data": [1, 0, 0, 1]}]}),
    ],
    ids=str,
)  # fmt: skip
def test_the_likeliest_is_all_that_is_told(answer, top, bare):
    assert coarser(answer, TOP) == top
    assert coarser(answer, BARE) == bare


@pytest.mark.parametrize(
    "answer",
    [
        {"cat": {"rank": 0.9}, "dog": {"rank": 0.1}},
        {"embedding": [0.123, 0.456]},
        {"neighbours": [{"id": 123, "distance": 0.0021}]},
        [{"score": 0.9}, {"score": 0.1}],
        {"labels": ["cat", "dog"], "classes": ["a"], "scores": [0.9, 0.1]},
        {"label": 0.87123},
        [0.9, "cat"],
        [0.9, {"cat": 0.1}],
        {"0.912": "cat"},
        {"outputs": [{"name": "p", "shape": [3, 2], "datatype": "FP32", "data": [0.9]}]},
    ],
    ids=str,
)
def test_an_answer_of_no_known_shape_is_refused(answer):
    for section in (TOP, BARE, PredictionsSection(top_k=3)):
        with pytest.raises(UnknownShape):
            coarser(answer, section)
    coarser(answer, PredictionsSection(decimals=2))


def test_whatever_the_shape_no_other_number_gets_out():
    """Made answers, of names that are known or not, nested as they come: what is told holds the largest share at most."""
    draw = Random(3)
    names = ["label", "scores", "predictions", "p", "x", "outputs", "cat", "dog", "classes", "id"]

    def made(depth):
        kind = draw.choice(["number", "text", "list", "object"]) if depth < 4 else draw.choice(["number", "text"])
        if kind == "number":
            return draw.choice([draw.random(), f"{draw.random():.5f}"])
        if kind == "text":
            return draw.choice(["cat", "dog"])
        if kind == "list":
            return [made(depth + 1) for _ in range(draw.randint(0, 3))]
        return {draw.choice(names): made(depth + 1) for _ in range(draw.randint(0, 3))}

    for _ in range(3000):
        answer = made(0)
        try:
            told = coarser(answer, BARE)
        except UnknownShape:
            continue
        assert not [each for each in numbers(told) if each not in {0.0, 1.0}], json.dumps(answer)


def numbers(content):
    if isinstance(content, dict):
        return [each for inner in content.values() for each in numbers(inner)]
    if isinstance(content, list):
        return [each for inner in content for each in numbers(inner)]
    try:
        return [float(content)]
    except (TypeError, ValueError):
        return []


def test_the_proxy_passes_nothing_on_of_an_answer_of_no_known_shape(tmp_path):
    from starlette.applications import Starlette
    from starlette.responses import JSONResponse
    from starlette.routing import Route

    async def predict(request):
        return JSONResponse({"embedding": [0.123, 0.456]})

    file = tmp_path / "policy.toml"
    file.write_text(f'{POLICY}[predictions]\ntop_k = 1\n[serve]\nlog = "guard.log"\n')
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(running(Starlette(routes=[Route("/predict", predict, methods=["POST"])])))
        proxy = stack.enter_context(running(application(upstream=f"{server}/predict", policy=file), lifespan="on"))
        answer = httpx.post(f"{proxy}/predict", json={"age": 41})
    assert answer.status_code == 502
    assert answer.json()["error"]["code"] == "unknown_shape"
    assert "0.123" not in answer.text
    assert '"unknown_shape"' in (tmp_path / "guard.log").read_text()
