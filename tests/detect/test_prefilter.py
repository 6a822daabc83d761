"""The pass that tells where to search: one result whatever the engine, and nothing lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidocq.detect.catalogue import DETECTORS
from vidocq.detect.normalised import Normalised
from vidocq.detect.prefilter import BLOCK, LONGEST, OVERLAP, fastest_matcher, plain_matcher, re2_matcher, windows

from detect.cases import FOUND, SILENT

ANCHORED = [detector for detector in DETECTORS.defaults() if detector.anchor is not None]
ANCHORS = tuple(dict.fromkeys(detector.anchor for detector in ANCHORED))
SHORT = tuple(anchor for anchor in ANCHORS if len(anchor) <= LONGEST)
CASES = [
    text.replace("⟦", "").replace("⟧", "") for table in (FOUND, SILENT) for texts in table.values() for text in texts
] + [
    "née le 3 mai 1962, 12 rue des Lilas, 69003 Lyon",
    "Mme Petit, en arrêt maladie (dépression), condamnée",
    "id;nom;ville",
]
LONG = "\n".join((f"{text} {'mot ' * (k % 90)}" for k, text in enumerate(CASES * 3)))


@pytest.fixture(scope="module")
def re2():
    return pytest.importorskip("re2")


def test_both_engines_give_the_same_windows(re2):
    assert len(LONG) > 20 * BLOCK
    fast = windows(LONG, SHORT, matcher=re2_matcher(SHORT))
    assert fast == windows(LONG, SHORT, matcher=plain_matcher(SHORT))
    assert all(fast)


@given(
    st.lists(st.sampled_from([*CASES, "é", "\u2028", "\x00", "K", "ſ", "\ud800", "ok"]), max_size=6),
    st.text(max_size=80),
)
def test_both_engines_agree_on_any_block(pieces, noise):
    pytest.importorskip("re2")
    block = noise.join(pieces)
    assert sorted(fastest_matcher(SHORT)(block)) == sorted(plain_matcher(SHORT)(block))


def test_lists_of_words_always_fire_without_re2(re2):
    lists = tuple(anchor for anchor in ANCHORS if len(anchor) > LONGEST)
    assert plain_matcher(lists)("no word of any list") == [0, 1]
    assert not re2_matcher(lists)("no word of any list")
    assert re2_matcher(lists)("she was pregnant")


def test_without_re2_the_slower_engine_serves(monkeypatch):
    def absent(_: object) -> object:
        raise ImportError("no re2 here")

    monkeypatch.setattr("vidocq.detect.prefilter.re2_matcher", absent)
    fastest_matcher.cache_clear()
    try:
        assert fastest_matcher(ANCHORS)("jeanne@exemple.fr") == plain_matcher(ANCHORS)("jeanne@exemple.fr")
    finally:
        fastest_matcher.cache_clear()


@pytest.mark.parametrize("detector", ANCHORED, ids=lambda d: d.card.id)
def test_windows_lose_nothing(detector):
    """Wherever blocks are cut, what the windows give is what the whole text gives."""
    for shift in (0, 1, 700, BLOCK - 20):
        seen = Normalised.of("x " * (shift // 2) + LONG)
        (around,) = windows(seen.text, (detector.anchor,))
        assert set(detector.find(seen.within(around))) == set(detector.find(seen))


@pytest.mark.parametrize("detector", ANCHORED, ids=lambda d: d.card.id)
def test_anchors_are_short_and_read_alike_by_both_engines(detector):
    assert not re.search(
        r"\\[wWdDsSbB]|\(\?[=!<]|[*+]\)?(?![^\[]*\])", detector.anchor.replace("[+", "[").replace(r"\+", "")
    )
    assert re.compile(detector.anchor)
    longest = re._parser.parse(detector.anchor).getwidth()[1]  # the only way to ask
    assert longest <= OVERLAP
