"""Work done by a Ray cluster: a real one of two nodes, killed in mid-run, gives what this machine gives."""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from sklearn.tree import DecisionTreeClassifier

import vidocq
from vidocq.audit.configuration import read_configuration
from vidocq.audit.execute import run_audit
from vidocq.core.canonical import content_hash
from vidocq.core.errors import ConfigurationError, ModelError, SignalError
from vidocq.core.version import VERSION
from vidocq.engine import ray as engine_ray
from vidocq.engine import ray_courier
from vidocq.engine.local import Local
from vidocq.engine.ray import LOOPBACK, Ray
from vidocq.engine.ray_versions import differences
from vidocq.engine.store import Store
from vidocq.engine.work import Failure, Task, run

pytest.importorskip("ray")

SESSION = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_AUTH_MODE": "token",
    "RAY_AUTH_TOKEN": secrets.token_hex(32),
    LOOPBACK: "0",
    "RAY_health_check_initial_delay_ms": "0",
    "RAY_health_check_period_ms": "500",
    "RAY_health_check_failure_threshold": "4",
    "RAY_gcs_rpc_server_reconnect_timeout_s": "5",
}
"""Of the clusters here and of whoever asks them: a death is noticed in seconds, not in a minute."""


class TwoNodes:
    """A cluster, with the processes of each node, in a session of its own."""

    def __init__(self, nodes):
        self.folder = tempfile.TemporaryDirectory(prefix="vq-", ignore_cleanup_errors=True)
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("ray_cluster.py")), self.folder.name, str(nodes)],
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "RAY_TMPDIR": self.folder.name},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )

    def wait(self):
        told = json.loads(self.process.stdout.readline())
        self.address, self.client, self.nodes = told["address"], told["client"], told["nodes"]

    def add(self, folder):
        """A node whose workers look into `folder` first."""
        self.process.stdin.write(f"{folder}\n")
        self.process.stdin.flush()
        self.nodes.append(json.loads(self.process.stdout.readline()))

    def kill(self, node):
        for pid in self.nodes[node]:
            os.kill(pid, signal.SIGKILL)

    def gone(self):
        """Stops it, whatever state it is in, and says which processes had to be killed one by one."""
        for pid in processes_of_session(self.process.pid):
            os.kill(pid, signal.SIGKILL)
        self.process.wait(10)
        wait_until(lambda: not processes_of_session(self.process.pid))
        self.folder.cleanup()


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


def wait_until(true, seconds=20):
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture(scope="module", autouse=True)
def _session():
    with pytest.MonkeyPatch.context() as patch:
        for name, value in SESSION.items():
            patch.setenv(name, value)
        yield


@pytest.fixture(scope="module")
def cluster(_session):
    started = TwoNodes(2)
    try:
        started.wait()
        yield started
    finally:
        started.gone()


@pytest.fixture
def couriers(monkeypatch):
    """Every courier that is started, to see that nothing of it is left."""
    started = []
    real = subprocess.Popen

    def popen(*given, **named):
        started.append(real(*given, **named))
        return started[-1]

    monkeypatch.setattr(engine_ray.subprocess, "Popen", popen)
    yield started
    for process in started:
        wait_until(lambda session=process.pid: not processes_of_session(session))


def keys_of(items):
    return [content_hash({"item": item}) for item in items]


def same(found, expected):
    return all(
        list(one) == list(other) and all(one[name].tobytes() == other[name].tobytes() for name in one)
        for one, other in zip(found, expected, strict=True)
    )


def solved():
    """Made here, so that it travels by value."""

    def solve(item, shared):
        time.sleep(shared["pause"])
        rng = np.random.default_rng(item)
        rows = rng.integers(0, len(shared["x"]), size=300)
        x = shared["x"][rows]
        return {
            "weights": np.linalg.solve(x.T @ x, x.sum(axis=0)),
            "read_only": np.array(not shared["x"].flags.writeable),
            "name": np.array(str(shared["names"][0])),
        }

    return solve


def data(pause=0.0):
    x = np.random.default_rng(3).normal(size=(3000, 20))
    return {"x": x, "names": np.array(["a", "b"], dtype=object), "pause": pause}


def test_outcomes_are_those_of_this_machine_from_both_nodes_with_one_thread_each(cluster, couriers, tmp_path):
    solve = solved()

    def work(item, shared):
        if item == 1:
            raise ValueError("Jeanne Dupont, 12 rue des Lilas")
        if item == 2:
            raise SignalError("no voice", where="record 2", fix="train more")
        from threadpoolctl import threadpool_info

        np.ones((2, 2)) @ np.ones((2, 2))
        threads = np.array([pool["num_threads"] for pool in threadpool_info()])
        (shared["log"] / f"{item}").write_text(str(os.getppid()))
        return solve(item, shared) | {"one_thread": np.array(threads.size > 0 and bool((threads == 1).all()))}

    items = list(range(16))
    keys = keys_of(items)
    store = Store(tmp_path / "store")
    engine = Ray(cluster.address)
    shared = data(0.1) | {"log": tmp_path}
    found = run(work, items, keys=keys, engine=engine, shared=shared, store=store, failures="keep")
    raylets = {(tmp_path / f"{item}").read_text() for item in (0, *items[3:])}
    expected = run(work, items, keys=keys, engine=Local(1), shared=shared | {"pause": 0.0}, failures="keep")
    assert found[1:3] == expected[1:3]
    assert isinstance(found[1], Failure)
    assert "test_ray.py:" in found[1].where
    assert "Dupont" not in repr(found)
    done = [found[0], *found[3:]]
    assert same(done, [expected[0], *expected[3:]])
    assert all(result["read_only"] and result["one_thread"] and str(result["name"]) == "a" for result in done)
    assert store.keys() == sorted([keys[0], *keys[3:]])
    assert len(raylets) == 2
    assert engine.described() == {"kind": "ray", "nodes": 2, "cores": 2, "gpus_per_task": None}
    assert engine.count == 2
    assert len(couriers) == 1


@pytest.fixture
def _interruptible():
    """Python leaves SIGINT ignored where it was started so, as in the background of a shell."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_interruptible")
def test_a_stopped_run_leaves_no_task_and_is_resumed_from_its_store(cluster, couriers, tmp_path):
    def note(item, log):
        with (log / "began").open("a") as stream:
            stream.write(f"{item} {os.getpid()}\n")
        time.sleep(0.0 if item < 4 or (log / "go").exists() else 600.0)
        return {"item": np.array(item)}

    class Stopping:
        def begin(self, title, *, total, done):
            self.left = 4

        def advance(self):
            self.left -= 1
            if not self.left:
                wait_until(lambda: len((tmp_path / "began").read_text().split("\n")) > 5)
                signal.raise_signal(signal.SIGINT)

        def end(self):
            pass

    store = Store(tmp_path / "store")
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        run(
            note, range(8), keys=keys_of(range(8)), engine=Ray(cluster.address), shared=tmp_path, store=store,
            progress=Stopping(),
        )  # fmt: skip
    assert time.monotonic() - began < 60
    workers = {int(line.split()[1]) for line in (tmp_path / "began").read_text().splitlines()}
    wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))
    assert len(store.keys()) == 4
    assert not processes_of_session(couriers[0].pid)

    (tmp_path / "go").touch()
    (tmp_path / "began").write_text("")
    found = run(note, range(8), keys=keys_of(range(8)), engine=Ray(cluster.address), shared=tmp_path, store=store)
    assert [int(result["item"]) for result in found] == list(range(8))
    assert sorted(line.split()[0] for line in (tmp_path / "began").read_text().splitlines()) == ["4", "5", "6", "7"]


CONFIGURATION = """
[model]
kind = "callable"
load = "mine:load"
fit = "mine:fit"
[data]
members = "members.csv"
non_members = "non_members.csv"
label = "y"
[plan]
suite = "quick"
references = 24
[engine]
{engine}
[dossier]
url = "sqlite:///{name}.db"
"""
MINE = """
import time
import numpy as np
from sklearn.tree import DecisionTreeClassifier

def fit(X, y, seed):
    with open("log", "a") as log:
        log.write(".")
    time.sleep(0.2)
    return DecisionTreeClassifier(min_samples_leaf=3, random_state=seed % 2**32).fit(X, y)

def load():
    table = np.loadtxt("members.csv", delimiter=",", skiprows=1)
    return fit(table[:, :-1], table[:, -1].astype(int), 1)
"""


def test_an_audit_with_a_node_killed_in_mid_run_gives_the_file_of_this_machine(cluster, tmp_path, monkeypatch):
    """The configuration is named from its own folder, and trains by a function that lies beside it."""
    rng = np.random.default_rng(5)
    x, y = rng.normal(size=(240, 4)).round(4), rng.integers(0, 2, 240)
    for name, rows in (("members", slice(0, 120)), ("non_members", slice(120, 240))):
        table = np.column_stack([x[rows], y[rows]])
        np.savetxt(tmp_path / f"{name}.csv", table, delimiter=",", header="a,b,c,d,y", comments="", fmt="%.4g")
    (tmp_path / "mine.py").write_text(MINE)
    monkeypatch.chdir(tmp_path)
    found, runs = {}, {}

    def kill_once_it_works():
        wait_until(lambda: len(Path("log").read_text()) > 6, 60)
        cluster.kill(1)

    for name, engine in {"local": "workers = 1", "ray": f'kind = "ray"\naddress = "{cluster.address}"'}.items():
        Path("log").write_text("")
        killer = threading.Thread(target=kill_once_it_works)
        if name == "ray":
            killer.start()
        Path(f"{name}.toml").write_text(CONFIGURATION.format(engine=engine, name=name))
        outcome = run_audit(read_configuration(Path(f"{name}.toml")), Path(name), command="vidocq audit")
        assert outcome.error is None, str(outcome.error)
        found[name] = (Path(name) / "audit.json").read_bytes()
        runs[name] = json.loads((Path(name) / "run.json").read_bytes())
    killer.join()
    assert len(Path("log").read_text()) >= 24  # one letter for each model begun
    assert len(processes_of_session(cluster.process.pid)) > 1
    assert found["ray"] == found["local"]
    assert runs["local"]["engine"] == {"kind": "local"}
    assert runs["ray"]["engine"] == {"kind": "ray", "nodes": 2, "cores": 2, "gpus_per_task": None}
    assert runs["ray"]["workers"] == 2


def test_a_node_without_vidocq_is_told(cluster, tmp_path):
    for file, text in (("__init__.py", ""), ("core/__init__.py", ""), ("core/version.py", "import nothing_like_it")):
        (tmp_path / "vidocq" / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "vidocq" / file).write_text(text)
    cluster.add(tmp_path)
    items = list(range(24))
    with pytest.raises(ConfigurationError, match="lacks vidocq"):
        run(solved(), items, keys=keys_of(items), engine=Ray(cluster.address), shared=data(0.2))
    cluster.kill(-1)


def test_a_cluster_that_is_lost_ends_the_run_and_finished_work_is_kept(cluster, couriers, tmp_path):
    items = list(range(24))
    keys = keys_of(items)
    store = Store(tmp_path)

    class Losing:
        def begin(self, title, *, total, done):
            self.left = 3

        def advance(self):
            self.left -= 1
            if not self.left:
                cluster.kill(0)

        def end(self):
            pass

    began = time.monotonic()
    with pytest.raises(ModelError, match="cluster was lost") as caught:
        run(solved(), items, keys=keys, engine=Ray(cluster.address), shared=data(0.1), store=store, progress=Losing())
    assert "is kept" in caught.value.fix
    assert time.monotonic() - began < 60
    assert 3 <= len(store.keys()) < len(items)
    assert same([store.get(keys[0])], run(solved(), [0], keys=keys[:1], engine=Local(1), shared=data()))


def test_without_an_address_a_cluster_is_started_here_and_gone_afterwards(couriers):
    items = list(range(4))
    engine = Ray(workers=1)
    found = run(solved(), items, keys=keys_of(items), engine=engine, shared=data())
    assert same(found, run(solved(), items, keys=keys_of(items), engine=Local(1), shared=data()))
    assert engine.described() == {"kind": "ray", "nodes": 1, "cores": 1, "gpus_per_task": None}
    assert len(couriers) == 1
    assert not processes_of_session(couriers[0].pid)
    assert not list(Path(tempfile.gettempdir()).glob("vidocq-ray-*"))


def test_an_audit_takes_an_engine_and_asks_it_before_anything():
    x, y = np.random.default_rng(0).normal(size=(40, 2)), np.arange(40) % 2
    model = DecisionTreeClassifier(random_state=0).fit(x, y)
    given = {"members": (x[:20], y[:20]), "non_members": (x[20:], y[20:])}
    with pytest.raises(ConfigurationError, match="both given"):
        vidocq.audit(model, workers=1, engine=vidocq.Ray(), **given)
    with pytest.raises(ConfigurationError, match="no Ray cluster answers"):
        vidocq.audit(model, engine=vidocq.Ray("127.0.0.1:1"), **given)


def test_an_address_that_does_not_answer_is_said_in_time(monkeypatch):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    began = time.monotonic()
    with pytest.raises(ConfigurationError, match="no Ray cluster answers"):
        Ray(f"127.0.0.1:{port}").check()
    assert time.monotonic() - began < engine_ray.ANSWER_SECONDS + 1

    monkeypatch.setattr(engine_ray, "CONNECT_SECONDS", 3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        engine = Ray(f"127.0.0.1:{silent.getsockname()[1]}")
        with pytest.raises(ConfigurationError, match="no Ray cluster answers"):
            list(engine.outcomes(solved(), [Task(0, "00", 0)], shared=data()))
    assert time.monotonic() - began < 20


def test_without_ray_the_message_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ConfigurationError) as caught:
        Ray().check()
    assert "vidocq[ray]" in caught.value.fix


@pytest.mark.parametrize(
    "given", [{"address": "http://x"}, {"address": "x"}, {"workers": 0}, {"gpus_per_task": 1.5}, {"gpus_per_task": 0}]
)
def test_what_means_nothing_is_refused(given):
    with pytest.raises(ConfigurationError):
        Ray(**given)


@pytest.mark.parametrize(
    ("nodes", "gpus", "able"),
    [
        ([(True, {"CPU": 1.0})], None, 1),
        ([(True, {"CPU": 1.0}), (True, {"CPU": 4.0, "GPU": 1.0}), (False, {"CPU": 4.0, "GPU": 1.0})], 0.5, 1),
        ([(True, {"CPU": 1.0}), (False, {"CPU": 4.0, "GPU": 1.0})], 0.5, 0),
        ([(True, {"GPU": 1.0})], None, 0),
        ([(True, {"CPU": 1.0, "GPU": 1.0})], 2, 0),
    ],
)
def test_only_machines_that_offer_what_a_task_needs_count(nodes, gpus, able):
    seen = SimpleNamespace(nodes=lambda: [{"Alive": alive, "Resources": offers} for alive, offers in nodes])
    if able:
        assert len(ray_courier.able(seen, gpus)) == able
    else:
        with pytest.raises(ray_courier.Refused, match="offers a core"):
            ray_courier.able(seen, gpus)


def test_another_version_of_vidocq_is_told():
    found = ray_courier.perform_on_a_node("0.0.1", {"path": []}, b"")
    assert f"has vidocq {VERSION}, this one has 0.0.1" in found["what"]


def test_versions_differ_where_both_have_a_library():
    assert differences({"numpy": "2.1", "torch": "2.9"}, {"numpy": "2.2"}) == ["numpy 2.2 instead of 2.1"]
    assert differences({"numpy": "2.1"}, {"numpy": "2.1", "torch": "2.9"}) == []


def test_nothing_to_do_starts_nothing(couriers):
    assert run(solved(), [], keys=[], engine=Ray(), shared=data()) == []
    assert couriers == []


def test_a_cluster_is_asked_through_its_client_server_too(cluster):
    if cluster.client is None:
        pytest.skip("grpcio is not installed, which addresses of the kind ray:// need")
    engine = Ray(f"ray://127.0.0.1:{cluster.client}")
    found = run(squared, [2, 3], keys=keys_of([2, 3]), engine=engine, shared=np.arange(3))
    assert same(found, run(squared, [2, 3], keys=keys_of([2, 3]), engine=Local(1), shared=np.arange(3)))
    assert engine.described()["nodes"] == 2


def squared(item, shared):
    return {"found": item * item + shared}


def test_an_address_of_the_client_server_without_grpcio_is_told(monkeypatch):
    real = engine_ray.importlib.util.find_spec
    monkeypatch.setattr(
        engine_ray.importlib.util, "find_spec", lambda name, *more: None if name == "grpc" else real(name, *more)
    )
    with pytest.raises(ConfigurationError, match="needs grpcio"):
        Ray("ray://127.0.0.1:1").check()
