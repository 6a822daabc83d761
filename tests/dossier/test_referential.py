"""Points as their files have them: all there, once, and each can be told by somebody or something."""

from vidocq.attacks.catalogue import ATTACKS
from vidocq.audit.scan.evidence import GROUPS
from vidocq.checks.catalogue import INDICES
from vidocq.dossier.assessment.words import LEVELS
from vidocq.dossier.referential.catalogue import referential


def test_two_hundred_points_with_their_texts():
    points = referential()
    assert len(points) >= 200
    for name, point in points.items():
        assert name == point.id
        assert point.level in LEVELS
        assert all([point.title.fr, point.title.en, point.requirement.fr, point.requirement.en])
        assert point.link.startswith("https://")


def test_each_is_measured_or_declared_by_what_exists():
    known = {"audit", *ATTACKS.ids(), *GROUPS, *INDICES.ids()}
    for point in referential().values():
        assert point.measurements or point.declaration, point.id
        assert set(point.measurements) <= known, point.id
        assert not (point.not_yet_measured and point.measurements), point.id
