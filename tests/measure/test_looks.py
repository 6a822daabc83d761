"""However many looks, five per cent."""

import pytest

from vidocq.core.errors import ConfigurationError
from vidocq.measure.looks import error_of_look


def test_the_first_look_spends_what_the_verdict_rule_says():
    assert round(error_of_look(1), 4) == 0.0304


def test_all_looks_together_never_spend_more_than_the_budget():
    spent = sum(error_of_look(j) for j in range(1, 100_001))
    assert 0.04999 < spent <= 0.05


def test_there_is_no_look_number_zero():
    with pytest.raises(ConfigurationError):
        error_of_look(0)
