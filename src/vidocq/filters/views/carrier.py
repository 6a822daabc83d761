"""What carries a value that was found disguised in code or data: the call that decodes it, the list or object that holds it.

What is left of it would say how the value was disguised, and be no whole statement.
"""

import re
from collections.abc import Sequence

from vidocq.core.guarding import Hit

_FARTHEST = 120
_OPENS, _CLOSES = 6, 24
_BEFORE = re.compile(
    r"(?:(?:^|(?<=[\s({]))(?:echo|printf|print|export|return|const|let|var|import \w+(?:\n|; ?))\s{0,2}"
    r"|[\w.$]{1,40}\(\s{0,4}"  # a call
    r"|[\"'][\w -]{1,24}[\"']\s?(?::|=>)\s?"  # a key
    r"|[\"'][\w -]{1,24}[\"']\s?(?::|=>)\s?(?:[\"'][^\"'\n]{0,24}[\"']|[\w.-]{1,24}),\s{0,8}"  # and one before it
    r"|(?:(?<=\n)|^)[ \t]{0,8}[\w-]{1,20}:(?:[ \t][\w.-]{1,20})?\n[ \t]{0,8}(?:-[ \t])?"  # keys of YAML
    r"|(?<=[\w)\]\"'])\s?\+\s?"
    r"|(?<=\n)[ \t]{1,8}(?:-[ \t])?"
    r"|[\[{(\"'`]\s{0,8})\Z"
)
_AFTER = re.compile(
    r"[\"'`\])};=]"
    r"|\s{1,8}[\])}]"
    r"|\.\w{1,16}\([^()\n]{0,24}\)"
    r"|\s?\|\s?[a-z][\w-]{0,12}(?:\s-{1,2}\w{1,8}){0,3}"
    r"|\[::-1\]"
)
_OF_CODE = re.compile(r"[\"'`\[({=|]|-[ \t]$")


def widened(text: str, hits: Sequence[Hit]) -> list[Hit]:
    """Finds with what opens and closes around them; those that stand there in plain as well are left as they are."""
    plain = [hit for hit in hits if hit.view == "plain"]
    return [
        hit if any(hit.start < each.end and each.start < hit.end for each in plain) else _whole(text, hit)
        for hit in hits
    ]


def _whole(text: str, hit: Hit) -> Hit:
    """A find with what opens and closes around it; itself where it stands in a sentence."""
    if _OF_CODE.search(text, max(0, hit.start - 2), hit.start) is None:
        return hit
    first, last = hit.start, hit.end
    for _ in range(_CLOSES):
        after = _AFTER.match(text, last, min(len(text), hit.end + _FARTHEST))
        if after is None:
            break
        last = after.end()
    for _ in range(_OPENS):
        before = _BEFORE.search(text, max(0, hit.start - _FARTHEST), first)
        if before is None:
            break
        first = before.start()
    return hit._replace(start=first, end=last)
