"""An index of texts: every run it tells is there, none that it promises to find is missed, whatever was cut where."""

import os
import random
import stat
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vidocq.core.errors import ConfigurationError, DataError
from vidocq.measure.overlap import SHORTEST, OverlapIndex, build, building, sorting
from vidocq.measure.overlap import index as index_file
from vidocq.measure.overlap.layout import HEAD, MOST_ALIKE
from vidocq.measure.overlap.spelling import spelt

WORDS = "le contrat est signé par la personne que l'Été désigne — « à Paris » et 12 rue des Lilas ﬁn".split()  # noqa: SIM905 - one reads words more easily than quotes
TEXT = "Le contrat de bail est signé à Lyon par la personne que le mandataire désigne, et par deux témoins au moins."


@pytest.fixture
def indexed(tmp_path):
    opened = []

    def make(texts, name="corpus.overlap"):
        build(texts, tmp_path / name)
        opened.append(OverlapIndex.open(tmp_path / name))
        return opened[-1]

    yield make
    for index in opened:
        index.close()


def longest_common(one: bytes, other: bytes) -> int:
    """By the table of all pairs of places."""
    best, row = 0, [0] * (len(other) + 1)
    for left in one:
        row = [0] + [before + 1 if left == right else 0 for before, right in zip(row, other, strict=False)]
        best = max(best, *row)
    return best


def test_a_run_is_found_where_it_stands_and_no_longer_than_it_is(indexed):
    index = indexed(["Rien de tel ici, ni ailleurs, ni plus loin dans ce texte-là.", "Préambule. " + TEXT, "Fin."])
    asked = "Voici : " + TEXT[11:75] + "xyz"
    run = index.longest(asked)
    assert run is not None
    assert (run.document, run.start, run.length) == (1, 11 + 11 - 1, 65)  # the space before is common too
    assert asked[run.at : run.until] == " " + TEXT[11:75]


def test_what_is_compared_is_neither_case_nor_accents_nor_spaces(indexed):
    index = indexed([TEXT])
    shouted = TEXT.upper().replace("É", "E\u0301").replace(" ", "\u00a0 \n").replace("'", "’")
    run = index.longest("— " + shouted)
    assert run is not None
    assert run.length == len(spelt(TEXT))
    assert (run.at, run.until) == (2, 2 + len(shouted))


def test_the_longest_run_is_that_of_the_slow_way(indexed):
    draw = random.Random(5)
    for trial in range(40):
        alphabet = "ab" if trial % 2 else "abcdé "
        texts = ["".join(draw.choices(alphabet, k=draw.randrange(200))) for _ in range(6)]
        cut = texts[draw.randrange(6)]
        start = draw.randrange(max(len(cut) - 60, 1))
        asked = "".join(draw.choices(alphabet, k=40)) + cut[start : start + draw.randrange(90)] + "zz"
        index = indexed(texts, f"{trial}.overlap")
        run = index.longest(asked)
        exact = max(longest_common(spelt(asked), spelt(text)) for text in texts)
        if run is None:
            assert exact < SHORTEST
            continue
        found = spelt(asked[run.at : run.until])
        assert run.length == len(found.decode())
        assert found.decode() == spelt(texts[run.document]).decode()[run.start : run.start + run.length]
        assert exact - 2 <= len(found) <= exact  # a run is cut to whole characters


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join), min_size=1, max_size=8),
    st.integers(0, 7),
    st.integers(0, 60),
)
def test_a_part_of_an_indexed_text_is_found_in_it(tmp_path_factory, texts, which, begin):
    path = tmp_path_factory.getbasetemp() / "given.overlap"
    text = texts[which % len(texts)][begin:]
    build(texts, path)
    with OverlapIndex.open(path) as index:
        runs = index.overlap(text, at_least=SHORTEST).runs
    spelling = spelt(text)
    if len(spelling) >= SHORTEST:
        assert which % len(texts) in {run.document for run in runs if run.length == len(spelling.decode())}
    assert all(runs[i].length >= runs[i + 1].length for i in range(len(runs) - 1))


def test_the_same_bytes_whatever_is_held_at_once(tmp_path, monkeypatch):
    draw = random.Random(2)
    texts = [" ".join(draw.choices(WORDS, k=draw.randrange(400))) for _ in range(60)] + ["à  b" * 9000]
    build(texts, tmp_path / "at-once")
    monkeypatch.setattr(building, "TOGETHER", 37)
    monkeypatch.setattr(building, "SORTED", 1000)
    monkeypatch.setattr(sorting, "MERGED", 50)
    build(iter(texts), tmp_path / "in-pieces")
    assert (tmp_path / "at-once").read_bytes() == (tmp_path / "in-pieces").read_bytes()


def test_every_text_that_holds_the_run_is_told(indexed):
    index = indexed(
        [f"{number} {TEXT} {number}" if number % 3 else "autre chose, sans rapport" for number in range(60)]
    )
    found = index.overlap(TEXT, at_least=50)
    assert sorted(run.document for run in found.runs) == [number for number in range(60) if number % 3]
    assert found.complete
    assert len(index.overlap(TEXT, at_least=50, most=4).runs) == 4


def test_a_gram_that_stands_everywhere_is_said_to_be_cut(indexed):
    crowd = [f"n{number:05d} {TEXT} fin{number:05d}" for number in range(10 * MOST_ALIKE)]
    index = indexed(crowd)
    assert index.head.cut > 0
    found = index.overlap(TEXT, at_least=60)
    assert not found.complete
    documents = [run.document for run in found.runs]
    assert len(documents) >= MOST_ALIKE
    assert (
        0.4 < sum(number < len(crowd) / 2 for number in documents) / len(documents) < 0.6
    )  # first ones are not favoured
    alone = index.longest("n00007 " + TEXT)
    assert alone is not None
    assert alone.length >= len(TEXT)


def test_too_many_pairs_are_not_all_looked_at(indexed, monkeypatch):
    index = indexed(
        [f"{TEXT} {number}" for number in range(100)] + ["un texte que personne d'autre ne répète, jamais vu"]
    )
    monkeypatch.setattr(index_file, "MOST_PAIRS", 300)
    found = index.overlap(TEXT + " un texte que personne d'autre ne répète, jamais vu", at_least=40)
    assert not found.complete
    assert 100 in {run.document for run in found.runs}  # the rarest grams come first


def test_nothing_is_found_where_nothing_is(indexed):
    assert indexed([], "none").longest(TEXT) is None
    assert indexed(["", "court"], "short").longest(TEXT) is None
    assert indexed([TEXT], "one").longest("") is None
    assert (
        indexed([TEXT[:60], TEXT[60:]], "two").longest(TEXT[35:85]) is None
    )  # no run goes from one text to the next


def test_a_run_that_cannot_be_found_for_sure_is_refused(indexed):
    with pytest.raises(ConfigurationError, match="not found for sure"):
        indexed([TEXT]).overlap(TEXT, at_least=SHORTEST - 1)


def test_the_file_is_whole_or_absent_and_its_owners_only(tmp_path):
    path = tmp_path / "corpus.overlap"

    def breaking():
        yield TEXT * 1000
        raise RuntimeError

    with pytest.raises(RuntimeError):
        build(breaking(), path)
    assert not list(tmp_path.iterdir())
    build([TEXT], path)
    assert [file.name for file in tmp_path.iterdir()] == [path.name]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("place", [0, 20, 60, HEAD + 5, HEAD + 150, -5, -300])
def test_a_damaged_index_is_refused(tmp_path, place):
    path = tmp_path / "corpus.overlap"
    build([TEXT], path)
    data = bytearray(path.read_bytes())
    data[place] ^= 0x10
    path.write_bytes(data)
    with pytest.raises(DataError, match="can be trusted"):
        OverlapIndex.open(path)


@pytest.mark.parametrize("size", [0, 100, HEAD, -1])
def test_an_index_that_was_cut_short_is_refused(tmp_path, size):
    path = tmp_path / "corpus.overlap"
    build([TEXT], path)
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(DataError):
        OverlapIndex.open(path)
    with pytest.raises(DataError, match="cannot be read"):
        OverlapIndex.open(tmp_path / "nowhere")


def test_memory_does_not_grow_with_the_texts(tmp_path, monkeypatch):
    monkeypatch.setattr(building, "TOGETHER", 1 << 16)
    monkeypatch.setattr(building, "SORTED", 1 << 18)
    monkeypatch.setattr(sorting, "MERGED", 1 << 15)
    peaks = []
    for number in (40, 160):
        texts = (os.urandom(12_000).hex() for _ in range(number))
        tracemalloc.start()
        build(texts, tmp_path / "corpus.overlap")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.15 * peaks[0]
