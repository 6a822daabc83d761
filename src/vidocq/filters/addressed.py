"""Whether an address that was read in a disguise may be one: its domain ends as domains do."""

import re

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
_END = re.compile(r"(?P<end>[^\W_]+)\W*\Z")


def may_be_address(found: str, *, is_plain: bool) -> bool:
    """Whether the last label of `found` is one of a country or in common use; of what stands undisguised, any but a placeholder."""
    last = _END.search(found)
    label = last["end"].lower() if last is not None else ""
    if label in _SAID:
        return False
    return is_plain or len(label) == 2 or label in _ENDS or label.startswith("xn")
