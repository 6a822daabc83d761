"""docs/points.md, from the referential, the catalogue of measurements and the pairs that flip."""

from vidocq.core.text import Lang, Text
from vidocq.dossier.assessment.pairs import flips
from vidocq.dossier.assessment.words import LEVELS
from vidocq.dossier.file_checks.catalogue import FILE_CHECKS
from vidocq.dossier.measurements import measurements
from vidocq.dossier.referential.catalogue import referential, written
from vidocq.dossier.referential.point import Point
from vidocq.dossier.referential.sheets import SHEET_TITLES
from vidocq.report.typography import polished

from generation.markdown import page, table


def points_page() -> str:
    """Points by sheet with who tells, checks of the file, and what is not measured yet."""
    points = referential()
    sheets = dict.fromkeys(point.sheet for point in points.values())
    flipped = [name for name, pair in flips().items() if pair.flips]
    measured = [name for name, point in points.items() if point.measurements]
    unmeasured = [point for point in points.values() if point.not_yet_measured]
    declared = len(points) - len(measured) - len(unmeasured)
    return page(
        "# Points of verification · Points de vérification",
        f"{len(points)} points; {len(measured)} are measured, {len(flipped)} of which have two files that differ in data "
        f"alone and flip their state (the tests evaluate them); {len(unmeasured)} could be measured and are not yet measured "
        f"by Vidocq; {declared} can only be declared. Vidocq is no product of the CNIL, whose French text prevails.",
        polished(
            f"{len(points)} points ; {len(measured)} sont mesurés, dont {len(flipped)} ont deux dossiers qui ne diffèrent que "
            f"par les données et changent leur état ; {len(unmeasured)} pourraient l'être et ne sont pas encore mesurés par "
            f"Vidocq ; {declared} ne peuvent être que déclarés. Vidocq n'est pas un produit de la CNIL, dont le texte fait foi.",
            Lang.fr,
        ),
        *(_sheet(sheet, [point for point in points.values() if point.sheet == sheet]) for sheet in sheets),
        "## Checks of the file · Contrôles du dossier",
        table(
            ("Id", "Compares · Compare", "Limits · Limites"),
            [(f"`{kind.card.id}`", _both(kind.card.compares), _both(kind.card.limits)) for kind in FILE_CHECKS],
        ),
        "## States of the pairs · États des paires",
        table(
            ("Point", "First · Premier", "Second · Second"),
            [(name, str(pair.first), str(pair.second)) for name, pair in flips().items()],
        ),
        "## Not yet measured by Vidocq · Pas encore mesuré par Vidocq",
        table(
            ("Point", "What a program would measure · Ce qu'un programme mesurerait"),
            [(point.id, point.not_yet_measured) for point in unmeasured],
        ),
    )


def _sheet(sheet: str, points: list[Point]) -> str:
    return "\n\n".join(
        [
            f"## {sheet} · {_both(SHEET_TITLES[sheet])}",
            table(
                ("Id", "Level · Niveau", "Title · Intitulé", "When · Quand", "By · Par"),
                [
                    (point.id, _both(LEVELS[point.level]), _both(point.title), f"`{written(point.id)}`", _by(point))
                    for point in points
                ],
            ),
        ]
    )


def _by(point: Point) -> str:
    known = measurements()
    told = [f"`{name}` ({known[name].en})" for name in point.measurements]
    told += [f"`{name}` where measured · si mesuré" for name in point.where_measured]
    return ", ".join([*told, *(["declaration · déclaration"] if point.declaration else [])])


def _both(text: Text) -> str:
    return f"{text.en} · {polished(text.fr, Lang.fr)}"
