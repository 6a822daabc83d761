"""Order is kept, bytes do not depend on workers, a stopped run goes on, failures do not say what they quote."""

import os
import signal
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from vidocq.core.canonical import content_hash
from vidocq.core.errors import ConfigurationError, ModelError, SignalError
from vidocq.core.seeds import Seeds
from vidocq.engine.local import Local
from vidocq.engine.store import Store
from vidocq.engine.work import Failure, run

WORKERS = [1, 2, 3]


def keys_of(items):
    return [content_hash({"item": item}) for item in items]


def least_squares():
    """A function like those that fit models; made here so that it travels by value."""

    def fit(item, shared):
        rng = Seeds(7).generator("fit", item)
        rows = rng.integers(0, len(shared["x"]), size=300)
        x, y = shared["x"][rows], shared["y"][rows]
        return {"weights": np.linalg.solve(x.T @ x, x.T @ y), "count": np.array(len(rows))}

    return fit


def data(seed=3):
    rng = np.random.default_rng(seed)
    return {"x": rng.normal(size=(5000, 20)), "y": rng.normal(size=5000), "names": np.array(["a", "b"], dtype=object)}


def test_the_same_bytes_in_the_same_order_for_any_number_of_workers():
    items = list(range(12))
    found = [
        run(least_squares(), items, keys=keys_of(items), engine=Local(workers), shared=data()) for workers in WORKERS
    ]
    for others in found[1:]:
        for one, other in zip(found[0], others, strict=True):
            assert list(one) == list(other)
            assert all(one[name].tobytes() == other[name].tobytes() for name in one)
    assert len({result["weights"].tobytes() for result in found[0]}) == len(items)


@pytest.mark.parametrize("workers", WORKERS)
def test_late_results_keep_their_place(workers):
    def slow_first(item):
        time.sleep(0.3 if item == 0 else 0.0)
        return {"item": np.array(item)}

    found = run(slow_first, range(6), keys=keys_of(range(6)), engine=Local(workers))
    assert [int(result["item"]) for result in found] == list(range(6))


@pytest.mark.parametrize("workers", [1, 2])
def test_shared_data_arrives_whole_and_read_only(workers):
    def look(item, shared):
        return {
            "sum": np.array(shared["x"].sum()),
            "writeable": np.array(shared["x"].flags.writeable),
            "name": np.array(str(shared["names"][item])),
        }

    shared = data()
    found = run(look, [0, 1], keys=keys_of([0, 1]), engine=Local(workers), shared=shared)
    assert [str(result["name"]) for result in found] == ["a", "b"]
    assert all(result["sum"] == shared["x"].sum() and not result["writeable"] for result in found)
    assert shared["x"].flags.writeable


def test_shared_data_is_unpacked_once_per_worker_and_not_mixed_up_between_runs():
    class Counted:
        def __init__(self, name):
            self.name = name

        def __setstate__(self, state):
            self.__dict__.update(state)
            self.opened_at = time.time_ns()

    def look(item, shared):
        time.sleep(0.02)
        return {"of": np.array([os.getpid(), shared.opened_at]), "name": np.array(shared.name)}

    for name in ("first", "second"):
        found = run(look, range(20), keys=keys_of(range(20)), engine=Local(2), shared=Counted(name))
        openings = {tuple(result["of"].tolist()) for result in found}
        assert len(openings) == len({pid for pid, _ in openings}) <= 2
        assert {str(result["name"]) for result in found} == {name}


@pytest.mark.parametrize("workers", [1, 2])
def test_one_thread_in_every_worker(workers):
    def look(item):
        import scipy.linalg  # noqa: F401
        from threadpoolctl import threadpool_info

        return {
            "threads": np.array([pool["num_threads"] for pool in threadpool_info()]),
            "pid": np.array(os.getpid()),
        }

    found = run(look, range(4), keys=keys_of(range(4)), engine=Local(workers))
    for result in found:
        assert result["threads"].size
        assert (result["threads"] == 1).all()
        assert (int(result["pid"]) == os.getpid()) == (workers == 1)


@pytest.mark.parametrize("workers", [1, 2])
def test_results_are_the_callers_own(workers):
    def hand_back(item, shared):
        return {"x": shared["x"]}

    shared = data()
    [one, two] = run(hand_back, [0, 1], keys=keys_of([0, 1]), engine=Local(workers), shared=shared)
    one["x"][:] = 0.0
    assert type(one["x"]) is np.ndarray
    np.testing.assert_array_equal(two["x"], shared["x"])


@pytest.mark.parametrize("workers", [1, 2])
def test_what_is_stored_is_not_computed_again(tmp_path, workers):
    log = tmp_path / "log"

    def note(item):
        with log.open("a") as stream:
            stream.write(f"{item}\n")
        return {"item": np.array(item)}

    store = Store(tmp_path / "store")
    items = list(range(5))
    run(note, items[:3], keys=keys_of(items[:3]), engine=Local(workers), store=store)
    (store.folder / f"{keys_of(items)[1]}.npz").write_bytes(b"PK damaged")
    found = run(note, items, keys=keys_of(items), engine=Local(workers), store=Store(store.folder))
    assert [int(result["item"]) for result in found] == items
    assert sorted(log.read_text().split()) == ["0", "1", "1", "2", "3", "4"]


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("kind", [ValueError, SystemExit])
def test_a_failure_is_kept_without_what_it_quotes(tmp_path, workers, kind):
    def fail(item, kind):
        if item == 1:
            raise kind("Jeanne Dupont, 12 rue des Lilas")
        return {"item": np.array(item)}

    keys = keys_of([0, 1, 2])
    store = Store(tmp_path)
    found = run(fail, [0, 1, 2], keys=keys, engine=Local(workers), shared=kind, store=store, failures="keep")
    assert found[1].key == keys[1]
    assert found[1].kind == kind.__name__
    assert "fail" in found[1].where
    assert "test_work.py:" in found[1].where
    assert "Dupont" not in repr(found)
    assert [int(found[i]["item"]) for i in (0, 2)] == [0, 2]
    assert store.keys() == sorted([keys[0], keys[2]])

    with pytest.raises(ModelError, match=kind.__name__) as caught:
        run(fail, [0, 1, 2], keys=keys, engine=Local(workers), shared=kind)
    seen = caught.value
    while seen is not None:
        assert "Dupont" not in str(seen)
        seen = seen.__cause__ or seen.__context__


@pytest.mark.parametrize("workers", [1, 2])
def test_our_own_errors_pass_through(workers):
    def fail(item):
        raise SignalError("no voice", where=f"record {item}", fix="train more")

    with pytest.raises(SignalError, match="no voice"):
        run(fail, [0, 1], keys=keys_of([0, 1]), engine=Local(workers))
    found = run(fail, [0, 1], keys=keys_of([0, 1]), engine=Local(workers), failures="keep")
    assert found == [Failure(key, "SignalError", f"record {i}") for i, key in enumerate(keys_of([0, 1]))]


@pytest.mark.parametrize("found", [{"x": 1.0}, {"x": np.array([None])}, [1, 2]], ids=["float", "object", "list"])
def test_only_plain_arrays_come_back(found):
    with pytest.raises(ModelError):
        run(lambda item: found, [0], keys=keys_of([0]), engine=Local(1))


@pytest.mark.parametrize("workers", [1, 2])
def test_what_cannot_be_sent_is_said(workers):
    def read(item, shared):
        return {"x": np.array(item)}

    with pytest.raises(ModelError, match="cannot be sent"):
        run(read, [0, 1], keys=keys_of([0, 1]), engine=Local(workers), shared=threading.Lock())


def test_a_worker_that_dies_is_an_error_and_leaves_the_engine_usable():
    def die(item):
        os.kill(os.getpid(), signal.SIGKILL)
        return {}

    def live(item):
        return {"item": np.array(item)}

    with pytest.raises(ModelError, match="worker processes stopped"):
        run(die, [0, 1], keys=keys_of([0, 1]), engine=Local(2))
    assert len(run(live, [0, 1], keys=keys_of([0, 1]), engine=Local(2))) == 2


def test_keys_are_needed_and_different():
    with pytest.raises(ConfigurationError):
        run(lambda item: {}, [0, 1], keys=["aa" * 8] * 2, engine=Local(1))
    with pytest.raises(ConfigurationError):
        Local(0)
    assert Local().count >= 1
    assert run(lambda item: {}, [], keys=[], engine=Local(2)) == []


def test_a_partial_is_named_by_its_function():
    def fail(item, depth):
        raise KeyError(depth)

    [found] = run(partial(fail, depth=2), [0], keys=keys_of([0]), engine=Local(1), failures="keep")
    assert found.kind == "KeyError"
    assert "fail" in found.where


class Told:
    def __init__(self):
        self.seen = []

    def begin(self, title, *, total, done):
        self.seen.append((title, total, done))

    def advance(self):
        self.seen.append("+")

    def end(self):
        self.seen.append("end")


def test_progress_counts_what_was_already_there(tmp_path):
    def same(item):
        return {"item": np.array(item)}

    store = Store(tmp_path)
    keys = keys_of(range(4))
    run(same, range(2), keys=keys[:2], engine=Local(1), store=store)
    told = Told()
    run(same, range(4), keys=keys, engine=Local(1), store=store, progress=told, title="models")
    assert told.seen == [("models", 4, 2), "+", "+", "end"]


SCRIPT = """
    import sys, time
    from pathlib import Path
    import numpy as np
    from vidocq.core.canonical import content_hash
    from vidocq.engine.local import Local
    from vidocq.engine.store import Store
    from vidocq.engine.work import run

    shared = np.arange(100_000.0)

    def work(item, shared):
        time.sleep(pause)
        return {"item": np.array(item) * shared[:50]}

    pause = float(sys.argv[2])
    items = list(range(40))
    keys = [content_hash({"item": item}) for item in items]
    try:
        found = run(work, items, keys=keys, engine=Local(WORKERS), shared=shared, store=Store(Path(sys.argv[1])))
    except KeyboardInterrupt:
        sys.exit(130)
    sys.stdout.write(content_hash({"all": [result["item"].tobytes().hex() for result in found]}))
"""


def start(workers, folder, pause):
    script = textwrap.dedent(SCRIPT).replace("WORKERS", str(workers))
    return subprocess.Popen(
        [sys.executable, "-c", script, str(folder), str(pause)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def wait_for_some(store, process, n=4):
    deadline = time.monotonic() + 30
    while len(store.keys()) < n:
        assert process.poll() is None, process.stderr.read()
        assert time.monotonic() < deadline
        time.sleep(0.01)


def processes_of_session(session):
    """Processes still alive in a session, read from /proc."""
    alive = []
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/stat") as stream:
                    fields = stream.read().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == session and fields[0] != "Z":
                alive.append(int(entry))
    return alive


def shared_memory_of(process):
    places = [Path("/dev/shm"), Path(tempfile.gettempdir())]  # noqa: S108 - where joblib maps arrays
    return [found for place in places for found in place.glob(f"joblib_memmapping_folder_{process}_*")]


@pytest.mark.parametrize(
    ("workers", "blow", "group"),
    [(1, signal.SIGKILL, False), (2, signal.SIGKILL, False), (1, signal.SIGINT, True), (2, signal.SIGINT, True)],
)
def test_a_stopped_run_resumes_to_the_same_bytes(tmp_path, workers, blow, group):
    straight = content_hash({"all": [(item * np.arange(50.0)).tobytes().hex() for item in range(40)]})
    store = Store(tmp_path / "stopped")
    process = start(workers, store.folder, 0.05)
    wait_for_some(store, process)
    (os.killpg if group else os.kill)(process.pid, blow)
    _, complaint = process.communicate(timeout=20)
    assert process.returncode == (130 if blow == signal.SIGINT else -signal.SIGKILL)
    assert "Traceback" not in complaint
    deadline = time.monotonic() + 10
    while processes_of_session(process.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not processes_of_session(process.pid)
    assert not shared_memory_of(process.pid)
    keys = store.keys()
    kept = {key: store.get(key)["item"].tobytes() for key in keys}
    assert 4 <= len(kept) < 40

    resumed, _ = start(workers, store.folder, 0.0).communicate(timeout=40)
    assert resumed == straight
    assert len(store.keys()) == 40
    assert all(store.get(key)["item"].tobytes() == kept[key] for key in kept)
