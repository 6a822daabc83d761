"""What is drawn, against values worked by hand and against what transformers makes of logits."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vidocq.core.errors import ConfigurationError
from vidocq.core.language import Decoding
from vidocq.targets.language.decoding import decoded, require_sound

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")


def shares(values, decoding):
    """Probabilities of one row, of logits that are the logarithms of `values`."""
    return decoded(torch.log(torch.tensor([values])), decoding).exp()[0].numpy()


@pytest.mark.parametrize(
    ("decoding", "expected"),
    [
        (Decoding(), [0.5, 0.3, 0.2]),
        (Decoding(temperature=0.5), [0.25 / 0.38, 0.09 / 0.38, 0.04 / 0.38]),
        (Decoding(top_k=2), [0.625, 0.375, 0.0]),
        (Decoding(top_k=9), [0.5, 0.3, 0.2]),
        (Decoding(top_p=0.5), [1.0, 0.0, 0.0]),  # the first alone reaches it
        (Decoding(top_p=0.51), [0.625, 0.375, 0.0]),
        (Decoding(top_p=0.81), [0.5, 0.3, 0.2]),
        (Decoding(top_k=2, top_p=0.6), [1.0, 0.0, 0.0]),  # 0.625 of what top-k left: the share is of that
        (Decoding(temperature=0.5, top_p=0.7), [0.25 / 0.34, 0.09 / 0.34, 0.0]),
        (Decoding(temperature=0.0), [1.0, 0.0, 0.0]),
        (Decoding(temperature=0.0, top_k=2, top_p=0.1), [1.0, 0.0, 0.0]),
    ],
)
def test_three_tokens_by_hand(decoding, expected):
    np.testing.assert_allclose(shares([0.5, 0.3, 0.2], decoding), expected, atol=1e-6)


def test_of_tokens_as_likely_the_first_is_kept():
    tied = [0.25, 0.25, 0.25, 0.25]
    np.testing.assert_allclose(shares(tied, Decoding(temperature=0.0)), [1, 0, 0, 0])
    np.testing.assert_allclose(shares(tied, Decoding(top_k=2)), [0.5, 0.5, 0, 0], atol=1e-6)
    np.testing.assert_allclose(shares(tied, Decoding(top_p=0.6)), [1 / 3, 1 / 3, 1 / 3, 0], atol=1e-6)


@given(
    seed=st.integers(0, 10**6),
    temperature=st.floats(0.2, 3.0),
    top_k=st.none() | st.integers(1, 40),
    top_p=st.floats(0.05, 1.0),
)
@settings(max_examples=30, deadline=None)
def test_as_transformers_warps_where_nothing_is_tied(seed, temperature, top_k, top_p):
    logits = 3.0 * torch.randn(5, 32, generator=torch.Generator().manual_seed(seed))
    warped = transformers.TemperatureLogitsWarper(temperature)(None, logits)
    if top_k is not None:
        warped = transformers.TopKLogitsWarper(top_k)(None, warped)
    if top_p < 1:
        warped = transformers.TopPLogitsWarper(top_p)(None, warped)
    ours = decoded(logits, Decoding(temperature=temperature, top_k=top_k, top_p=top_p)).exp()
    np.testing.assert_allclose(ours.numpy(), torch.softmax(warped, dim=1).numpy(), atol=2e-6)


@pytest.mark.parametrize(
    "decoding",
    [
        Decoding(temperature=-1.0),
        Decoding(temperature=float("nan")),
        Decoding(temperature=float("inf")),
        Decoding(top_k=0),
        Decoding(top_p=0.0),
        Decoding(top_p=1.1),
    ],
)
def test_what_draws_nothing_is_refused(decoding):
    with pytest.raises(ConfigurationError):
        require_sound(decoding)
