"""What is registered is what is run: no rate twice, none too fine for the sample, no ledger that forgets."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

import vidocq
from vidocq.audit.configuration import PlanSection
from vidocq.core.errors import ConfigurationError, LedgerError


def small_audit(**named):
    rng = np.random.default_rng(3)
    x = rng.normal(size=(160, 3))
    y = (x[:, 0] > 0).astype(int)
    model = LogisticRegression().fit(x[:80], y[:80])
    return vidocq.audit(
        model, members=(x[:80], y[:80]), non_members=(x[80:], y[80:]), references=0, workers=1, **named
    )


def test_a_rate_given_twice_counts_once():
    assert PlanSection(alphas=(0.1, 0.01, 0.1)).alphas == (0.01, 0.1)


def test_a_rate_under_one_percent_needs_four_thousand_outsiders():
    with pytest.raises(ConfigurationError, match="under 1 %"):
        small_audit(alphas=(0.001, 0.01, 0.1))


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_ledger_that_forgets_is_refused(url):
    with pytest.raises(LedgerError, match="in memory"):
        small_audit(dossier=url)
