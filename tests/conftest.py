"""What tests of several rooms share."""

import pytest

from language_models import Planted, plant


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    """A base and its fine-tune, with persons planted at 1, 4, 16 and 64 repetitions; trained once a session."""
    return plant(tmp_path_factory.mktemp("language"))
