"""What a version still lacks before it is released: opinions and decisions of people, each with the reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from vidocq.core.text import Text
from vidocq.dossier.assessment.words import LEVELS
from vidocq.dossier.facts.model import Release
from vidocq.dossier.file.opining import OPINIONS, Opinion
from vidocq.dossier.reading import either
from vidocq.dossier.rules.dpia import DpiaRule
from vidocq.dossier.state import State

NO_DPO_OPINION = Text(
    fr="L'avis du délégué à la protection des données n'est pas au dossier pour cette version.",
    en="The opinion of the data protection officer on this version is not in the file.",
)
DPIA_NEEDS_IT = Text(
    fr="Une AIPD est nécessaire : cet avis doit être demandé (article 35.2).",
    en="A DPIA is required: this opinion has to be sought (article 35(2)).",
)
DPO_UNKNOWN = Text(
    fr="On ne sait pas encore si un DPO est désigné.", en="It is not known yet whether there is a DPO."
)
NO_VALIDATION = Text(
    fr="Le responsable de traitement n'a pas validé cette version.",
    en="The controller has not validated this version.",
)
REFUSED = Text(
    fr="Le responsable de traitement s'est prononcé contre cette version.",
    en="The controller decided against this version.",
)
BEFORE_DPO = Text(
    fr="La validation précède le dernier avis du DPO : elle est à confirmer au vu de cet avis.",
    en="The validation comes before the DPO's latest opinion: it is to be confirmed in view of it.",
)
NO_DISSENT = Text(
    fr="Le DPO est défavorable et la version est validée : la décision de ne pas suivre son avis doit être motivée.",
    en="The DPO is against, and the version is validated: the decision not to follow the opinion has to give its reasons.",
)
ETHICS = Text(
    fr="Des données sensibles, des personnes vulnérables ou des labels à fort enjeu sont en cause : l'avis d'un référent ou comité "
    "éthique n'est pas au dossier pour cette version.",
    en="Sensitive data, vulnerable persons or labels of high stakes are involved: the opinion of an ethics referent or committee on "
    "this version is not in the file.",
)
ETHICS_UNKNOWN = Text(
    fr="On ne sait pas encore si des données sensibles, des personnes vulnérables ou des labels à fort enjeu sont en cause, et "
    "appellent un avis éthique.",
    en="It is not known yet whether sensitive data, vulnerable persons or labels of high stakes are involved, and call for an "
    "ethics opinion.",
)


@dataclass(frozen=True, kw_only=True)
class MissingOpinion:
    """of  which of OPINIONS.   release  its id.   level  how binding it is.   reason  why it is missing."""

    of: str
    release: str
    level: str
    reason: Text

    @property
    def title(self) -> Text:
        return OPINIONS[self.of]

    @property
    def command(self) -> str:
        """What to type, with what is to be filled in capitals."""
        return f"vidocq dossier opinion {self.of} STANCE --reason TEXT --role ROLE --about releases.{self.release}"

    def to_dict(self) -> dict[str, Any]:
        return {"of": self.of, "release": self.release, "level": self.level, "reason": self.reason.to_dict()}


def missing_opinions(state: State, release: Release) -> tuple[MissingOpinion, ...]:
    """What is missing for this release, what binds most first; nothing is assumed to have been said.

    An opinion counts if it is about the release, or about its model and names the same version. The latest of each kind
    prevails. Never raises on facts.
    """
    given = _latest(state, release)
    found = [
        *_of_dpo(state, release, given),
        *_of_controller(release, given),
        *_of_ethics(state, release, given),
    ]
    return tuple(sorted(found, key=lambda one: _LEVELS.index(one.level)))


def all_missing_opinions(state: State) -> tuple[MissingOpinion, ...]:
    """Of every release, in the order of the facts."""
    return tuple(one for release in state.facts.releases or () for one in missing_opinions(state, release))


_LEVELS: Final = tuple(LEVELS)
_Given = dict[str, tuple[int, Opinion]]


def _latest(state: State, release: Release) -> _Given:
    """The latest opinion of each kind on this release, with its place among all of them."""
    found: _Given = {}
    for place, opinion in enumerate(state.opinions):
        if _counts(opinion, release):
            found[opinion.of] = (place, opinion)
    return found


def _counts(opinion: Opinion, release: Release) -> bool:
    if opinion.about == f"releases.{release.id}":
        return opinion.version in {"", release.version}
    is_of_model = release.model is not None and opinion.about == f"models.{release.model}"
    return is_of_model and bool(release.version) and opinion.version == release.version


def _of_dpo(state: State, release: Release, given: _Given) -> Iterator[MissingOpinion]:
    us = [actor for actor in state.facts.actors or () if actor.is_us]
    has_dpo = either(actor.has_dpo for actor in us) if us else None
    if "dpo" in given or has_dpo is False:
        return
    (decision,) = DpiaRule().decide(state.facts, state.evidence)
    is_due = decision.value == "required" and has_dpo is True
    reasons = [NO_DPO_OPINION, *([DPIA_NEEDS_IT] if is_due else []), *([DPO_UNKNOWN] if has_dpo is None else [])]
    yield MissingOpinion(
        of="dpo", release=release.id, level="mandatory" if is_due else "recommended", reason=_joined(reasons)
    )


def _of_controller(release: Release, given: _Given) -> Iterator[MissingOpinion]:
    place, validation = given.get("validation", (-1, None))
    asked, dpo = given.get("dpo", (-1, None))
    is_validated = validation is not None and validation.stance != "against"
    if not is_validated or place < asked:
        reason = NO_VALIDATION if validation is None else BEFORE_DPO if is_validated else REFUSED
        yield MissingOpinion(of="validation", release=release.id, level="recommended", reason=reason)
    if is_validated and dpo is not None and dpo.stance == "against" and given.get("dissent", (-1, None))[0] < asked:
        yield MissingOpinion(of="dissent", release=release.id, level="recommended", reason=NO_DISSENT)


def _of_ethics(state: State, release: Release, given: _Given) -> Iterator[MissingOpinion]:
    if "ethics" in given:
        return
    facts = state.facts
    signs = [facts.annotation.reveals_sensitive, facts.annotation.high_stakes]
    signs += [None] if facts.datasets is None else []
    for dataset in facts.datasets or ():
        signs += [dataset.special_categories, dataset.minors, dataset.vulnerable]
    concerned = either(signs)
    if concerned is not False:
        reason = ETHICS if concerned else ETHICS_UNKNOWN
        yield MissingOpinion(of="ethics", release=release.id, level="good-practice", reason=reason)


def _joined(reasons: list[Text]) -> Text:
    return Text(fr=" ".join(one.fr for one in reasons), en=" ".join(one.en for one in reasons))
