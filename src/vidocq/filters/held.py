"""A text that comes in pieces and is let go of only once what stands there, and what follows it, was looked through.

What is let go of depends on the text alone, not on how it was cut into pieces: a streamed answer is filtered as a whole
one is. The text is looked through in windows; each decides about the next few characters, with some before them for
context and some after them that are held back. Where a find, or a run that may be a coding of something, reaches the end
of a window, nothing of it is decided before its end is there. More is held back where what follows may be the parts of
one value, said piece by piece; and where a window took many readings, the next decides about more at once.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from vidocq.core.guarding import Action, Hit
from vidocq.filters.json_text import JsonText
from vidocq.filters.parts import share_of_parts
from vidocq.filters.views import carrier

STEP = 128
"""Characters decided about in one go."""
CONTEXT = 256
"""Characters before them that are looked at again."""
FEW = 4
"""Readings of a window, in its own length, up to which STEP stays; of more, the step grows with them."""
LARGEST_STEP = 1024
WIDE = 1024
"""Characters held back where what follows is mostly parts of values."""
WIDE_STEP = 256
PARTS = 0.4
"""Share of such parts from which on that is so; sentences have a tenth of it."""
LONGEST = 1 << 16
"""Characters that are held back at most: more of an open run is blocked."""
_TOKEN = re.compile(r"\S+")
_CODED = re.compile(
    r"[^\w\s\\]{0,3}(?:[0-9A-Fa-f]{1,3}|[01]{8}|(?:U\+|\\u|0x|\\x)[0-9A-Fa-f]{2,6})[^\w\s\\]{0,3}|\S{24,}"
)
_CUT = 12
OPEN = 48
"""Characters from which on a coded run at the end of a window is waited for."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found in a window.   read  characters of the readings that this took, a measure of the work."""

    hits: Sequence[Hit]
    read: int = 0


Look = Callable[[str], Looked]
Write = Callable[[Hit], str]


@dataclass
class Held:
    """look   finds in a window.   write  what stands in the place of a find.

    shape   keeps JSON what is JSON, and nothing else as it is.
    hold    characters held back at the least: finds no longer than this are never let go of in part.
    finds   all that was found so far, with places in the whole text. Of a late one, wider than what was held back, the
            rest is written over.
    """

    look: Look
    write: Write
    shape: JsonText = field(default_factory=JsonText)
    hold: int = 256
    finds: list[Hit] = field(default_factory=list)
    blocked: Hit | None = None
    _text: str = ""  # from `_from` on
    _from: int = 0
    _done: int = 0
    _wait: int = 0
    _step: int = STEP
    _ahead: int = 0  # at least `hold`

    def add(self, piece: str) -> str:
        """What can be let go of, now that this has come. Nothing once blocked."""
        if self.blocked is not None:
            return ""
        self._text += piece
        let_go = []
        while self.blocked is None and self._end - self._done >= self._due:
            let_go.append(self._decide(self._done + self._due - self._ahead, self._done + self._due))
        return "".join(let_go)

    def end(self) -> str:
        """What is left, once nothing more will come."""
        let_go = []
        while self.blocked is None and self._done < self._end:
            let_go.append(self._decide(self._end, self._end, is_last=True))
        return "".join(let_go)

    @property
    def done(self) -> int:
        """Characters of the whole text that were decided about."""
        return self._done

    def __post_init__(self) -> None:
        self._ahead = self.hold

    @property
    def _due(self) -> int:
        """Characters that have to be there for the next decision."""
        return self._step + self._ahead + self._wait

    @property
    def _end(self) -> int:
        return self._from + len(self._text)

    def _decide(self, cut: int, end: int, *, is_last: bool = False) -> str:
        """Looks through what stands before `end`, lets go of what stands before `cut`, or of less."""
        begin = max(self._from, self._done - CONTEXT)
        window = self._text[begin - self._from : end - self._from]
        looked = self.look(window)
        after = self._between(self._done, end)
        found = looked.hits if self.shape.is_json(after) else carrier.widened(window, looked.hits)
        hits = _in_order(self.shape.whole_values(after, self._done, _moved(found, begin)))
        if not is_last:
            if self._widens(window, looked.read):
                return ""
            opens = min(
                [hit.start for hit in hits if hit.end == end and hit.end > self._done and hit.action != Action.BLOCK]
                + [begin + start for start in _open_run(window)]
                + [cut]
            )
            cut = self.shape.before(after, self._done, max(opens, self._done))
            if cut == self._done:
                return self._wait_for_more(end)
        self._wait = 0
        return self._let_go(cut, [hit for hit in hits if hit.end > self._done and hit.start < cut])

    def _widens(self, window: str, read: int) -> bool:
        """How much is held back and decided about from now on; whether this window is too narrow already."""
        step = min(max(1, read // (FEW * len(window))) * STEP, LARGEST_STEP)
        is_wide = self._ahead < WIDE and share_of_parts(window[-self._ahead :]) >= PARTS
        if is_wide:
            self._ahead, self._step = WIDE, max(step, WIDE_STEP)
            return True
        if self._ahead > self.hold and share_of_parts(window[-WIDE:][: self.hold]) < PARTS:
            self._ahead = self.hold
        self._step = max(step, WIDE_STEP if self._ahead > self.hold else STEP)
        return False

    def _wait_for_more(self, end: int) -> str:
        self._wait = max(2 * self._wait, self.hold)
        if end - self._done > LONGEST:
            self._block(Hit(self._done, end, "guard", "open-run", Action.BLOCK))
        return ""

    def _let_go(self, cut: int, hits: list[Hit]) -> str:
        parts, reached = [], self._done
        for hit in hits:
            if hit.end <= self._done:
                continue  # inside a longer one before it
            start = max(hit.start, self._done)
            seen = hit._replace(late=hit.start < reached)
            parts.append(self.shape.passed(self._between(self._done, start)))
            self._done = start
            if hit.action == Action.BLOCK:
                self._block(seen)
                return "".join(parts)
            self.finds.append(seen)
            parts.append(self.shape.written(self._between(start, hit.end), self.write(hit)))
            self._done = hit.end
        if self._done < cut:
            parts.append(self.shape.passed(self._between(self._done, cut)))
            self._done = cut
        keep = max(self._from, self._done - CONTEXT)
        self._text, self._from = self._text[keep - self._from :], keep
        return "".join(parts)

    def _block(self, hit: Hit) -> None:
        self.blocked = hit
        self.finds.append(hit)
        self._text = ""

    def _between(self, start: int, end: int) -> str:
        return self._text[start - self._from : end - self._from]


def _moved(hits: Sequence[Hit], begin: int) -> list[Hit]:
    """Finds at their places in the whole text."""
    return [hit._replace(start=hit.start + begin, end=hit.end + begin) for hit in hits]


def _in_order(hits: Sequence[Hit]) -> list[Hit]:
    """By their start; of those that start together the sternest, then the longest."""
    stern = list(Action)
    return sorted(hits, key=lambda hit: (hit.start, -stern.index(hit.action), -hit.end))


def _open_run(window: str) -> list[int]:
    """Where the run of codes at the very end of a window begins, if there is one of some length."""
    start = len(window)
    tokens = list(_TOKEN.finditer(window))
    if tokens and tokens[-1].end() == start and len(tokens[-1][0]) <= _CUT:
        start = tokens.pop().start()  # cut by the end: it does not say what it is
    for token in reversed(tokens):
        if start - token.end() > 2 or _CODED.fullmatch(token[0]) is None:
            break
        start = token.start()
    return [start] if len(window) - start >= OPEN else []
