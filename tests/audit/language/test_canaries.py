"""Canaries from their draw to what a trained model makes of them."""

import json
import stat
from collections import Counter

import numpy as np
import pytest

import vidocq
from vidocq.audit.language.canaries.canary import TextCanary
from vidocq.audit.language.canaries.draw import draw_text_canaries
from vidocq.audit.language.canaries.gradient import check_text_canaries
from vidocq.audit.language.canaries.insert import insert_into_jsonl, insert_text_canaries
from vidocq.audit.language.canaries.outliers import natural_outliers
from vidocq.audit.language.canaries.register import load_text_draw
from vidocq.core.errors import ConfigurationError, DataError, LedgerError, SampleTooSmall
from vidocq.dossier.canary_draw import DRAWN
from vidocq.dossier.ledger import Ledger

NUMBERS = {1: 40, 4: 10, 16: 10}
CORPUS = [f"le facteur a remis la lettre numéro {i} au port près du canal" for i in range(60)]
RARE = [f"zyg{i} quor{i} blem{i} ost{i} fra{i} plin{i} dux{i} wam{i} kip{i}" for i in range(30)]


def drawn(number=1, **changes):
    return draw_text_canaries(**({"rng": np.random.default_rng(number), "numbers": NUMBERS} | changes))


def encode(text):
    """One token a character: nothing at the ends changes with what stands beside."""
    return [ord(one) for one in text]


def test_no_two_canaries_begin_alike_and_about_half_are_planted():
    draw = drawn(numbers={1: 400})
    assert len({canary.prefix for canary in draw.canaries}) == 400
    assert 160 < draw.included.sum() < 240
    assert {canary.kind for canary in draw.canaries} == {"secret", "person"}
    english = drawn(text_lang="en")
    assert any("access code" in canary.text for canary in english.canaries)


def test_nonsense_is_words_of_the_corpus_at_random():
    draw = drawn(kinds=["nonsense"], corpus=CORPUS)
    known = {word for text in CORPUS for word in text.split()}
    assert all(set(canary.text.split()) <= known for canary in draw.canaries)
    assert len({canary.text for canary in draw.canaries}) == len(draw.canaries)
    assert len({canary.text for canary in drawn(kinds=["nonsense"]).canaries}) == len(draw.canaries)


def test_other_candidates_fill_the_pattern_and_never_are_the_secret():
    canary = TextCanary(kind="secret", prefix="a ", secret="9-04", suffix=".", pattern="#-##", repetition=1)  # noqa: S106
    rng = np.random.default_rng(1)
    others = canary.others(2000, rng)
    assert sorted(others) == sorted({f"{n // 100}-{n % 100:02d}" for n in range(1000)} - {"9-04"})
    some = canary.others(500, rng)
    assert len(some) == 500
    assert "9-04" not in some
    assert canary.space == 1000


def test_planted_as_often_as_drawn_and_nothing_else_changes():
    draw = drawn()
    texts = insert_text_canaries(CORPUS, draw, rng=np.random.default_rng(2))
    counts = Counter(texts)
    for canary, coin in zip(draw.canaries, draw.included, strict=True):
        assert counts[canary.text] == (canary.repetition if coin else 0)
    assert [text for text in texts if text in set(CORPUS)] == CORPUS
    assert texts == insert_text_canaries(CORPUS, draw, rng=np.random.default_rng(2))


def test_outliers_are_taken_from_the_corpus_and_out_of_it_where_the_coin_says_so():
    corpus = CORPUS[:40] + RARE + CORPUS[40:] + [CORPUS[0]] * 2
    assert {corpus[i] for i in natural_outliers(corpus, 20)} <= set(RARE)
    draw = drawn(kinds=["outlier"], numbers={1: 20, 4: 10}, corpus=corpus)
    assert all(canary.text in RARE for canary in draw.canaries)
    counts = Counter(insert_text_canaries(corpus, draw, rng=np.random.default_rng(2)))
    for canary, coin in zip(draw.canaries, draw.included, strict=True):
        assert counts[canary.text] == (canary.repetition if coin else 0)
    assert counts[CORPUS[0]] == 3
    with pytest.raises(DataError):
        insert_text_canaries([*corpus, draw.canaries[0].text], draw, rng=np.random.default_rng(2))
    with pytest.raises(SampleTooSmall):
        natural_outliers(["trop court"] * 5, 1)


def test_other_lines_of_a_jsonl_file_stay_byte_for_byte(tmp_path):
    draw = drawn()
    lines = [json.dumps({"text": text, "n": i}, ensure_ascii=i % 2 == 0) for i, text in enumerate(CORPUS)]
    (tmp_path / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    added = insert_into_jsonl(
        tmp_path / "in.jsonl", draw, tmp_path / "out.jsonl", field="text", rng=np.random.default_rng(1)
    )
    out = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(out) == len(lines) + added
    assert [line for line in out if line in set(lines)] == lines
    assert Counter(json.loads(line)["text"] for line in out if line not in set(lines)) == Counter(
        text for text in insert_text_canaries([], draw, rng=np.random.default_rng(1))
    )
    for bad in (b"[1]\n", b"{\n", b'{"other": 1}\n', b'{"text": 1}\n'):
        (tmp_path / "bad.jsonl").write_bytes(bad)
        with pytest.raises(DataError):
            insert_into_jsonl(
                tmp_path / "bad.jsonl", draw, tmp_path / "no", field="text", rng=np.random.default_rng(1)
            )


def test_the_register_is_kept_whole_and_secret(tmp_path):
    draw = drawn(delta=1e-5, guesses=20)
    draw.save(tmp_path / "c.json")
    assert stat.S_IMODE((tmp_path / "c.json").stat().st_mode) == 0o600
    again = load_text_draw(tmp_path / "c.json")
    assert again.canaries == draw.canaries
    np.testing.assert_array_equal(again.included, draw.included)
    assert (again.terms, again.salt, again.registered) == (draw.terms, draw.salt, draw.registered)
    whole = json.loads((tmp_path / "c.json").read_bytes())
    for change in (
        {"included": [not whole["included"][0], *whole["included"][1:]]},
        {"canaries": whole["canaries"][:-1]},
        {"canaries": [{**whole["canaries"][0], "secret": "1"}, *whole["canaries"][1:]]},
        {"canaries": [{**whole["canaries"][0], "prefix": 3}, *whole["canaries"][1:]]},
        {"format": "else"},
        {"salt": "zz"},
        {"terms": []},
    ):
        (tmp_path / "d.json").write_text(json.dumps(whole | change))
        with pytest.raises(DataError):
            load_text_draw(tmp_path / "d.json")
    with pytest.raises(DataError):
        load_text_draw(tmp_path / "absent.json")


def test_the_draw_stands_in_the_ledger_before_training_without_a_secret(tmp_path):
    url = f"sqlite:///{tmp_path}/d.db"
    draw = drawn(delta=1e-5, epsilon=4.0, dossier=url)
    assert draw.registered
    with Ledger.open(url) as ledger:
        (entry,) = ledger.entries(DRAWN)
    assert entry.data["draw"]["count"] == 40
    assert entry.data["draw"]["guesses"] == draw.terms.guesses > 0
    told = json.dumps(entry.data)
    assert not any(canary.prefix in told for canary in draw.canaries)


def test_what_cannot_be_drawn_is_refused():
    for changes in (
        {"numbers": {}},
        {"numbers": {0: 5}},
        {"kinds": []},
        {"kinds": ["song"]},
        {"kinds": ["outlier"]},
        {"guesses": 20},
        {"delta": 1e-5},
        {"delta": 1e-5, "guesses": 21},
        {"delta": 1e-5, "guesses": 42},
        {"numbers": {1: 10**6}},
    ):
        with pytest.raises(ConfigurationError):
            drawn(**changes)


class TestGradient:
    """What the trainer is given: one text a row, packed, cut off, or masked."""

    draw = drawn(numbers={1: 20, 3: 6})
    texts = insert_text_canaries(CORPUS, draw, rng=np.random.default_rng(3))

    def rows(self, cut=None, mask=None):
        for text in self.texts:
            ids = encode(text)[:cut]
            labels = list(ids)
            if mask is not None:
                labels[:mask] = [-100] * min(mask, len(ids))
            yield ids, labels

    def test_one_text_a_row_is_learnt_from(self):
        reached = check_text_canaries(self.draw, self.rows(), encode=encode)
        assert reached.is_sound
        np.testing.assert_array_equal(reached.whole, reached.expected)
        np.testing.assert_array_equal(reached.secret, reached.wanted)
        planted = self.draw.included
        digits = np.array([canary.pattern.count("#") for canary in self.draw.canaries])
        np.testing.assert_array_equal(reached.secret[planted], (digits * self.draw.repetition)[planted])

    def test_packed_into_blocks_a_canary_that_is_cut_in_two_is_still_learnt_from(self):
        stream = [token for text in self.texts for token in [*encode(text), 1]]
        blocks = [stream[i : i + 97] for i in range(0, len(stream), 97)]
        reached = check_text_canaries(self.draw, [(block, block) for block in blocks], encode=encode)
        assert (reached.parts > 0).any()
        assert not reached.silent.any()
        # at most one token of a copy is lost at a cut, and whatever is too short to tell whose it is
        assert (reached.secret >= reached.wanted - reached.expected * 4).all()

    def test_a_secret_that_is_cut_off_is_silent(self):
        reached = check_text_canaries(self.draw, self.rows(cut=20), encode=encode)
        np.testing.assert_array_equal(reached.silent, self.draw.included)
        assert not reached.is_sound

    def test_a_loss_mask_over_all_but_the_end_is_seen(self):
        longest = max(len(text) for text in self.texts)
        reached = check_text_canaries(self.draw, self.rows(mask=longest), encode=encode)
        np.testing.assert_array_equal(reached.silent, self.draw.included)
        last_two = check_text_canaries(
            self.draw,
            ((encode(c.text), [-100] * (len(c.prefix + c.secret) - 2) + encode(c.secret + c.suffix)[len(c.secret) - 2 :]) for c, coin in
             zip(self.draw.canaries, self.draw.included, strict=True) if coin for _ in range(c.repetition)),
            encode=encode,
        )  # fmt: skip
        np.testing.assert_array_equal(last_two.short, self.draw.included)
        told = last_two.to_dict()
        assert told["short"] == self.draw.included.sum()
        assert not any(canary.secret in json.dumps(told) for canary in self.draw.canaries)

    def test_a_control_that_was_put_in_all_the_same_is_seen(self):
        stranger = next(i for i, coin in enumerate(self.draw.included) if not coin)
        row = encode(self.draw.canaries[stranger].text)
        reached = check_text_canaries(self.draw, [*self.rows(), (row, row)], encode=encode)
        assert np.flatnonzero(reached.intruders).tolist() == [stranger]


def test_the_names_of_the_library_lead_here():
    assert vidocq.draw_text_canaries is draw_text_canaries
    assert vidocq.insert_text_canaries is insert_text_canaries
    assert vidocq.check_text_canaries is check_text_canaries
    assert vidocq.load_text_draw is load_text_draw


def test_another_ledger_does_not_know_the_draw(tmp_path):
    from vidocq.audit.one_run import guess_coins

    draw = drawn(delta=1e-5, guesses=20)
    with Ledger.open(f"sqlite:///{tmp_path}/d.db") as ledger, pytest.raises(LedgerError):
        guess_coins(draw.terms, draw.included[:40], draw.salt, np.arange(40.0), ledger=ledger, queries=0)
