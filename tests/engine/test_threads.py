"""One thread inside, what there was outside."""

import os
import subprocess
import sys

import numpy as np
from threadpoolctl import threadpool_info, threadpool_limits

from vidocq.engine.threads import single_thread


def threads():
    return {pool["filepath"]: pool["num_threads"] for pool in threadpool_info()}


def test_one_thread_inside_and_the_former_number_after():
    np.ones((2, 2)) @ np.ones((2, 2))
    with threadpool_limits(limits=2):
        before = threads()
        with single_thread():
            assert threads()
            assert set(threads().values()) == {1}
        assert threads() == before


def test_a_library_that_arrives_later_has_one_thread_too():
    script = (
        "from vidocq.engine.threads import single_thread\n"
        "from threadpoolctl import threadpool_info\n"
        "with single_thread():\n"
        "    import numpy\n"
        "    print({pool['num_threads'] for pool in threadpool_info()})\n"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "OPENBLAS_NUM_THREADS": "2"}
    answer = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "{1}"


def test_the_environment_is_given_back(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    monkeypatch.delenv("MKL_NUM_THREADS", raising=False)
    with single_thread():
        assert os.environ["OMP_NUM_THREADS"] == os.environ["MKL_NUM_THREADS"] == "1"
    assert os.environ["OMP_NUM_THREADS"] == "3"
    assert "MKL_NUM_THREADS" not in os.environ
