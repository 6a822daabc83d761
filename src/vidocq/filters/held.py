"""A text that comes in pieces and is let go of only once what stands there, and what follows it, was looked through.

What is let go of depends on the text alone, not on how it was cut into pieces: a streamed answer is filtered as a whole
one is. The text is looked through in windows; each decides about the next few characters, with some before them for
context and some after them that are held back. Where a find, or a run that may be a coding of something, reaches the end
of a window, nothing of it is decided before its end is there.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from vidocq.core.guarding import Action, Hit

STEP = 64
"""Characters decided about in one go."""
CONTEXT = 256
"""Characters before them that are looked at again."""
LONGEST = 1 << 16
"""Characters that are held back at most: more of an open run is blocked."""
_TOKEN = re.compile(r"\S+")
_CODED = re.compile(r"[0-9A-Fa-f]{1,3}[,;:.-]?|[01]{8},?|(?:U\+|\\u|0x|\\x)[0-9A-Fa-f]{2,6},?|\S{24,}")
OPEN = 48
"""Characters from which on a coded run at the end of a window is waited for."""

Look = Callable[[str], Sequence[Hit]]
Write = Callable[[Hit, str], str]


@dataclass
class Held:
    """look   finds in a window.   write  what stands in the place of a find, given what stood there.

    hold    characters held back at the least: finds no longer than this are never let go of in part.
    finds   all that was found so far, with places in the whole text.
    late    finds of which a part had left: longer than what is held back.
    """

    look: Look
    write: Write
    hold: int = 256
    finds: list[Hit] = field(default_factory=list)
    late: int = 0
    blocked: Hit | None = None
    _text: str = ""  # from `_from` on
    _from: int = 0
    _done: int = 0
    _wait: int = 0

    def add(self, piece: str) -> str:
        """What can be let go of, now that this has come. Nothing once blocked."""
        if self.blocked is not None:
            return ""
        self._text += piece
        let_go = []
        while self.blocked is None and self._end - self._done >= STEP + self.hold + self._wait:
            let_go.append(self._decide(self._done + STEP, self._done + STEP + self.hold + self._wait))
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

    @property
    def _end(self) -> int:
        return self._from + len(self._text)

    def _decide(self, cut: int, end: int, *, is_last: bool = False) -> str:
        """Looks through what stands before `end`, lets go of what stands before `cut`, or of less."""
        begin = max(self._from, self._done - CONTEXT)
        window = self._text[begin - self._from : end - self._from]
        hits = _in_order(self.look(window), begin)
        if not is_last:
            opens = min(
                [hit.start for hit in hits if hit.end == end and hit.end > self._done and hit.action != Action.BLOCK]
                + [begin + start for start in _open_run(window)]
                + [cut]
            )
            if opens < cut:
                cut = max(opens, self._done)
                if cut == self._done:
                    return self._wait_for_more(end)
        self._wait = 0
        return self._let_go(cut, [hit for hit in hits if hit.end > self._done and hit.start < cut])

    def _wait_for_more(self, end: int) -> str:
        self._wait = max(2 * self._wait, self.hold)
        if end - self._done > LONGEST:
            self._block(Hit(self._done, end, "guard", "open-run", Action.BLOCK))
        return ""

    def _let_go(self, cut: int, hits: list[Hit]) -> str:
        parts = []
        for hit in hits:
            if hit.end <= self._done:
                continue  # inside a longer one before it
            self.late += hit.start < self._done
            start = max(hit.start, self._done)
            parts.append(self._between(self._done, start))
            self._done = start
            if hit.action == Action.BLOCK:
                self._block(hit)
                return "".join(parts)
            self.finds.append(hit)
            parts.append(self.write(hit, self._between(start, hit.end)))
            self._done = hit.end
        if self._done < cut:
            parts.append(self._between(self._done, cut))
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


def _in_order(hits: Sequence[Hit], begin: int) -> list[Hit]:
    """Finds at their places in the whole text: by their start, of those that start together the sternest, then longest."""
    stern = list(Action)
    moved = [hit._replace(start=hit.start + begin, end=hit.end + begin) for hit in hits]
    return sorted(moved, key=lambda hit: (hit.start, -stern.index(hit.action), -hit.end))


def _open_run(window: str) -> list[int]:
    """Where the run of codes at the very end of a window begins, if there is one of some length."""
    start = len(window)
    for token in reversed(list(_TOKEN.finditer(window))):
        if start - token.end() > 2 or _CODED.fullmatch(token[0]) is None:
            break
        start = token.start()
    return [start] if len(window) - start >= OPEN else []
