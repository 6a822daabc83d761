"""For every measured point, two files that differ in data alone, and its state with them."""

import pytest

from vidocq.dossier.assessment.pairs import flips
from vidocq.dossier.referential.catalogue import referential

MEASURED = [name for name, point in referential().items() if point.measurements or point.where_measured]


@pytest.mark.parametrize("name", MEASURED)
def test_data_alone_flips_it(name):
    pair = flips()[name]
    assert pair.flips, f"{pair.first} and {pair.second}"


def test_no_pair_for_what_is_not_measured():
    assert set(flips()) <= set(MEASURED)
