"""`vidocq.audit` on models in memory: what it finds, what it registers, and what it refuses without a value."""

import json
import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC, LinearSVC
from sklearn.tree import DecisionTreeClassifier

import vidocq
from vidocq.attacks.blind import Blind
from vidocq.audit.api import AuditResult
from vidocq.audit.fail_on import Concern, concerns_of
from vidocq.audit.outputs import audit_bytes
from vidocq.audit.schema import require_valid
from vidocq.core.canonical import sha256
from vidocq.core.errors import ConfigurationError, DataError, ModelError, VidocqError
from vidocq.dossier.file.stating import state_facts
from vidocq.dossier.ledger import Ledger
from vidocq.dossier.registration import RESULT
from vidocq.dossier.state import state

PRIVATE = "Jacquot"
SIDE = 1000


@dataclass(frozen=True, kw_only=True)
class FewTrees(Blind):
    """The blind control with a tenth of its trees: the other parts are what is tested here."""

    trees: int = 5


@pytest.fixture(autouse=True, scope="module")
def _few_trees():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("vidocq.audit.examine.Blind", FewTrees)
        yield


def noise(*, n=SIDE, seed=1):
    """Two sides of records whose labels nothing explains: whoever fits them has learnt them by heart."""
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(2 * n, 5)), rng.integers(0, 2, 2 * n)
    return (x[:n], y[:n]), (x[n:], y[n:])


def tree(members):
    return DecisionTreeClassifier(random_state=0).fit(*members)


def audited(model, members, non_members, **changes):
    asked = {"references": 32, "suite": "standard", "workers": 1, "split": "randomised", "declared_by": "a test"}
    result = vidocq.audit(model, members=members, non_members=non_members, **{**asked, **changes})
    require_valid(result.to_dict())
    return result


def verdict_of(result):
    return result.to_dict()["verdicts"][0]


def codes(result):
    return {reason["code"] for reason in verdict_of(result)["reasons"]}


@pytest.fixture(scope="module")
def leak():
    members, non_members = noise()
    return members, non_members, audited(tree(members), members, non_members)


# What it finds


def test_a_tree_that_learnt_its_records_by_heart_is_a_leak(leak):
    result = leak[2]
    assert isinstance(result, AuditResult)
    assert result.verdict == "leak_shown"
    content = result.to_dict()
    assert content["recipe_gate"]["passed"]
    assert content["controls"]["negative"]["passed"]
    assert content["population"]["members"] == content["population"]["non_members"] == SIDE
    assert content["references"] == 32
    lira = next(a for a in content["attacks"] if a["id"] == "lira")
    assert lira["auc"]["low"] > 0.6
    json.dumps(content, allow_nan=False)


def test_a_small_forest_too():
    members, non_members = noise(n=400, seed=2)
    model = RandomForestClassifier(5, random_state=0).fit(*members)
    assert audited(model, members, non_members).verdict == "leak_shown"


def test_scores_are_told_per_person(leak):
    result = leak[2]
    scores, is_member = result.scores("lira"), result.is_member
    assert scores.shape == is_member.shape == (2 * SIDE,)
    assert scores[is_member].mean() > scores[~is_member].mean()
    with pytest.raises(ConfigurationError, match="'rmia' was not run"):
        result.scores("rmia")


def test_it_shows_itself(leak):
    result = leak[2]
    assert str(result).strip()
    assert "<" in result._repr_html_()


def test_a_seed_gives_the_same_content_for_any_number_of_workers(leak):
    members, non_members, result = leak
    again = audited(tree(members), members, non_members, workers=2)
    assert again.to_dict() == result.to_dict()


def test_another_seed_draws_other_references(leak):
    members, non_members, result = leak
    assert audited(tree(members), members, non_members, seed=2).to_dict() != result.to_dict()


def test_a_regression_that_interpolates_is_a_leak():
    members, non_members = _values()
    model = RandomForestRegressor(5, bootstrap=False, random_state=0).fit(*members)
    result = audited(model, members, non_members)
    assert result.verdict == "leak_shown"
    assert result.to_dict()["subject"]["task"] == "regression"


def test_a_ridge_of_five_numbers_hides_five_hundred_persons():
    members, non_members = _values()
    result = audited(Ridge().fit(*members), members, non_members)
    assert result.verdict == "inconclusive"  # no tolerance, no `no leak`
    assert result.to_dict()["recipe_gate"]["passed"]


def _values(n=500):
    rng = np.random.default_rng(3)
    x = rng.normal(size=(2 * n, 5))
    y = x[:, 0] + rng.normal(size=2 * n)
    return (x[:n], y[:n]), (x[n:], y[n:])


def test_labels_alone_are_asked_about_changed_records_within_the_budget(leak):
    members, non_members, _ = leak
    result = audited(LogisticRegression().fit(*members), members, non_members, outputs="labels", queries_per_record=8)
    assert result.verdict == "inconclusive"
    assert "labels-bound-no-worst-case" in codes(result)
    told = {a["id"]: a for a in result.to_dict()["attacks"]}
    assert list(told) == ["blind", "label-gap", "label-only"]
    assert told["label-only"]["cost"]["queries"] == 8 * 2 * SIDE
    assert told["label-gap"]["cost"]["queries"] == 2 * SIDE
    assert result.to_dict()["suite"]["required"] == ["label-only"]


def test_labels_alone_betray_what_was_learnt_by_heart(leak):
    members, non_members, _ = leak
    result = audited(tree(members), members, non_members, outputs="labels", queries_per_record=12)
    told = {a["id"]: a for a in result.to_dict()["attacks"]}
    assert result.verdict == "leak_shown"
    assert told["label-only"]["auc"]["low"] > 0.7


def test_a_distance_to_the_boundary_betrays_it_too_and_begins_no_path_it_cannot_end(leak):
    members, non_members, _ = leak
    asked = {"outputs": "labels", "queries_per_record": 16, "label_search": "paths"}
    told = {
        name: next(
            a for a in audited(model, members, non_members, **asked).to_dict()["attacks"] if a["id"] == "label-only"
        )
        for name, model in (("leaky", tree(members)), ("gentle", LogisticRegression().fit(*members)))
    }
    assert told["leaky"]["auc"]["low"] > 0.7
    assert told["gentle"]["auc"]["low"] < 0.53
    assert told["leaky"]["cost"]["queries"] == 13 * 2 * SIDE  # the record itself, and three paths of four


@pytest.mark.parametrize(("search", "amounts"), [("noise", [2, 5, 12]), ("paths", [5, 9])])
def test_what_fewer_queries_reach_ends_at_the_audit_s_own_figure_whoever_did_the_work(search, amounts):
    members, non_members = noise(n=200, seed=6)
    asked = {"outputs": "labels", "queries_per_record": 12, "label_search": search, "references": 8}
    told = [audited(tree(members), members, non_members, **asked, workers=workers).to_dict() for workers in (1, 2)]
    assert told[0] == told[1]
    curve = [point for point in told[0]["cost_curve"] if point["by"] == "queries"]
    assert [(point["id"], point["amount"]) for point in curve] == [("label-only", amount) for amount in amounts]
    own = next(attack for attack in told[0]["attacks"] if attack["id"] == "label-only")
    assert curve[-1]["auc"] == own["auc"]


def test_a_budget_of_one_query_leaves_what_labels_require_unmeasured(leak):
    members, non_members, _ = leak
    result = audited(LogisticRegression().fit(*members), members, non_members, outputs="labels", queries_per_record=1)
    assert "attack-not-measured" in codes(result)
    assert "label-only" in {absent["id"] for absent in result.to_dict()["not_measured"]}
    assert [a["id"] for a in result.to_dict()["attacks"]] == ["blind", "label-gap"]


def test_persons_are_the_unit_where_their_ids_are_given():
    members, non_members = noise(n=400, seed=4)
    ids = [f"{PRIVATE}-{i // 2}" for i in range(400)], [f"other-{i // 2}" for i in range(400)]
    result = audited(tree(members), members, non_members, persons=ids)
    found = result.to_dict()["population"]
    assert (found["members"], found["non_members"], found["unit"]) == (200, 200, "person")
    assert result.is_member.sum() == 200
    assert result.verdict == "leak_shown"
    assert PRIVATE not in json.dumps(result.to_dict())


def test_members_with_more_records_each_than_outsiders_are_no_fair_comparison():
    """Sums over four records and over two differ whoever was trained on: the negative controls say so."""
    members, non_members = noise(n=400, seed=4)
    ids = [f"m{i // 4}" for i in range(400)], [f"n{i // 2}" for i in range(400)]
    result = audited(tree(members), members, non_members, persons=ids)
    assert result.verdict == "inconclusive"
    assert "negative-control" in codes(result)


def test_whoever_stands_on_both_sides_is_out_and_counted():
    members, non_members = noise(n=400, seed=5)
    x, y = non_members[0].copy(), non_members[1].copy()
    x[:7], y[:7] = members[0][:7], members[1][:7]  # the very same
    x[10:13], y[10:13] = members[0][10:13] * (1 + 1e-9), members[1][10:13]  # equal to six digits
    x[20], y[20] = members[0][20], 1 - members[1][20]  # another label: another record
    result = audited(tree(members), members, (x, y))
    found = result.to_dict()["population"]
    assert found["removed"] == {"exact": 14, "near": 6, "persons": 0}
    assert (found["members"], found["non_members"]) == (390, 390)


def test_mostly_the_same_file_twice_is_refused():
    members, _ = noise(n=200)
    with pytest.raises(DataError, match="stand on both sides"):
        audited(tree(members), members, members)


# What it registers


def test_without_a_dossier_tolerances_count_as_nothing(leak):
    members, non_members, _ = leak
    result = audited(
        LogisticRegression(C=0.01).fit(*members),
        members,
        non_members,
        tolerance_average=0.9,
        tolerance_worst=0.9,
        set_by="Ada Lepic, DPO",
    )
    found = verdict_of(result)
    assert found["tau"] == {"average": 0.0, "worst": 0.0, "set_by": None}
    assert found["registration"] is None
    assert found["verdict"] == "inconclusive"


def test_a_replay_keeps_its_look_and_another_model_is_another(tmp_path):
    members, non_members = noise(seed=7)
    asked = {
        "dossier": f"sqlite:///{tmp_path}/dossier.db",
        "tolerance_average": 0.2,
        "tolerance_worst": 0.9,
        "set_by": "Ada Lepic, DPO",
        "references": 24,
    }
    calm, other = (LogisticRegression(C=c).fit(*members) for c in (0.01, 0.02))
    first, replay, second = (audited(m, members, non_members, **asked) for m in (calm, calm, other))
    assert [r.performed.look for r in (first, replay, second)] == [1, 1, 2]
    assert [r.performed.replayed for r in (first, replay, second)] == [False, True, False]
    assert first.to_dict() == replay.to_dict()
    assert verdict_of(first)["tau"] == {"average": 0.2, "worst": 0.9, "set_by": "Ada Lepic, DPO"}
    assert first.verdict == "no_leak_above_bound"
    assert verdict_of(second)["error"] < verdict_of(first)["error"]
    order = np.random.default_rng(1).permutation(SIDE)
    shuffled = members[0][order], members[1][order]
    third = audited(calm, shuffled, non_members, **asked)
    assert third.performed.look == 1  # the same members in another order are the same members


def test_a_file_gets_the_evidence_and_what_it_states_reaches_the_indices(tmp_path):
    members, non_members = noise(n=60)
    url = f"sqlite:///{tmp_path}/d.db"
    with Ledger.open(url) as ledger:
        state_facts(ledger, {"models": [{"id": "tree", "differential_privacy_epsilon": 3.5}]})
    asked = {"dossier": url, "dossier_model": "tree", "dossier_dataset": "noise", "references": 0}
    result = audited(tree(members), members, non_members, **asked)
    with Ledger.open(url) as ledger:
        pieces = state(ledger).evidence
        (written,) = ledger.entries(RESULT)
        assert ledger.verify().problem is None
        length = len(ledger.entries())
    (verdict,) = pieces.latest("audit", "models.tree")
    assert verdict.figures["verdict"] == result.verdict
    assert written.data["audit_json"] == sha256(audit_bytes(result.to_dict()))
    (safeguards,) = pieces.latest("index-safeguards", "models.tree")
    assert safeguards.figures["epsilon"] == 3.5
    assert pieces.latest("index-repetition", "datasets.noise")
    audited(tree(members), members, non_members, **asked)
    with Ledger.open(url) as ledger:
        assert len(ledger.entries()) == length  # a replay says nothing new
    with pytest.raises(ConfigurationError):
        audited(tree(members), members, non_members, dossier_model="tree")


def test_saved_references_serve_another_target(leak, tmp_path):
    members, non_members, result = leak
    path = tmp_path / "signals.npz"
    result.save_reference_signals(path)
    again = audited(tree(members), members, non_members, reference_signals=path, references=None)
    np.testing.assert_array_equal(again.scores("lira"), result.scores("lira"))
    assert again.verdict == result.verdict
    stranger = audited(tree(non_members), members, non_members, reference_signals=path, references=None)
    assert not stranger.to_dict()["recipe_gate"]["passed"]
    assert stranger.verdict == "inconclusive"
    with pytest.raises(DataError, match="not among those"):
        audited(tree(members), members, noise(seed=9)[1], reference_signals=path)


# What it refuses


def refused(kind, model, members, non_members, **changes):
    with pytest.raises(kind) as caught:
        audited(model, members, non_members, **changes)
    error = caught.value
    assert PRIVATE not in str(error)
    assert error.where
    assert error.fix
    return str(error)


@pytest.fixture
def small():
    members, non_members = noise(n=80, seed=6)
    return members, non_members, tree(members)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_missing_values_are_told_by_their_place(small, bad):
    members, non_members, model = small
    x = members[0].copy()
    x[3, 2] = bad
    message = refused(DataError, model, (x, members[1]), non_members)
    assert "column 2, row 3" in message
    assert "members" in message


def test_one_class_only_is_refused(small):
    members, non_members, model = small
    assert "one class only" in refused(DataError, model, members, (non_members[0], np.zeros(80, dtype=int)))


def test_a_label_unseen_in_training_is_refused(small):
    members, non_members, model = small
    y = non_members[1].astype(int)
    y[5] = 77
    message = refused(DataError, model, members, (non_members[0], y))
    assert "1 of 160 records bear a label" in message
    assert "77" not in message


def test_a_text_label_that_names_somebody_is_not_repeated(small):
    members, non_members, _ = small
    text = np.where(members[1] == 1, "yes", "no"), np.where(non_members[1] == 1, "yes", PRIVATE)
    model = tree((members[0], text[0]))
    refused(DataError, model, (members[0], text[0]), (non_members[0], text[1]))


def test_twelve_records_are_too_few():
    members, non_members = noise(n=12)
    assert "12 persons are left" in refused(DataError, tree(members), members, non_members)


def test_a_column_of_text_the_model_does_not_take_is_told(small):
    members, non_members, model = small
    sides = []
    for x, y in (members, non_members):
        table = x.astype(object)
        table[:, 1] = PRIVATE
        sides.append((table, y))
    message = refused(VidocqError, model, *sides)
    assert "could not be trained" in message or "raised ValueError" in message


def test_columns_that_do_not_match_are_told(small):
    members, non_members, model = small
    assert "columns" in refused(DataError, model, members, (non_members[0][:, :3], non_members[1]))
    refused(DataError, model, (members[0], members[1][:50]), non_members)
    refused(DataError, model, members, non_members, persons=([PRIVATE], [PRIVATE]))


def test_a_model_without_probabilities_is_told_what_to_ask_for(small, tmp_path):
    members, non_members, _ = small
    model = LinearSVC().fit(*members)
    message = refused(ConfigurationError, model, members, non_members, dossier=f"sqlite:///{tmp_path}/d.db")
    assert 'outputs = "labels", or "weights"' in message
    with Ledger.open(f"sqlite:///{tmp_path}/d.db") as ledger:
        assert not list(ledger.entries())  # refused before anything is registered: no look is spent
    assert audited(model, members, non_members, outputs="labels", references=8).verdict == "inconclusive"


def test_a_model_that_is_not_fitted_is_told(small):
    members, non_members, _ = small
    assert "not fitted" in refused(ModelError, DecisionTreeClassifier(), members, non_members)


class Sulking(ClassifierMixin, BaseEstimator):
    """Trains once, on everybody; then refuses, and says on whom."""

    def fit(self, x, y):
        if len(x) < 75:
            raise RuntimeError(f"not again for {PRIVATE}")
        self.inner_ = DecisionTreeClassifier().fit(x, y)
        self.classes_ = self.inner_.classes_
        return self

    def predict_proba(self, x):
        return self.inner_.predict_proba(x)

    def predict(self, x):
        return self.inner_.predict(x)


def test_references_that_cannot_be_trained_end_the_audit_without_their_message():
    rng = np.random.default_rng(1)
    x, y = rng.normal(size=(140, 3)), rng.integers(0, 2, 140)
    model = Sulking().fit(x[:80], y[:80])
    refused(ModelError, model, (x[:70], y[:70]), (x[70:], y[70:]))


@pytest.mark.parametrize(
    "changes",
    [
        {"suite": PRIVATE},
        {"references": -1},
        {"alphas": (0.01,)},
        {"tolerance_average": 0.03},
        {"outputs": PRIVATE},
        {"split": PRIVATE},
        {"split": "randomised", "declared_by": " "},
        {"tolerence_worst": 0.1},
    ],
    ids=lambda c: next(iter(c)),
)
def test_what_is_asked_for_has_to_be_understood(small, changes):
    members, non_members, model = small
    refused(ConfigurationError, model, members, non_members, **changes)


def test_few_references_leave_the_question_open_and_raise_nothing(small):
    """Also where a reference model has so few colleagues that an attack cannot speak."""
    members, non_members, model = small
    for references in (0, 1, 2, 4, 9):
        result = audited(model, members, non_members, references=references)
        assert result.to_dict()["panel"] is None
        assert result.verdict in {"inconclusive", "leak_shown"}
    rng = np.random.default_rng(2)
    x, y = rng.normal(size=(400, 5)), rng.integers(0, 2, 400)
    one_in_four = tree((x[:100], y[:100]))
    for references in (3, 4):
        assert audited(one_in_four, (x[:100], y[:100]), (x[100:], y[100:]), references=references).verdict


def test_a_frame_with_names_is_handed_on_with_its_names(small):
    members, non_members, _ = small
    names = list("abcde")
    frames = [(pd.DataFrame(x, columns=names), pd.Series(y)) for x, y in (members, non_members)]
    model = tree(frames[0])
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        assert audited(model, *frames, references=8).to_dict()["subject"]["features"] == 5


def test_neighbours_keep_their_persons_which_is_a_leak_for_whoever_holds_the_file(small, tmp_path):
    from sklearn.neighbors import KNeighborsClassifier

    members, non_members, *_ = small
    model = KNeighborsClassifier(50).fit(*members)
    held, asked = (
        audited(
            model, members, non_members, outputs=outputs, references=0, dossier=f"sqlite:///{tmp_path}/{outputs}.db"
        )
        for outputs in ("weights", "probabilities")
    )
    verdict = verdict_of(held)
    assert verdict["access"] == "weights"
    assert verdict["verdict"] == "leak_shown"
    assert codes(held) == {"direct-evidence"}
    kept = held.to_dict()["results"][0]
    assert kept["direct"]
    assert "100.0 % of members, 0.0 % of non-members" in held.to_dict()["headline"]["found"]["en"].replace(
        "\xa0", " "
    )
    assert kept["estimate"]["value"] == 1.0
    assert "direct-evidence" not in codes(asked)
    assert asked.to_dict()["results"] == []  # this access has no file to read
    absent = {a["id"]: a["reason"]["en"] for a in asked.to_dict()["not_measured"]}
    assert "only where the access granted includes it" in absent["structure"]
    assert Concern.NOT_MEASURED not in concerns_of({**asked.to_dict(), "not_measured": [{"id": "structure"}]})
    assert Concern.NOT_MEASURED in concerns_of({**held.to_dict(), "not_measured": [{"id": "structure"}]})


LABELS_ONLY = {
    "support vectors": SVC,
    "no stored row": LinearSVC,
    "a pipeline": lambda: make_pipeline(StandardScaler(), SVC()),
}


@pytest.mark.parametrize("name", LABELS_ONLY)
def test_the_file_of_a_model_that_gives_labels_only_is_read_all_the_same(name):
    members, non_members = noise(n=150, seed=6)
    model = LABELS_ONLY[name]().fit(*members)
    result = audited(model, members, non_members, outputs="weights", references=24, queries_per_record=4)
    content, verdict = result.to_dict(), verdict_of(result)
    assert content["access"]["outputs"] == verdict["access"] == "weights"
    assert [a["id"] for a in content["attacks"]] == ["blind", "label-gap", "label-only"]
    absent = {a["id"]: a["reason"]["en"] for a in content["not_measured"]}
    for attack in ("loss", "lira-offline", "lira"):
        assert absent[attack] == "This attack needs probabilities; this model gives labels only."
    assert content["suite"]["required"] == ["label-only", "lira-offline", "lira"]  # silent, whatever the labels show
    assert content["panel"] is None
    kept = [entry for entry in content["results"] if "inside the model" in entry["quantity"]["en"]]
    if name == "no stored row":
        assert kept == []
        assert {a["id"] for a in content["not_measured"]} >= {"lira", "lira-offline"}
        assert verdict["verdict"] != "no_leak_above_bound"
    else:
        assert verdict["verdict"] == "leak_shown"
        assert codes(result) == {"direct-evidence"}
        assert kept[0]["estimate"]["value"] > 0.5


def test_a_handful_of_rows_in_the_file_settles_it_within_the_family(tmp_path):
    rng = np.random.default_rng(6)
    y = rng.integers(0, 2, 340)
    x = rng.normal(size=(340, 12)) + 4.0 * y[:, None]
    model = SVC(kernel="linear").fit(x[:170], y[:170])
    result = audited(model, (x[:170], y[:170]), (x[170:], y[170:]), outputs="weights", references=0, suite="quick")
    entry = result.to_dict()["results"][0]
    assert 4 <= round(170 * entry["estimate"]["value"]) == len(model.support_) <= 9
    assert "SVC.support_vectors_" in entry["quantity"]["fr"]
    assert entry["p"] < entry["p_holm"] <= verdict_of(result)["error"]  # label-gap is the other test
    assert entry["p_holm"] == pytest.approx(2 * entry["p"])
    assert (result.verdict, entry["direct"]) == ("leak_shown", True)


def test_labels_of_a_model_whose_file_is_read_never_make_a_no_leak(tmp_path):
    """Whoever holds the file has its margins too, which no attack here reads."""
    members, non_members = noise(n=400, seed=6)
    result = audited(
        LinearSVC(C=1e-4).fit(*members),
        members,
        non_members,
        outputs="weights",
        references=24,
        queries_per_record=2,
        dossier=f"sqlite:///{tmp_path}/d.db",
        tolerance_average=0.99,
        tolerance_worst=0.99,
        set_by="Ada Lepic, DPO",
    )
    assert result.verdict == "inconclusive"
    assert "attack-not-measured" in codes(result)


class Counted(ClassifierMixin, BaseEstimator):
    """A tree that counts the records it is asked about."""

    def fit(self, x, y):
        self.tree_of_mine_ = DecisionTreeClassifier(random_state=0).fit(x, y)
        self.classes_ = self.tree_of_mine_.classes_
        return self

    def predict_proba(self, x):
        self.asked_ = getattr(self, "asked_", 0) + len(x)
        return self.tree_of_mine_.predict_proba(x)

    def predict(self, x):
        self.asked_ = getattr(self, "asked_", 0) + len(x)
        return self.tree_of_mine_.predict(x)


@pytest.mark.parametrize(
    "access",
    [
        {"outputs": "labels", "label_search": "noise"},
        {"outputs": "labels", "label_search": "paths"},
        {"outputs": "probabilities"},
        {"outputs": "probabilities", "decimals": 2},
        {"outputs": "weights"},
    ],
    ids=lambda a: "/".join(str(v) for v in a.values()),
)
def test_the_model_is_asked_as_often_as_is_told_and_no_more(small, access):
    members, non_members, _ = small
    model = Counted().fit(*members)
    content = audited(model, members, non_members, references=0, queries_per_record=9, **access).to_dict()
    told = max(a["cost"]["queries"] for a in content["attacks"]) + content["repeated"]["queries"]
    assert told == model.asked_
    assert sum(entry["cost"]["queries"] for entry in content["results"]) == 0
    assert bool(content["results"]) == (access["outputs"] == "weights")


def test_a_model_that_keeps_nothing_is_read_and_accuses_nobody(small):
    members, non_members, *_ = small
    result = audited(LogisticRegression().fit(*members), members, non_members, outputs="weights", references=0)
    found = result.to_dict()["results"]
    assert found
    assert not any(entry["direct"] for entry in found)
    assert "direct-evidence" not in codes(result)


def test_the_likeliest_class_alone_still_betrays_what_was_learnt_by_heart(tmp_path):
    rng = np.random.default_rng(8)
    x, y = rng.normal(size=(2 * SIDE, 5)), rng.integers(0, 4, 2 * SIDE)
    members, others = (x[:SIDE], y[:SIDE]), (x[SIDE:], y[SIDE:])
    model = RandomForestClassifier(10, random_state=0).fit(*members)
    ledger = f"sqlite:///{tmp_path / 'd.db'}"
    asked = {"references": 16, "suite": "quick", "dossier": ledger}
    full = audited(model, members, others, **asked)
    one = audited(model, members, others, outputs="top_k", top_k=1, **asked)
    assert one.to_dict()["access"] == {"outputs": "top_k", "decimals": None, "top_k": 1}
    assert verdict_of(one)["verdict"] == "leak_shown"
    assert (verdict_of(full)["look"], verdict_of(one)["look"]) == (1, 2)  # serving less starts no new count
    areas = [{a["id"]: a["auc"]["value"] for a in r.to_dict()["attacks"] if a["auc"]} for r in (full, one)]
    assert areas[1]["rmia"] < areas[0]["rmia"]  # less is served, less is learnt


@pytest.mark.parametrize(
    "access",
    [{"outputs": "top_k"}, {"top_k": 2}, {"outputs": "top_k", "top_k": 0}, {"outputs": "labels", "top_k": 1}],
)
def test_how_many_classes_are_served_goes_with_top_k(small, access):
    with pytest.raises(ConfigurationError, match="top_k"):
        audited(*small, **access)


def test_a_regression_serves_no_classes():
    members, others = noise(n=200)
    with pytest.raises(ConfigurationError, match="regression"):
        audited(Ridge().fit(*members), members, others, outputs="top_k", top_k=1)
