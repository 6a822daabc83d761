"""What a place in the value chain has to hold, as text."""

from collections.abc import Iterator, Sequence
from typing import Final

from vidocq.core.text import Lang, Text
from vidocq.dossier.assessment.words import LEVELS
from vidocq.dossier.profiles.duties import Duty
from vidocq.dossier.profiles.profile import Part, Profile, profiles
from vidocq.report.typography import polished

HEAD: Final = Text(
    fr="Place dans la chaîne de valeur : {places}. Une place n'est pas une qualification : les faits décident.",
    en="Place in the value chain: {places}. A place is no role under the GDPR: the facts decide.",
)
FIRST: Final = Text(fr="{title} : {reason} D'abord : {points}.", en="{title}: {reason} First: {points}.")
PARTS: Final = {
    Part.HOLDS: Text(fr="À détenir ({count})", en="To hold ({count})"),
    Part.HELPS: Text(fr="À fournir à qui les détient ({count})", en="To provide to whoever holds them ({count})"),
}
LINE: Final = Text(fr="- {id} {title} [{level}{more}]", en="- {id} {title} [{level}{more}]")
MAY: Final = Text(fr=", s'applique peut-être : des faits manquent", en=", may apply: facts are missing")


def duties_summary(places: Sequence[str], duties: Sequence[Duty], first: Sequence[Profile], *, lang: Lang) -> str:
    """Points to hold, then to help with; each profile of the file with what it puts first."""
    return "\n".join(polished(line, lang) for line in _lines(places, duties, first, lang))


def _lines(places: Sequence[str], duties: Sequence[Duty], first: Sequence[Profile], lang: Lang) -> Iterator[str]:
    titles = profiles().places
    yield HEAD.fill(places=", ".join(titles[place].to(lang) for place in places)).to(lang)
    for profile in first:
        yield FIRST.fill(
            title=profile.title.to(lang), points=", ".join(profile.points), reason=profile.reason.to(lang)
        ).to(lang)
    for part, words in PARTS.items():
        own = [duty for duty in duties if duty.part is part]
        yield ""
        yield words.fill(count=len(own)).to(lang)
        for duty in own:
            yield LINE.fill(
                id=duty.point.id,
                title=duty.point.title.to(lang),
                level=LEVELS[duty.point.level].to(lang),
                more=MAY.to(lang) if duty.applies is None else "",
            ).to(lang)
