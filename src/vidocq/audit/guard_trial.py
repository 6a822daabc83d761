"""A guard tried: identifiers planted under every disguise, and clean text; what passes, and what is stopped for nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from vidocq.audit.configuration import Configuration
from vidocq.audit.guard_attacks import Attacked, attack_guard, told
from vidocq.audit.guard_verdict import Allowed, Judged, judge_clean, judge_mean, judge_worst, worst_of
from vidocq.audit.scan.texts import text_pieces
from vidocq.core.errors import DataError
from vidocq.core.estimate import Estimate
from vidocq.core.guarding import Surface
from vidocq.core.spans import Category
from vidocq.core.status import Status
from vidocq.core.text import Lang, Text
from vidocq.filters.evasion.disguises import EVASIONS, SUITE, VERSION
from vidocq.filters.evasion.evasion import PLAIN
from vidocq.filters.evasion.trial import Passed, answers_of, evade, false_blocks
from vidocq.filters.evasion.values import MADE
from vidocq.filters.guard import Guard
from vidocq.filters.policy import PersonalDataSection, Policy
from vidocq.measure.intervals import clopper_pearson
from vidocq.targets.texts.pieces import Notes

SCHEMA = "vidocq.guard-test/1"
LIMITS = Text(
    fr="Ne vaut que pour les déguisements de la liste et pour ces catégories : d'autres peuvent passer. Les noms et adresses "
    "déguisés ne sont pas cherchés.",
    en="Holds for the disguises of the list and for these categories alone: others may pass. Disguised names and addresses "
    "are not looked for.",
)


PAUSED = Text(
    "La politique est en pause ([stop] paused) : en service, rien ne passerait. Ce sont ses filtres qui sont éprouvés.",
    "The policy is paused ([stop] paused): in service nothing would pass. What is tried is its filters.",
)


@dataclass(frozen=True)
class Trial:
    """content  plain, for JSON; no value.   passed, clean  what was judged of what passed, and of clean text.
    attacks  what the extraction attacks on a model came to; None where none was named.
    """

    content: dict[str, Any]
    passed: tuple[Judged, ...]
    clean: Judged
    attacks: Attacked | None = None

    @property
    def status(self) -> Status:
        """Of what passed, for the points that cite it."""
        return worst_of(list(self.passed))

    @property
    def statuses(self) -> tuple[Status, ...]:
        """All that was to be measured; clean text is where it is given."""
        clean = () if self.clean.status is Status.NOT_MEASURED else (self.clean.status,)
        return (self.status, *clean, *(() if self.attacks is None else (self.attacks.status,)))

    def lines(self) -> list[Text]:
        """The trial, to be printed."""
        is_paused = self.content["paused"]
        judged = [each.line() for each in (*self.passed, self.clean)]
        if self.status is Status.NOT_MEASURED:
            del judged[1]  # for the same reason
        attacks = [] if self.attacks is None else self.attacks.lines()
        return [*([PAUSED] if is_paused else []), *self._figures(), *judged, LIMITS, *attacks]

    def _figures(self) -> Iterator[Text]:
        c = self.content
        passed, worst, clean = c["passed"], c["worst"], c["clean"]
        if passed is not None:
            yield Text(
                f"Déguisements : {c['evasions']} (et la valeur telle quelle) ; identifiants plantés : {passed['n']}. "
                f"Passent : {told(passed, Lang.fr)}.",
                f"Disguises: {c['evasions']} (and the value as it is); planted identifiers: {passed['n']}. "
                f"Passed: {told(passed, Lang.en)}.",
            )
            yield Text(
                f"Le pire déguisement, « {worst['title']['fr']} » : {told(worst, Lang.fr)} de {worst['n']}.",
                f"The worst disguise, “{worst['title']['en']}”: {told(worst, Lang.en)} of {worst['n']}.",
            )
        if clean is not None:
            by_fr = " ; ".join(f"{name} {times}" for name, times in clean["by"].items())
            by_en = "; ".join(f"{name} {times}" for name, times in clean["by"].items())
            yield Text(
                f"Réponses propres arrêtées ou modifiées à tort : {told(clean, Lang.fr)} de {clean['n']}."
                + (f" Trouvailles par filtre : {by_fr}." if by_fr else ""),
                f"Clean answers stopped or changed for nothing: {told(clean, Lang.en)} of {clean['n']}."
                + (f" Finds by filter: {by_en}." if by_en else ""),
            )


def try_guard(
    policy: Policy,
    *,
    each: int,
    seed: int,
    clean: Iterable[Path] = (),
    allowed: Allowed = Allowed(),  # noqa: B008 - frozen
    attacked: Configuration | None = None,
) -> Trial:
    """Tries the answers' filters of a policy.

    each     values of each category under each disguise.
    clean    files in which there is nothing to be found, as whoever names them vouches.
    allowed  shares that may be for the trial to be passed.
    attacked  of an audit of the language model behind the guard, which is then attacked with and without it.
    Raises ConfigurationError if a file of the policy cannot be read, DataError if one of the clean files cannot be.
    """
    guard = Guard.of(policy)
    answers = [answer for path in clean for answer in _answers(path)]
    attacks = None if attacked is None else attack_guard(attacked, policy, most=allowed.most)
    looked_for = [c for c in MADE if c in _categories(policy)]
    passed = list(evade(guard, each=each, rng=Random(seed), categories=looked_for))  # noqa: S311 - no secret
    stopped = false_blocks(guard, answers) if answers else None
    total = _rate(passed)
    tried: list[dict[str, Any]] = [
        {"id": one.id, "title": one.title.to_dict(), **rate.to_dict()}
        for one in EVASIONS
        if (rate := _rate([p for p in passed if p.evasion == one.id])) is not None
    ]
    worst = max(tried, key=lambda one: one["value"], default=None)
    judged = (
        judge_mean(total, allowed),
        judge_worst(None if worst is None else _rate([p for p in passed if p.evasion == worst["id"]]), allowed),
    )
    of_clean = judge_clean(None if stopped is None else stopped.rate, allowed)
    content = {
        "schema": SCHEMA,
        "policy": policy.hash,
        "paused": policy.stop.paused,
        "suite": f"{SUITE} {VERSION}",
        "seed": seed,
        "evasions": sum(one["id"] != PLAIN for one in tried),
        "categories": [c.value for c in looked_for],
        "not_tried": sorted(c.value for c in _categories(policy) if c not in MADE),
        "passed": None if total is None else total.to_dict(),
        "worst": worst,
        "by_evasion": tried,
        "by_category": [
            {"category": c.value, **rate.to_dict()}
            for c in looked_for
            if (rate := _rate([p for p in passed if p.category == c])) is not None
        ],
        "clean": None if stopped is None else stopped.rate.to_dict() | {"by": stopped.by},
        "allowed": allowed.to_dict(),
        "judged": [one.to_dict() for one in (*judged, of_clean)],
        "attacks": None if attacks is None else attacks.content,
        "limits": LIMITS.to_dict(),
    }
    return Trial(content, judged, of_clean, attacks)


def _categories(policy: Policy) -> set[Category]:
    return {
        category
        for section in policy.filters
        if isinstance(section, PersonalDataSection) and Surface.ANSWER in section.surfaces
        for category in section.categories | section.actions.keys()
    }


def _rate(found: list[Passed]) -> Estimate | None:
    """None where nothing was planted."""
    n = sum(p.n for p in found)
    return clopper_pearson(sum(p.passed for p in found), n) if n else None


def _answers(path: Path) -> Iterator[str]:
    """Raises DataError if there is no text in the file."""
    notes, n = Notes(), 0
    for piece in text_pieces(path, notes=notes):
        for answer in answers_of(piece.text[piece.inside : piece.until]):
            n += 1
            yield answer
    if not n:
        raise DataError(
            "there is no text in this file that could be read",
            where=path.name,
            fix="give a file of text to --clean",
            fr="il n'y a aucun texte lisible dans ce fichier",
            fix_fr="donner un fichier de texte à --clean",
        )
