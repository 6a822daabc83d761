"""Letters and digits turned upside down or mirrored, mostly written backwards too: "ɹɟ˙ǝʇuɐs@ollɐᴉpᴉ"."""

import re
from collections.abc import Iterator

from vidocq.filters.views.view import View, picked

_TURNED = (
    "aɐ bq cɔ dp eǝə fɟ gƃɓᵷ hɥ iᴉı jɾſ kʞ lꞁʅ mɯ nu oo pd qb rɹ ss tʇ un vʌ wʍ xx yʎ zz "
    "A∀Ɐ B𐐒ᗺ CƆↃ Dᗡ◖ EƎ∃ FℲ G⅁פ⅍ HH II Jᒋ K⋊ꞰɅ L⅂˥Ꞁ MƜ NN OO PԀ QΌ Rᴚ SS T⊥┴Ʇ U∩Ո VΛ WM XX Y⅄ ZZ "
    "00 1ƖІ⇂ 2ᄅ↊ᘔ 3Ɛ↋ 4ㄣ߈ᔭ 5ϛގ 69 7ㄥ𝘓ㆦ 88 96 .˙ _‾¯ ?¿ !¡ ,ʻ‘ '͵ &⅋ --"
)
_MIRRORED = (
    "aɒ bd cɔ db eɘ fᎸʇ gϱǫ hʜ ii jꞁ kʞ ll mm nn oo pq qp rɿ sꙅ tƚɈ uu vv ww xx yγʏ zƹ "
    "AA Bᙠ CƆ Dᗡ EƎ Fꟻ GᎮ HH II JႱ Kꓘ⋊ L⅃ MM NИ OO Pꟼ QỌ Rᴙя SƧ TT UU VV WW XX YY ZƸ "
    "00 1߁ 2ς 3Ɛ 4μ 5ट 6მ 7٢ 88 9୧ .. -- __"
)


def _table(pairs: str) -> dict[str, str]:
    """From each form to what it is read as."""
    return {form: pair[0] for pair in pairs.split() for form in pair[1:]}


_FLIP, _MIRROR = _table(_TURNED), _table(_MIRRORED)
_CLEARLY = {
    name: re.compile(f"[{''.join(re.escape(form) for form in table if not form.isascii() and form not in '¿¡¯‘·')}]")
    for name, table in (("turned", _FLIP), ("mirrored", _MIRROR))
}
_RUN = re.compile(r"[^\s(){}\[\]«»\"“”`|]+")
_GAP = re.compile(r"[ \u00a0]")
_FEWEST = 3
"""Forms that are of no ordinary letter, from which on a run is taken to be turned."""


def turned(text: str) -> Iterator[View]:
    """For each way of turning, the runs that bear its forms as plain ones: backwards, then in the order they stand in."""
    if text.isascii():
        return
    for (name, sign), table in zip(_CLEARLY.items(), (_FLIP, _MIRROR), strict=True):
        if len(sign.findall(text)) < _FEWEST:
            continue
        for is_backwards in (True, False):
            read: list[tuple[int, str]] = []
            for run in _runs(text, sign):
                read += [(at, table.get(text[at], text[at])) for at in (reversed(run) if is_backwards else run)]
                read.append((run.stop - 1, "\n"))
            yield picked(name if is_backwards else f"{name} in place", read)


def _runs(text: str, sign: re.Pattern[str]) -> Iterator[range]:
    """Words that bear a form, with those of signs and digits between two of them."""
    start = end = -1
    for word in _RUN.finditer(text):
        bears = sign.search(word[0]) is not None or not any(map(str.isalpha, word[0]))
        if bears and start >= 0 and _GAP.fullmatch(text, end, word.start()):
            end = word.end()
        else:
            if start >= 0 and sign.search(text, start, end):
                yield range(start, end)
            start, end = (word.start(), word.end()) if bears else (-1, -1)
    if start >= 0 and sign.search(text, start, end):
        yield range(start, end)
