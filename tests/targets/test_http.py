"""A served model: asked as configured, never twice, never too long; whatever comes back, an error quotes nothing."""

import json
import shutil
import subprocess
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression, LogisticRegression

from vidocq.core.errors import ConfigurationError, MissingExtra, ModelError
from vidocq.core.records import Records
from vidocq.engine.store import Store
from vidocq.targets.observe import observe
from vidocq.targets.served.endpoint import Endpoint, Price
from vidocq.targets.served.http import HttpModel
from vidocq.targets.served.json_places import found_at, put_at
from vidocq.targets.served.mapping import HttpMapping

from serving import PRIVATE, Reply, answers_of, serving

httpx = pytest.importorskip("httpx", reason='these tests need httpx: pip install "vidocq[http]"')

CLASSES = np.array([0, 1])
ROWS = {"form": "rows", "records_at": "instances", "labels": "labels", "probabilities": "probabilities"}


def model_at(url, *, mapping=None, classes=CLASSES, top=None, **terms):
    quick = {"retries": 0, "backoff": 0.01, "timeout": 5.0, "batch_size": 50}
    return HttpModel(
        Endpoint(url=url, **{**quick, **terms}), HttpMapping(**(mapping or ROWS)), classes=classes, top=top
    )


@pytest.fixture
def fitted(numbers):
    return LogisticRegression().fit(numbers.features, numbers.labels)


def read(content, records, *, classes=("a", "b", "c"), top=None, **mapping):
    """Probabilities as an answer of this content is read."""
    given = {"form": "rows", "probabilities": "p", **mapping}
    return HttpMapping(**given).read_probabilities(content, n=records, classes=np.array(classes), top=top)


def test_places_are_pointers_or_dotted_paths():
    content = {"a": [{"b/c": 1}, {"b/c": 2}], "": {"x.y": 3}}
    assert found_at(content, "a.1.b/c") == found_at(content, "/a/1/b~1c") == 2
    assert found_at(content, "a.*.b/c") == [1, 2]
    assert found_at(content, "//x.y") == 3
    assert found_at(content, "") is content
    for absent in ("b", "a.2", "a.-1", "a.b", "a.0.b/c.d"):
        with pytest.raises(LookupError):
            found_at(content, absent)
    body = {"inputs": {"name": "x"}}
    assert put_at(body, "inputs.data", 5) == {"inputs": {"name": "x", "data": 5}}
    assert put_at({}, "/a~1b/c", 5) == {"a/b": {"c": 5}}
    assert body == {"inputs": {"name": "x"}}


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("rows", [[1, "x"], [0.5, "y"]]),
        ("objects", [{"age": 1, "town": "x"}, {"age": 0.5, "town": "y"}]),
        ("columns", {"age": [1, 0.5], "town": ["x", "y"]}),
        ("split", {"columns": ["age", "town"], "data": [[1, "x"], [0.5, "y"]]}),
    ],
)
def test_a_batch_is_written_as_asked(form, expected):
    records = Records(np.array([[1.0, "x"], [0.5, "y"]], dtype=object), np.array([0, 1]), ("age", "town"))
    mapping = HttpMapping(form=form, records_at="/in/data", body={"in": {"kind": 2}}, labels="l")
    assert json.loads(mapping.request(records)) == {"in": {"kind": 2, "data": expected}}
    assert json.loads(HttpMapping(form=form, labels="l").request(records)) == expected


@pytest.mark.parametrize(
    ("content", "mapping"),
    [
        ({"p": [[0.1, 0.2, 0.7], [1, 0, 0]]}, {}),
        ({"p": [{"c": 0.7, "a": 0.1, "b": 0.2}, {"a": 1, "b": 0, "c": 0}]}, {}),
        ({"p": {"a": [0.1, 1], "b": [0.2, 0], "c": [0.7, 0]}}, {}),
        ({"out": [{"p": [0.1, 0.2, 0.7]}, {"p": [1, 0, 0]}]}, {"probabilities": "/out/*/p"}),
        (
            [
                [{"name": "c", "p": 0.7}, {"name": "a", "p": 0.1}, {"name": "b", "p": 0.2}],
                [{"name": "a", "p": 1}, {"name": "b", "p": 0}, {"name": "c", "p": 0}],
            ],
            {"probabilities": "", "pairs": ("name", "p")},
        ),
    ],
)
def test_probabilities_are_read_in_whatever_shape_they_come(content, mapping):
    np.testing.assert_array_equal(read(content, 2, **mapping), [[0.1, 0.2, 0.7], [1, 0, 0]])


def test_two_classes_may_be_told_by_one_number():
    np.testing.assert_array_equal(read({"p": [0.25, 1]}, 2, classes=("no", "yes")), [[0.75, 0.25], [0, 1]])


def test_classes_that_are_numbers_are_known_by_their_text_too():
    np.testing.assert_array_equal(read({"p": [{"1": 0.25, "0": 0.75}]}, 1, classes=(0, 1)), [[0.75, 0.25]])
    labels = HttpMapping(labels="l").read_labels({"l": ["1", 0, 1.0]}, n=3, classes=np.array([0, 1]))
    np.testing.assert_array_equal(labels, [1, 0, 1])


def test_classes_left_out_share_what_is_left_only_where_top_k_says_so():
    content = {"p": [{"a": 0.7, "d": 0.1}]}
    np.testing.assert_allclose(read(content, 1, classes=tuple("abcd"), top=2), [[0.7, 0.1, 0.1, 0.1]])
    for top in (None, 3):
        with pytest.raises(ModelError, match="2 of 4 classes"):
            read(content, 1, classes=tuple("abcd"), top=top)


def test_rounded_rows_need_leave_and_are_divided_by_their_sum():
    content = {"p": [[0.33, 0.33, 0.33], [0.2, 0.3, 0.5]]}
    with pytest.raises(ModelError, match="1 of 2 records of a batch do not sum to 1"):
        read(content, 2)
    np.testing.assert_allclose(read(content, 2, sums_within=0.02), [[1 / 3] * 3, [0.2, 0.3, 0.5]])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"p": [[0.1, 0.2, 0.7]]}, "1 answers came back about 2 records"),
        ({"p": {"a": [1], "b": [0], "c": [0]}}, "2 numbers for each class"),
        ({"q": []}, "nothing at the place"),
        ({"p": PRIVATE}, "no list"),
        ({"p": [[0.5, 0.5], [0.5, 0.5]]}, "2 numbers for 3 classes"),
        ({"p": [0.5, 0.5]}, "3 classes"),
        ({"p": [[0.1, 0.2, "0.7"], [1, 0, 0]]}, "finite number"),
        ({"p": [[0.1, 0.2, True], [1, 0, 0]]}, "finite number"),
        ({"p": [[0.1, 0.2, 10**400], [1, 0, 0]]}, "finite number"),
        ({"p": [[2, -1, 0], [1, 0, 0]]}, "outside"),
        ({"p": [[3, 4, 0], [1, 0, 0]]}, "sum to 1"),
        ({"p": [{PRIVATE: 1, "b": 0, "c": 0}, {"a": 1, "b": 0, "c": 0}]}, "not among the classes"),
        ({"p": [[{"label": [1], "score": 1}], [{"label": "a", "score": 1}]]}, "not among the classes"),
        ({"p": [[{"label": "a", "score": 1}, {"label": "a", "score": 1}], []]}, "a class twice"),
        ({"p": [None, None]}, "3 classes"),
    ],
)
def test_an_answer_of_another_kind_is_refused_and_never_quoted(content, said, refused):
    assert said in refused(ModelError, read, content, 2)


def test_it_answers_as_the_model_behind_it(numbers, fitted):
    with serving(answers_of(fitted)) as served:
        model = model_at(served.url, batch_size=50)
        np.testing.assert_array_equal(model.probabilities(numbers), fitted.predict_proba(numbers.features))
        np.testing.assert_array_equal(model.predictions(numbers), fitted.predict(numbers.features))
    assert [len(body["instances"]) for body in served.bodies] == [50, 50, 20] * 2
    assert (model.tally.queries, model.tally.requests, model.tally.answered) == (240, 6, 240)


@pytest.mark.parametrize(
    "asked",
    [
        {"outputs": "labels"},
        {"outputs": "probabilities"},
        {"outputs": "probabilities", "decimals": 2},
        {"outputs": "probabilities", "top": 1},
    ],
)
def test_outputs_are_observed_as_of_any_other_model(numbers, fitted, asked):
    from vidocq.targets.sklearn import SklearnModel

    with serving(answers_of(fitted)) as served:
        seen = observe(model_at(served.url), numbers, **asked)
    here = observe(SklearnModel(fitted), numbers, **asked)
    for name in ("confidence", "loss", "correct"):
        np.testing.assert_array_equal(getattr(seen, name), getattr(here, name))


def test_labels_alone_and_values_of_a_regression(numbers, fitted):
    line = LinearRegression().fit(numbers.features, numbers.features[:, 0])

    def behave(_, body):
        return Reply({"y": line.predict(np.array(body["instances"])).tolist()})

    with serving(behave) as served:
        model = model_at(served.url, mapping={"form": "rows", "records_at": "instances", "values": "y"}, classes=None)
        np.testing.assert_array_equal(model.predictions(numbers), line.predict(numbers.features))
    with serving(answers_of(fitted)) as served:
        model = model_at(served.url, mapping={"form": "rows", "records_at": "instances", "labels": "labels"})
        assert not model.gives_probabilities
        np.testing.assert_array_equal(model.predictions(numbers), fitted.predict(numbers.features))
        with pytest.raises(ModelError, match="labels only"):
            model.probabilities(numbers)


def test_one_record_at_a_time(numbers, fitted):
    def behave(_, body):
        x = np.array([[body[c] for c in numbers.columns]])
        return Reply({"label": fitted.predict(x).tolist()[0]})

    mapping = {"form": "object", "labels": "label"}
    with serving(behave) as served:
        model = model_at(served.url, mapping=mapping, batch_size=1)
        few = numbers.take(np.arange(5))
        np.testing.assert_array_equal(model.predictions(few), fitted.predict(few.features))
    with pytest.raises(ConfigurationError, match="batch"):
        model_at(served.url, mapping=mapping)


WRONG = [
    (Reply({"probabilities": []}), "0 answers came back"),
    (Reply(raw=f"{PRIVATE}, but no JSON".encode()), "does not"),
    (Reply(raw=b"[" * 200_000), "does not"),
    (Reply(raw=b'{"probabilities": [NaN]}'), "not finite"),
    (Reply(raw=b"\xff\xfe\x00"), "does not"),
    (Reply({"probabilities": [[0, 1]]}, kind="text/html"), "does not say that it answers in JSON"),
    (Reply(raw=b" " * (2 << 20)), "more than 1 MiB"),
    (Reply(status=302, headers={"Location": f"http://example.org/{PRIVATE}"}), "redirects"),
    (Reply(status=308, headers={"Location": "/predict"}), "redirects"),
    (Reply({"detail": PRIVATE}, status=422), "status 422"),
    (Reply(status=403), "refuses access"),
    (Reply(raw=b"x", headers={"Content-Encoding": "gzip"}), "compresses"),
]


@pytest.mark.parametrize(("reply", "said"), WRONG, ids=[said for _, said in WRONG])
def test_a_wrong_answer_is_told_at_once_and_never_quoted(numbers, refused, reply, said):
    with serving(lambda *_: reply) as served:
        model = model_at(served.url, retries=3, largest=1 << 20)
        assert said in refused(ModelError, model.probabilities, numbers)
        assert len(served.bodies) == 1


def test_a_stream_without_a_length_is_cut_off_too(numbers, refused):
    """A server that tells no length: the bound holds on what is read."""
    import socket
    import threading

    listening = socket.create_server(("127.0.0.1", 0))

    def pour():
        connection, _ = listening.accept()
        with connection:
            connection.recv(1 << 16)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
            try:
                for _ in range(10_000):
                    connection.sendall(b" " * 65536)
            except OSError:
                return

    thread = threading.Thread(target=pour, daemon=True)
    thread.start()
    with listening:
        model = model_at(f"http://127.0.0.1:{listening.getsockname()[1]}/", largest=1 << 20)
        assert "more than 1 MiB" in refused(ModelError, model.probabilities, numbers)
    thread.join(timeout=10)


PASSING = [
    (Reply(status=500), "status 500"),
    (Reply(status=429), "status 429"),
    (Reply(drop=True), "broke the connection off"),
    (Reply({"labels": [0] * 100}, cut=True), "broke the connection off"),
]


@pytest.mark.parametrize(("reply", "said"), PASSING, ids=["500", "429", "dropped", "cut"])
def test_what_may_pass_is_asked_again_and_counted(numbers, fitted, refused, reply, said):
    right = answers_of(fitted)
    with serving(lambda i, body: reply if i in {0, 2} else right(i, body)) as served:
        model = model_at(served.url, retries=2)
        np.testing.assert_array_equal(model.probabilities(numbers), fitted.predict_proba(numbers.features))
        assert (model.tally.queries, model.tally.requests, model.tally.answered) == (220, 5, 120)
        assert served.records == 220
    with serving(lambda *_: reply) as served:
        model = model_at(served.url, retries=2)
        message = refused(ModelError, model.probabilities, numbers)
        assert said in message
        assert "3 times in a row" in message
        assert model.tally.requests == len(served.bodies) == 3


@pytest.mark.parametrize("reply", [Reply(stall=30), Reply({"a": PRIVATE * 50}, drip=0.05)], ids=["silent", "drip"])
def test_one_that_hangs_is_given_up_in_time(numbers, refused, reply):
    with serving(lambda *_: reply) as served:
        model = model_at(served.url, timeout=0.4, retries=1)
        began = time.perf_counter()
        assert "did not answer within 0.4 s" in refused(ModelError, model.probabilities, numbers)
        assert time.perf_counter() - began < 5
        assert len(served.bodies) == 2


def test_headers_that_drip_in_are_given_up_too(numbers, refused):
    import socket
    import threading

    listening, over = socket.create_server(("127.0.0.1", 0)), threading.Event()

    def drip():
        connection, _ = listening.accept()
        with connection:
            connection.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
            while not over.wait(0.05):
                connection.sendall(b"a")

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    with listening:
        model = model_at(f"http://127.0.0.1:{listening.getsockname()[1]}/", timeout=0.4)
        began = time.perf_counter()
        assert "did not answer within" in refused(ModelError, model.probabilities, numbers)
        assert time.perf_counter() - began < 3
        over.set()
    thread.join(timeout=5)


def test_nobody_there_is_no_query(numbers, refused):
    with serving(lambda *_: Reply()) as served:
        pass
    model = model_at(served.url, retries=1)
    assert "cannot be reached" in refused(ModelError, model.probabilities, numbers)
    assert model.tally.queries == model.tally.requests == 0


@pytest.mark.parametrize("dated", [False, True])
def test_retry_after_is_heeded(numbers, fitted, dated):
    right = answers_of(fitted)

    def behave(i, body):
        after = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True) if dated else "1"
        return Reply(status=429, headers={"Retry-After": after}) if i == 0 else right(i, body)

    with serving(behave) as served:
        model_at(served.url, retries=1, batch_size=200).probabilities(numbers)
    assert served.times[1] - served.times[0] >= (0.9 if dated else 1.0)


def test_one_that_asks_to_wait_too_long_stops_the_run(numbers, refused):
    with serving(lambda *_: Reply(status=503, headers={"Retry-After": "4000"})) as served:
        model = model_at(served.url, retries=5, longest_wait=60)
        assert "asks to wait 4000 seconds" in refused(ModelError, model.probabilities, numbers)
        assert len(served.bodies) == 1


def test_the_pace_is_kept(numbers, fitted):
    with serving(answers_of(fitted)) as served:
        model_at(served.url, per_second=10, batch_size=30).predictions(numbers)
    assert len(served.times) == 4
    assert (
        served.times[-1] - served.times[0] >= 0.22
    )  # three pauses, less what the way there varies by; two would be 0.2


def test_the_budget_counts_retries_and_is_never_passed(numbers, fitted, refused):
    right = answers_of(fitted)
    with serving(lambda i, body: Reply(status=500) if i == 1 else right(i, body)) as served:
        model = model_at(
            served.url, retries=3, batch_size=40, budget=130, price=Price(amount=2.0, per=1000, currency="EUR")
        )
        message = refused(ModelError, model.probabilities, numbers)
    assert "the budget of 130 queries is spent" in message
    assert "so far 120 queries in 3 requests, 0.24 EUR" in message
    assert served.records == 120


def test_what_was_answered_is_never_asked_again_but_a_second_question_is(numbers, fitted, tmp_path, refused):
    right, broken = answers_of(fitted), [True]

    def behave(i, body):
        return Reply(status=500) if broken[0] and i >= 2 else right(i, body)

    with serving(behave) as served:
        model = model_at(served.url, batch_size=40)
        first = model.opened(store=Store(tmp_path), audit="one")
        assert "kept" in refused(ModelError, first.probabilities, numbers)
        broken[0] = False
        second = model.opened(store=Store(tmp_path), audit="one")
        np.testing.assert_array_equal(second.probabilities(numbers), fitted.predict_proba(numbers.features))
        assert len(served.bodies) == 5  # eight records once more: the model might have changed meanwhile
        assert (second.tally.queries, second.tally.answered) == (168, 120)
        second.probabilities(numbers)
        assert len(served.bodies) == 8
        other = model_at(served.url, batch_size=40, mapping={**ROWS, "body": {"explain": False}})
        other.opened(store=Store(tmp_path), audit="one").probabilities(numbers)
        assert len(served.bodies) == 11
    assert all((path.stat().st_mode & 0o777) == 0o600 for path in tmp_path.iterdir())


def test_secrets_come_from_the_environment_and_show_nowhere(numbers, fitted, monkeypatch, refused):
    monkeypatch.setenv("MODEL_TOKEN", PRIVATE)
    with serving(answers_of(fitted)) as served:
        model = model_at(served.url, headers={"Authorization": "Bearer ${MODEL_TOKEN}", "X-Tenant": "audit"})
        model.predictions(numbers)
        assert served.headers[0]["Authorization"] == f"Bearer {PRIVATE}"
        assert served.headers[0]["X-Tenant"] == "audit"
        assert PRIVATE not in json.dumps(model.describe())
        assert PRIVATE not in repr(model.endpoint)
        monkeypatch.setenv("MODEL_TOKEN", f"{PRIVATE}\r\nX-Evil: 1")
        assert "cannot be sent" in refused(ConfigurationError, model.require_ready)
        monkeypatch.delenv("MODEL_TOKEN")
        assert "MODEL_TOKEN is not set" in refused(ConfigurationError, model.require_ready)


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"url": "ftp://example.org"}, "not one of HTTP"),
        ({"url": "https://"}, "not one of HTTP"),
        ({"url": "https://[::1"}, "cannot be read"),
        ({"url": "https://example.org:99999/"}, "cannot be read"),
        ({"url": f"https://me:{PRIVATE}@example.org"}, "password"),
        ({"url": "http://example.org/predict"}, "unencrypted"),
        ({"headers": {"Authorization": PRIVATE}}, "written out"),
        ({"headers": {"X-Api-Key": PRIVATE}}, "written out"),
        ({"headers": {"Content-Type": "text/plain"}}, "none that can be set"),
        ({"headers": {"a b": "c"}}, "none that can be set"),
    ],
)
def test_an_address_that_would_give_secrets_away_is_refused(terms, said, refused):
    given = {"url": "https://example.org/predict", **terms}
    assert said in refused(ConfigurationError, lambda: Endpoint(**given))


def test_cleartext_elsewhere_needs_leave_and_this_machine_does_not():
    assert Endpoint(url="http://model.internal/predict", cleartext=True).host == "model.internal"
    assert Endpoint(url="http://[::1]:8080/predict").host == "::1"


@pytest.mark.parametrize(
    ("mapping", "classes"),
    [
        ({"labels": "l"}, None),
        ({"values": "v"}, CLASSES),
        ({"values": "v", "labels": "l"}, CLASSES),
        ({}, CLASSES),
        ({}, None),
        ({"labels": "l"}, np.array([1])),
    ],
)
def test_classes_and_places_have_to_fit(mapping, classes, refused):
    assert "do not fit" in refused(
        ConfigurationError, model_at, "https://example.org", mapping={"form": "rows", **mapping}, classes=classes
    )


@pytest.mark.parametrize(
    "given", [{"body": {"a": 1}}, {"body": {"a": 1}, "records_at": "a.b"}, {"body": {"a": datetime.now(UTC)}}]
)
def test_a_body_has_to_leave_room_for_the_records(given, refused):
    refused(ConfigurationError, lambda: HttpMapping(labels="l", **given))


def test_the_description_follows_what_is_asked_and_not_on_which_terms():
    def told(mapping=None, classes=CLASSES, **terms):
        return model_at("https://example.org/", mapping=mapping, classes=classes, **terms).describe()

    same = [{"budget": 5}, {"retries": 7}, {"per_second": 1.0}, {"batch_size": 3}]
    assert all(told(**terms) == told() for terms in same)
    other = [
        told(version="2"),
        told(headers={"X-Model": "b"}),
        told(mapping={**ROWS, "probabilities": "q"}),
        told(classes=np.array([1, 0])),
        told(method="PUT"),
    ]
    assert all(one != told() for one in other)


def test_certificates_are_checked(numbers, fitted, tmp_path, refused):
    import ssl

    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed: no certificate could be made")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", str(key), "-out"]
    subprocess.run(["openssl", *made, str(certificate), *subject], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with serving(answers_of(fitted), context=context) as served:
        assert "cannot be reached" in refused(ModelError, model_at(served.url).probabilities, numbers)
        assert not served.bodies
        trusting = model_at(served.url, certificates=certificate)
        np.testing.assert_array_equal(trusting.predictions(numbers), fitted.predict(numbers.features))
    absent = model_at(served.url, certificates=tmp_path / "absent.pem")
    assert "cannot be read" in refused(ConfigurationError, absent.require_ready)


def test_a_host_that_is_none_is_found_before_anything_is_asked(refused):
    assert "cannot be read" in refused(ConfigurationError, model_at("https://-é.org/").require_ready)


def test_without_httpx_the_message_names_the_extra(monkeypatch, numbers, refused):
    import sys

    monkeypatch.setitem(sys.modules, "httpx", None)
    model = model_at("https://example.org/")
    assert "vidocq[http]" in refused(MissingExtra, model.require_ready)
    assert "vidocq[http]" in refused(MissingExtra, model.predictions, numbers)
