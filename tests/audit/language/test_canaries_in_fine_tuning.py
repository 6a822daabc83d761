"""Do canaries receive gradient in our own recipes: padded or packed, too short, or masked?"""

import numpy as np
import pytest

from vidocq.audit.language.canaries.draw import draw_text_canaries
from vidocq.audit.language.canaries.gradient import check_fine_tuning
from vidocq.audit.language.canaries.insert import insert_text_canaries

fine_tuning = pytest.importorskip("vidocq.targets.language.fine_tuning")

DRAW = draw_text_canaries(rng=np.random.default_rng(1), numbers={1: 12, 4: 6})


@pytest.fixture(scope="module")
def texts(planted):
    return insert_text_canaries(planted.members[:30], DRAW, rng=np.random.default_rng(2))


def checked(planted, texts, *, silent=None, **recipe):
    return check_fine_tuning(DRAW, fine_tuning.FineTuning(base=planted.base, **recipe), texts, seed=1, silent=silent)


def test_whole_rows_are_learnt_from(planted, texts):
    found = checked(planted, texts)
    assert found.is_sound
    np.testing.assert_array_equal(found.whole, found.expected)


def test_packed_rows_are_learnt_from_but_for_what_a_cut_takes(planted, texts):
    found = checked(planted, texts, layout="packed", length=64)
    assert not found.silent.any()
    assert found.secret.sum() > 0.9 * found.wanted.sum()


def test_rows_too_short_for_the_secret_leave_it_silent(planted, texts):
    found = checked(planted, texts, length=8)
    np.testing.assert_array_equal(found.silent, DRAW.included)


def test_secrets_that_are_masked_are_silent(planted, texts):
    """The trainer takes all digits for something not to be learnt."""
    spans = [[(i, i + 1) for i, one in enumerate(text) if one.isdecimal()] for text in texts]
    found = checked(planted, texts, silent=spans)
    np.testing.assert_array_equal(found.silent, DRAW.included)
