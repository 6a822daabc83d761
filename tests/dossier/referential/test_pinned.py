"""The points as they were given once: an id keeps its sheet and its level, and none disappears."""

from pathlib import Path

from vidocq.dossier.referential.catalogue import referential

GIVEN = [
    tuple(line.split())
    for line in Path(__file__).with_name("points.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
PREFIXES = {
    "8bis": "F8B.", "8-open-source": "FOS.", "edpb-28-2024": "EDPB.", "health": "HEA.", "education": "EDU.",
    "employment": "HR.", "gdpr": "GDPR.",
}  # fmt: skip


def test_ids_sheets_and_levels_are_those_given():
    assert [(point.id, point.sheet, point.level) for point in referential().values()] == GIVEN
    assert len(GIVEN) == 204


def test_an_id_tells_its_sheet():
    for name, sheet, _ in GIVEN:
        assert name.startswith(PREFIXES.get(sheet, f"F{sheet}.")), name


def test_only_what_binds_by_law_is_mandatory():
    """A recommendation of the authority never binds by itself: what is mandatory rests on an article."""
    assert all(point.articles for point in referential().values() if point.level == "mandatory")


def test_points_under_any_regime_are_those_that_tell_the_regime_and_the_trackers():
    anywhere = {point.id for point in referential().values() if point.any_regime}
    assert anywhere == {name for name, sheet, _ in GIVEN if sheet in {"0", "1"}} | {"F4.1.08"}
