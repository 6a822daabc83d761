"""What carries a value that was found disguised in code or data: the call that decodes it, the list or object that holds it.

What is left of it would say how the value was disguised, and be no whole statement.
"""

import re

_FARTHEST = 120
_STEPS = 6
_BEFORE = re.compile(
    r"(?:(?:^|(?<=[\s({]))(?:echo|printf|print|export|return|const|let|var|import \w+(?:\n|; ?))\s{0,2}"
    r"|[\w.$]{1,40}\(\s{0,4}"  # a call
    r"|(?<![\w$])[\w$.\[\]]{1,24}\s?:?=\s?"  # a name that is set
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


def widened(text: str, start: int, end: int) -> tuple[int, int]:
    """[start, end) with what opens and closes around it; itself where it stands in a sentence."""
    if _OF_CODE.search(text, max(0, start - 2), start) is None:
        return start, end
    first, last = start, end
    for _ in range(4 * _STEPS):
        after = _AFTER.match(text, last, min(len(text), end + _FARTHEST))
        if after is None:
            break
        last = after.end()
    for _ in range(_STEPS):
        before = _BEFORE.search(text, max(0, start - _FARTHEST), first)
        if before is None:
            break
        first = before.start()
    return first, last
