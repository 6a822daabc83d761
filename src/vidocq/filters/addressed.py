"""Whether an address that was read in a disguise may be one: its domain ends as domains do."""

import re

from vidocq.filters.other_numbers import is_counting
from vidocq.filters.versions import is_package
from vidocq.filters.views.signs.addresses import CALLED
from vidocq.filters.views.signs.domains import ENDS

_ENDS = frozenset(
    "com net org edu gov mil int info biz pro name mobi asia coop museum jobs travel aero cat tel post arpa test invalid example "  # noqa: SIM905
    "localhost local gouv asso paris bzh corsica alsace london berlin wien africa quebec amsterdam brussels swiss app dev page "
    "blog cloud online site store shop tech xyz club live life email mail digital agency media group team company consulting "
    "solutions services systems world today news space website work works studio design education academy school university "
    "health care clinic doctor bank finance legal law immo immobilien restaurant hotel voyage events foundation ngo social "
    "network software zone link click top vip icu fun one plus best expert guru center house city art photo photos video "
    "audio music games sport fit bio eco energy green garden farm wine beer coffee pizza".split()
)
"""Last labels of more than two letters that are in common use."""
_SAID = frozenset(["tld", "ext", "extension"])
"""What stands in the place of one where a form is told."""
_TIED = re.compile(r"\w@\w")
_NEXT = frozenset(["et", "ou", "and", "or", "le", "la"])
_LONG = 5
_END = re.compile(r"(?P<end>[^\W_]+)\W*\Z")


def may_be_address(found: str, name: str, written: str) -> bool:
    """Whether `found`, read under the disguises `name` where `written` stands, ends as addresses do.

    What an @ ties to a word as it stands may end as it likes; so may what has a sentence go on in it.
    """
    last = _END.search(found)
    label = last["end"] if last is not None else ""
    if label.lower() in _SAID or (name != "plain" and (is_package(found, written) or is_counting(written))):
        return False
    if name == "plain" or "morse" in name or _is_end(label) or _is_followed(label) or label.lower() in CALLED:
        return True
    if any(_is_end(re.sub(r"[\W_]", "", each)) for each in found.partition("@")[2].split(".")[1:-1]):
        return True
    return (
        _TIED.search(written) is not None and "\n\n" not in written and ("reversed" not in name or len(label) < _LONG)
    )


def _is_end(label: str) -> bool:
    return (len(label) == 2 and label.isascii()) or label.lower() in _ENDS or label.startswith("xn")


def _is_followed(label: str) -> bool:
    """An end, with the beginning of the next word glued to it."""
    return any(
        label.startswith(end)
        and (len(rest := label[len(end) :]) == 1 or rest[:1].isupper() or rest[:1] > "z" or rest in _NEXT)
        for end in ENDS
    )
