"""The blind control boosts trees: on small tables one thread is faster than several."""

import pytest

from vidocq.engine.threads import single_thread


@pytest.fixture(autouse=True)
def _one_thread():
    with single_thread():
        yield
