"""A few points of verification for tests, beside those that the package carries."""

from vidocq.core.text import Text
from vidocq.dossier.referential.expression import parse
from vidocq.dossier.referential.point import Point
from vidocq.dossier.rules.catalogue import RULES

VALUES = {name: frozenset(RULES[name].card.values) for name in RULES.ids()}


def made(name, applies="always", *, level="mandatory", per="", measurements=(), declaration=False, not_yet=""):
    """One point; `applies` in the language of conditions."""
    return Point(
        id=name,
        sheet=name[1:].partition(".")[0],
        level=level,
        title=Text(fr=f"titre {name}", en=f"title {name}"),
        requirement=Text(fr="exigence", en="requirement"),
        applies=parse(applies, rules=VALUES, where=name),
        per=per,
        measurements=tuple(measurements),
        declaration=declaration,
        not_yet_measured=not_yet,
    )
