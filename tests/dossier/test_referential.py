"""Points as their files have them: all there, once, and each can be told by somebody or something."""

from vidocq.audit.scan.evidence import GROUPS
from vidocq.dossier.assessment.words import LEVELS
from vidocq.dossier.file_checks.catalogue import FILE_CHECKS
from vidocq.dossier.file_checks.stated_data import SCANS as COMPARED
from vidocq.dossier.measurements import CITED, FILTERS, SCANS, cited_by_none, measurements
from vidocq.dossier.referential.catalogue import referential


def test_two_hundred_points_with_their_texts():
    points = referential()
    assert len(points) >= 200
    for name, point in points.items():
        assert name == point.id
        assert point.level in LEVELS
        assert all([point.title.fr, point.title.en, point.requirement.fr, point.requirement.en])
        assert point.link.startswith("https://")


def test_each_is_measured_or_declared():
    for point in referential().values():
        assert point.measurements or point.declaration, point.id
        assert not (point.not_yet_measured and point.measurements), point.id
        assert not point.where_measured or point.declaration, point.id


def test_every_id_resolves_both_ways():
    cited = {name for point in referential().values() for name in (*point.measurements, *point.where_measured)}
    assert cited <= set(measurements())
    assert set(measurements()) - cited == set(cited_by_none())


def test_no_two_measurements_share_an_id():
    assert set(SCANS) == set(GROUPS) == set(COMPARED)
    assert all(name.startswith("file-") for name in FILE_CHECKS.ids())
    assert len(measurements()) == 1 + len(cited_by_none()) + len(CITED) + len(SCANS) + len(FILTERS) + len(
        FILE_CHECKS.ids()
    ) + sum(name.startswith("index-") for name in measurements())


def test_where_each_was_read():
    sources = [point.source for point in referential().values()]
    assert {source: sources.count(source) for source in set(sources)} == {
        "page": 81,
        "secondary": 73,
        "knowledge": 46,
        "law": 4,
    }
