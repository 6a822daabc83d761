"""Whatever stands together in an answer, its readings come to an end: nothing holds the guard up."""

import gzip
import json
import signal
from pathlib import Path
from random import Random

import pytest

from vidocq.core.guarding import Surface
from vidocq.filters.evasion import values
from vidocq.filters.guard import Guard
from vidocq.filters.policy import PersonalDataSection

GUARD = Guard([PersonalDataSection(kind="personal-data", categories=frozenset(values.MADE)).made(None)])
UNSEEN = Path(__file__).parents[2] / "benchmarks" / "unseen"
SIGNS = "_XYZNA=?#*•…[]{}<>()\"'`«»0123456789@.+-/|,;:\n\t é🍎\u200b\u2062"
SECONDS = 20


class Held(Exception):
    """It did not come to an end."""


def _texts():
    for path in sorted(UNSEEN.glob("*.json.gz")):
        content = json.loads(gzip.decompress(path.read_bytes()))
        yield from (item["text"] for item in content["items"])
        yield from content["clean"]


def _mixed(rng, texts):
    one, other = rng.choice(texts), rng.choice(texts)
    at = rng.randrange(len(one))
    match rng.randrange(4):
        case 0:
            return one[:at] + other[rng.randrange(len(other)) :]
        case 1:
            return one.replace(" ", "\n") if rng.random() < 0.5 else one.replace("\n", " ")
        case 2:
            signs = list(one)
            for _ in range(rng.randrange(1, 20)):
                signs[rng.randrange(len(signs))] = rng.choice(SIGNS)
            return "".join(signs)
        case _:
            return (one[at : at + rng.randrange(1, 40)] * rng.randrange(2, 60))[:3000] + other


def _held(*_):
    raise Held


def _all_end(count, seed):
    rng, texts = Random(seed), list(_texts())
    before = signal.signal(signal.SIGALRM, _held)
    try:
        for _ in range(count):
            text = _mixed(rng, texts)
            signal.alarm(SECONDS)
            GUARD.check(text, Surface.ANSWER)
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="no alarm on this system")
def test_mixtures_are_read_to_their_end():
    _all_end(120, seed=5)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="no alarm on this system")
@pytest.mark.parametrize("seed", [1, 2])
def test_many_mixtures_are_read_to_their_end(seed):
    _all_end(3000, seed=seed)


@pytest.mark.parametrize("said", ["06 12 XX 56 78, où XX vaut XX", "0612N45678, N=N9"])
def test_what_is_filled_in_may_have_the_sign_of_its_hole(said):
    before = signal.signal(signal.SIGALRM, _held)
    signal.alarm(SECONDS)
    try:
        GUARD.check(said, Surface.ANSWER)
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
