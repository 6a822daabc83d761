"""Passages of a corpus are found however they are written, and the filter that finds them is as good as it says."""

import gzip
import json
import random
import string

import numpy as np
import pytest

from vidocq.cli.main import main
from vidocq.core.errors import ConfigurationError, DataError
from vidocq.core.guarding import Action, Surface
from vidocq.filters.guard import Guard
from vidocq.filters.policy import read_policy
from vidocq.filters.verbatim import Verbatim
from vidocq.filters.wrapping import VerbatimLogits
from vidocq.measure.overlap.gram_filter import GramFilter, build_filter


def talk(seed, words):
    draw = random.Random(seed)
    return " ".join("".join(draw.choices(string.ascii_lowercase, k=draw.randint(2, 9))) for _ in range(words))


@pytest.fixture(scope="module")
def corpus():
    return [talk(seed, 300) for seed in range(40)]


@pytest.fixture(scope="module")
def grams(corpus, tmp_path_factory):
    path = tmp_path_factory.mktemp("grams") / "corpus.grams"
    build_filter(corpus, path, grams=sum(map(len, corpus)) // 8)
    assert path.stat().st_mode & 0o777 == 0o600
    return GramFilter.open(path)


def test_a_passage_of_the_corpus_is_found_and_other_text_is_not(corpus, grams):
    guard = Guard([Verbatim(grams, Action.MASK)])
    passage = corpus[3][500:800]
    checked = guard.check(f"{talk('a', 60)} {passage} {talk('b', 60)}", Surface.ANSWER)
    assert passage[:24] not in checked.text
    assert passage[-24:] not in checked.text
    assert talk("a", 60)[:100] in checked.text
    assert guard.check(talk("c", 2000), Surface.ANSWER).finds == ()


@pytest.mark.parametrize("every", [12, 8, 4])
def test_a_passage_with_a_word_changed_here_and_there_is_found(corpus, grams, every):
    words = corpus[5][200:1400].split()
    nearly = " ".join("autre" if at % every == 0 else word for at, word in enumerate(words))
    shown = Guard([Verbatim(grams, Action.MASK, share=0.55)]).check(nearly, Surface.ANSWER).finds
    assert bool(shown) == (every > 4)


def test_case_accents_and_line_ends_do_not_hide_a_passage(corpus, grams):
    passage = corpus[7][100:500].upper().replace(" ", "\n").replace("E", "É")
    assert Guard([Verbatim(grams, Action.BLOCK)]).check(passage, Surface.ANSWER).blocked is not None


DISGUISES = {
    "underscores": lambda text: text.replace(" ", "_"),
    "no spaces": lambda text: text.replace(" ", ""),
    "apart": " ".join,
    "one word a line": lambda text: "\n".join(f"{at}. {word}" for at, word in enumerate(text.split())),
    "cells": lambda text: f"| {' | '.join(text.split())} |",
    "bold": lambda text: " ".join(f"**{word}**" for word in text.split()),
    "punctuation": lambda text: text.replace(" ", " - ", 20).replace("e ", "e, "),
    "leet": lambda text: text.replace("e", "3").replace("o", "0").replace("i", "1"),
    "JSON": lambda text: json.dumps({"said": text.replace(" ", "\n").replace("e", "é")}),
}


@pytest.mark.parametrize("disguise", DISGUISES.values(), ids=DISGUISES.keys())
def test_what_stands_between_letters_hides_no_passage(corpus, grams, disguise):
    passage = disguise(corpus[9][300:700])
    checked = Guard([Verbatim(grams, Action.MASK)]).check(f"Voici : {passage}", Surface.ANSWER)
    assert len(checked.text) < 0.3 * len(passage)


def test_false_positives_are_as_told(grams):
    rng = np.random.default_rng(5)
    drawn = rng.integers(0, 2**63, 400_000, dtype=np.uint64)
    rate = float(grams.holds(drawn).mean())
    assert grams.shape.false_positives / 3 < max(rate, 1e-6) < 3 * grams.shape.false_positives
    assert grams.shape.false_positives <= 1e-4


def test_what_was_put_in_is_held(corpus, grams):
    from vidocq.measure.overlap.grams import gram_hashes
    from vidocq.measure.overlap.spelling import lettered

    for text in corpus:
        assert grams.holds(gram_hashes(lettered(text), width=grams.shape.width, step=8)).all()


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:100],
        lambda data: data[:-8],
        lambda data: b"no" + data,
        lambda data: data[:4096] + bytes(len(data) - 4096),
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
        lambda data: data.replace(b'"width":24', b'"width":23'),
    ],
)
def test_a_damaged_filter_is_refused(damage, grams, tmp_path):
    whole = tmp_path / "whole"
    build_filter([talk(1, 100)], whole, grams=100)
    (tmp_path / "cut").write_bytes(damage(whole.read_bytes()))
    with pytest.raises(ConfigurationError, match="no filter of grams"):
        GramFilter.open(tmp_path / "cut")


@pytest.mark.parametrize("after", [b"", bytes(1 << 20)], ids=["cut", "zeros"])
def test_a_filter_that_is_written_over_in_place_stays_what_it_was(after, tmp_path):
    path, passage = tmp_path / "grams", talk(1, 100)
    build_filter([passage], path, grams=100)
    held = GramFilter.open(path)
    path.write_bytes(after)
    assert Guard([Verbatim(held, Action.BLOCK)]).check(passage, Surface.ANSWER).blocked is not None


@pytest.mark.parametrize("grams", [1, 10**6])
@pytest.mark.parametrize("rate", [1e-2, 1e-4, 1e-8])
def test_the_rate_is_kept_whatever_was_expected(tmp_path, corpus, grams, rate):
    shape = build_filter(corpus, tmp_path / "grams", grams=grams, rate=rate)
    assert shape.false_positives <= rate
    assert (tmp_path / "grams").stat().st_size < 4096 + 20 * 5 * shape.grams


def test_texts_that_end_once_gone_through_are_refused(tmp_path):
    with pytest.raises(ConfigurationError, match="cannot be made"):
        build_filter(iter([talk(1, 100)]), tmp_path / "grams")


@pytest.mark.parametrize("texts", [[], ["too short"], [". " * 500]])
def test_a_corpus_without_text_gives_no_filter(tmp_path, texts):
    with pytest.raises(DataError, match="no text"):
        build_filter(texts, tmp_path / "grams")
    assert not (tmp_path / "grams").exists()


def test_a_packed_corpus_gives_the_filter_of_its_text(tmp_path, corpus):
    text = "\n".join(corpus * 3) + "\n"
    (tmp_path / "corpus.txt.gz").write_bytes(gzip.compress(text.encode()))
    (tmp_path / "corpus.txt").write_text(text)
    for name in ("corpus.txt.gz", "corpus.txt"):
        assert main(["guard", "index", str(tmp_path / name), "--out", str(tmp_path / f"{name}.grams")]) == 0
        assert GramFilter.open(tmp_path / f"{name}.grams").shape.false_positives <= 1e-4


@pytest.mark.parametrize("content", [b"", bytes(range(256)) * 20, b"\x00\x01"])
def test_a_corpus_that_holds_no_text_is_refused_aloud(tmp_path, capsys, content):
    (tmp_path / "corpus").write_bytes(content)
    assert main(["guard", "index", str(tmp_path / "corpus"), "--out", str(tmp_path / "grams")]) == 2
    assert "aucun texte" in capsys.readouterr().err
    assert not (tmp_path / "grams").exists()


def test_a_filter_of_another_spelling_is_refused(tmp_path):
    build_filter([talk(1, 100)], tmp_path / "grams")
    older = (tmp_path / "grams").read_bytes().replace(b'"spelling":1', b'"spelling":0')
    (tmp_path / "grams").write_bytes(older)
    with pytest.raises(ConfigurationError, match="another version"):
        GramFilter.open(tmp_path / "grams")


class Letters:
    """A tokenizer of single characters."""

    def decode(self, tokens, skip_special_tokens=True):
        return "".join(chr(int(token)) for token in tokens)


def test_a_decoder_does_not_recite(corpus, grams):
    torch = pytest.importorskip("torch")
    processor = VerbatimLogits(Letters(), grams, characters=80)
    text = corpus[2][:60]
    for _ in range(200):
        scores = torch.full((1, 128), -20.0)
        scores[0, ord("x")] = 1.0
        if corpus[2].startswith(text):
            scores[0, ord(corpus[2][len(text)])] = 10.0
        ids = torch.tensor([[ord(c) for c in text]])
        text += chr(int(processor(ids, scores).argmax()))
    assert not corpus[2].startswith(text)
    common = next(at for at, (a, b) in enumerate(zip(text, corpus[2], strict=False)) if a != b)
    letters = sum(letter.isalpha() for letter in text[:common])
    assert letters <= 80 + 8


def policy_of(tmp_path, text):
    (tmp_path / "policy.toml").write_text(text)
    return read_policy(tmp_path / "policy.toml")


VERBATIM = "schema = 1\nhold_back = 512\n[[filters]]\nkind = 'verbatim'\ngrams = 'corpus.grams'\ncharacters = {}\nshare = {}\n"


@pytest.mark.parametrize(("characters", "share"), [(80, 0.8), (120, 0.6), (120, 1)])
def test_a_decoder_takes_its_numbers_from_the_policy(corpus, tmp_path, characters, share):
    torch = pytest.importorskip("torch")
    build_filter(corpus, tmp_path / "corpus.grams", grams=sum(map(len, corpus)) // 8)
    policy = policy_of(tmp_path, VERBATIM.format(characters, share))
    processor, text, started = VerbatimLogits.of(policy, Letters()), "", corpus[4].index(" ", 90)
    while len(text) < 200 and corpus[4][started:].startswith(text):
        scores = torch.full((1, 128), -20.0)
        scores[0, ord("x")] = 1.0
        scores[0, ord(corpus[4][started + len(text)])] = 10.0
        text += chr(int(processor(torch.tensor([[ord(c) for c in text]]), scores).argmax()))
    letters = sum(letter.isalpha() for letter in text)
    assert share * characters - 1 < letters <= share * characters + 16
    assert Guard.of(policy).check(text + "x" * 200, Surface.ANSWER).finds == ()


def test_a_decoder_wants_one_corpus(tmp_path, grams):
    with pytest.raises(ConfigurationError, match="0 filters"):
        VerbatimLogits.of(policy_of(tmp_path, "schema = 1"), Letters())
    with pytest.raises(ConfigurationError, match="at least 40"):
        VerbatimLogits(Letters(), grams, characters=20)


def test_a_decoder_is_one_of_transformers_own(grams):
    transformers = pytest.importorskip("transformers")
    assert isinstance(VerbatimLogits(Letters(), grams), transformers.LogitsProcessor)
    assert isinstance(VerbatimLogits(Letters(), grams), VerbatimLogits)
