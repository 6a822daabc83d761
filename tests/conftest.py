"""What tests of several rooms share."""

import pytest

from language_models import Planted, plant


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    """A base and its fine-tune, with persons planted at 1, 4, 16 and 64 repetitions; trained once a session. One thread from here on."""
    torch = pytest.importorskip("torch")
    pytest.importorskip("transformers")
    torch.set_num_threads(1)
    return plant(tmp_path_factory.mktemp("language"))
