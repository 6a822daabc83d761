"""Audits as audit.json and run.json would hold them: a leak, none, one undecided, and the least there can be."""

import math
from typing import Any

Content = dict[str, Any]
PRIORS = (0.001, 0.01, 0.1)
HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def leak() -> Content:
    """A forest that remembers, tolerances set, panel over its tolerance."""
    return _audit(
        subject={
            "kind": "sklearn",
            "model": "RandomForestClassifier",
            "task": "classification",
            "classes": 2,
            "features": 30,
        },
        verdict="leak_shown",
        b_avg=0.1871,
        b_worst=0.412,
        risks={"blind": 0.002, "label-gap": 0.004, "loss": 0.06, "lira": 0.162, "lira-offline": 0.11, "rmia": 0.15},
        reasons=[
            {
                "code": "significant",
                "fr": "Un test est significatif et la borne moyenne dépasse la tolérance.",
                "en": "A test is significant and the average bound exceeds the tolerance.",
            }
        ],
        set_by="Claire Martin, DPO",
        needed=None,
    )


def no_leak() -> Content:
    """A plain model within tolerances that a named person set, on persons rather than records."""
    content = _audit(
        subject={
            "kind": "sklearn",
            "model": "LogisticRegression",
            "task": "classification",
            "classes": 3,
            "features": 8,
        },
        verdict="no_leak_above_bound",
        b_avg=0.0245,
        b_worst=0.081,
        risks={"blind": 0.0, "label-gap": 0.001, "loss": 0.002, "lira": 0.003, "rmia": -0.001},
        reasons=[],
        set_by="Claire Martin, DPO",
        needed=None,
    )
    content["attacks"][4]["rates"][0]["measured"] = False
    return content


def inconclusive() -> Content:
    """A regression with too few persons, no panel, a split that was given and a blind gate not passed."""
    content = _audit(
        subject={"kind": "torch", "model": "Réseau maison", "task": "regression", "classes": 0, "features": 12},
        verdict="inconclusive",
        b_avg=0.0612,
        b_worst=None,
        risks={"loss": 0.01, "lira": 0.012},
        reasons=[
            {
                "code": "panel",
                "fr": "La borne du pire cas n'a pas été mesurée.",
                "en": "The worst-case bound was not measured.",
            }
        ],
        set_by="J. Doe, ML engineer",
        needed={"persons_per_side": 5000, "references": 512, "predicted_no_leak": 0.87},
    )
    content["population"] |= {"members": 900, "non_members": 850, "persons": 1750, "unit": "record", "split": "given"}
    content["panel"] = None
    content["recipe_gate"]["passed"] = True
    content["references"] = 64
    content["controls"]["blind"] = {"auc": _estimate(0.5, 0.47, 0.53, 1750), "needed": True, "passed": True}
    content["controls"]["positive"][1]["caught"] = False
    content["not_measured"] = [
        {"id": "rmia", "reason": {"fr": "Le témoin positif a été manqué.", "en": "The positive control was missed."}}
    ]
    return content


def minimal() -> Content:
    """Nothing but a refusal: everything that may be null is null, every list that may be empty is empty."""
    return {
        "schema": "vidocq.audit/1",
        "subject": {"kind": "callable", "model": "f", "task": "classification", "classes": 2, "features": 1},
        "verdicts": [
            {
                "access": "labels",
                "scope": "model",
                "verdict": "inconclusive",
                "b_avg": None,
                "b_worst": None,
                "tau": {"average": 0.0, "worst": 0.0, "set_by": None},
                "registration": None,
                "look": 1,
                "error": 0.0304,
                "reasons": [],
            }
        ],
        "headline": None,
        "population": {
            "members": 60,
            "non_members": 50,
            "persons": 110,
            "unit": "record",
            "removed": {"exact": 0, "near": 0, "persons": 0},
            "split": "given",
            "declared_by": None,
            "share": 0.5,
        },
        "controls": {"positive": [], "negative": None, "blind": None},
        "recipe_gate": None,
        "panel": None,
        "attacks": [],
        "results": [],
        "not_measured": [],
        "needed": None,
        "suite": {"name": "quick", "version": "1", "attacks": ["label-gap"], "required": []},
        "alphas": [0.01, 0.1],
        "references": 0,
        "inputs": {"members": HASH, "non_members": HASH, "model": HASH, "recipe": None},
        "versions": {"vidocq": "0.1.0"},
        "seed": 1,
    }


def run() -> Content:
    return {
        "started": "2026-11-22T13:55:00Z",
        "finished": "2026-11-22T14:05:09Z",
        "seconds": {"references": 512.4, "total": 609.2},
        "workers": 2,
        "command": "vidocq audit audit.toml --out results --seed 1",
        "machine": {"cpus": 2},
        "ledger": {"length": 4, "head": HASH},
    }


def language() -> Content:
    """A fine-tune that recites: extraction settles it, and the system around it hands documents over."""
    content = _audit(
        subject={
            "kind": "huggingface",
            "model": "petit-modèle",
            "task": "language",
            "classes": None,
            "features": None,
        },
        verdict="leak_shown",
        b_avg=0.31,
        b_worst=None,
        risks={"blind": 0.001},
        reasons=[
            {
                "code": "direct-evidence",
                "fr": "Le modèle contient ou restitue des données d'entraînement (`extraction`).",
                "en": "The model holds or gives back training data (`extraction`).",
            }
        ],
        set_by="Claire Martin, DPO",
        needed=None,
    )
    content["verdicts"][0]["access"] = "logprobs"
    content["verdicts"].append(
        content["verdicts"][0]
        | {
            "scope": "system",
            "verdict": "inconclusive",
            "b_avg": None,
            "reasons": [{"code": "system-unbounded", "fr": "Rien n'a été obtenu.", "en": "Nothing was obtained."}],
        }
    )
    content["panel"] = content["exposure"] = content["recipe_gate"] = None
    content["references"] = 0
    content["results"] = [
        {
            "id": "extraction",
            "criterion": "extraction",
            "quantity": {"fr": "part des personnes restituées", "en": "share of persons given back"},
            "estimate": _estimate(0.25, 0.12, 0.42, 36),
            "baseline": None,
            "control": _estimate(0.0, 0.0, 0.036, 100),
            "p": 1e-6,
            "p_holm": 1e-5,
            "direct": True,
            "limits": None,
            "cost": {"queries": 272, "reference_models": 0},
        }
    ]
    content["language"] = {
        "scope": "model",
        "form": "completion",
        "system": None,
        "decoding": {"temperature": 0.8, "top_k": None, "top_p": 0.95},
        "measurements": {"extraction": _extraction()},
    }
    return content


def deployed() -> Content:
    """A served model of which nobody has the training data, asked through its filters."""
    content = minimal()
    content["subject"] = {
        "kind": "openai",
        "model": "assistant-1",
        "task": "language",
        "classes": None,
        "features": None,
    }
    content["verdicts"][0] |= {
        "access": "text",
        "scope": "system",
        "reasons": [{"code": "no-members", "fr": "Aucune donnée d'entraînement.", "en": "No training data."}],
    }
    content["population"] |= {"members": 0, "non_members": 0, "persons": 0, "share": None}
    content["inputs"] |= {"members": None, "non_members": None, "material": HASH}
    content["language"] = {
        "scope": "system",
        "form": "chat",
        "system": None,
        "decoding": {"temperature": 1.0, "top_k": 40, "top_p": 1.0},
        "measurements": {},
    }
    return content


def _extraction() -> Content:
    def at(queries: int) -> Content:
        share = min(0.9, 0.1 * math.log10(queries) + 0.05)
        side = {"expected": share, "even": share, "likely": share / 2}
        none = {"expected": 0.001, "even": 0.0, "likely": 0.0}
        return {
            "queries": queries,
            "target": {"members": side, "controls": none},
            "base": {"members": none, "controls": none},
        }

    cost = {
        "queries": 1000,
        "items": 12.5,
        "queries_per_item": 8000.0,
        "tokens_per_item": 640_000.0,
        "money_per_item": 1.28,
    }
    return {
        "known": True,
        "queries": 1000,
        "unit": "tokens",
        "currency": "EUR",
        "curve": [at(queries) for queries in (1, 2, 5, 10, 100, 1000, 100_000)],
        "by_repetition": [
            {"from": times, "obtained": _estimate(share, 0.0, 1.0, 3)} for times, share in ((1, 0.0), (64, 1.0))
        ],
        "by_length": [{"from": 16, "obtained": _estimate(0.5, 0.1, 0.9, 6)}],
        "by_category": [
            {"category": None, "members": _estimate(0.0, 0.0, 0.1, 30), "controls": _estimate(0.0, 0.0, 0.1, 30)},
            {"category": "phone", "members": _estimate(0.5, 0.2, 0.8, 12)},
        ],
        "cost": {"at_budget": cost, "cheapest": cost | {"money_per_item": 0.01, "queries_per_item": 10.0}},
        "examples": [{"category": "phone", "shape": "99 99 99 99 99", "times": 6}],
    }


SAMPLES = {
    "leak": leak,
    "no_leak": no_leak,
    "inconclusive": inconclusive,
    "minimal": minimal,
    "language": language,
    "deployed": deployed,
}

_TITLES = {
    "blind": ("Classifieur aveugle", "Blind classifier"),
    "label-gap": ("Écart de bonnes réponses", "Label gap"),
    "loss": ("Seuil de perte", "Loss threshold"),
    "lira": ("Rapport de vraisemblance (LiRA)", "Likelihood ratio (LiRA)"),
    "lira-offline": ("Rapport de vraisemblance, hors ligne", "Likelihood ratio, offline"),
    "rmia": ("Comparaison relative (RMIA)", "Relative comparison (RMIA)"),
}
_BASELINES = {"blind", "label-gap", "loss"}


def _audit(
    *,
    subject: Content,
    verdict: str,
    b_avg: float,
    b_worst: float | None,
    risks: dict[str, float],
    reasons: list[Content],
    set_by: str | None,
    needed: Content | None,
) -> Content:
    content = minimal()
    content["subject"] = subject
    content["verdicts"][0] |= {
        "access": "probabilities",
        "verdict": verdict,
        "b_avg": b_avg,
        "b_worst": b_worst,
        "tau": {"average": 0.03, "worst": 0.1, "set_by": set_by},
        "registration": HASH[::-1],
        "reasons": reasons,
    }
    content["population"] |= {
        "members": 5000,
        "non_members": 5000,
        "persons": 9876,
        "unit": "person",
        "removed": {"exact": 12, "near": 3, "persons": 4},
        "split": "randomised",
    }
    content["controls"] = {
        "positive": [
            {"id": name, "planted": 0.06, "caught": True, "p": 0.0002} for name in risks if name not in _BASELINES
        ]
        + [{"id": "loss", "planted": 0.06, "caught": True, "p": 0.01}],
        "negative": {"references": 20, "alarms": 1, "limit": 5, "passed": True},
        "blind": {"auc": _estimate(0.501, 0.489, 0.513, 10000), "needed": False, "passed": None},
    }
    content["recipe_gate"] = {
        "member": {"target": 0.2104, "mean": 0.2111, "sd": 0.0042, "z": -0.1667},
        "non_member": {"target": 0.3512, "mean": 0.3490, "sd": 0.0061, "z": 0.3607},
        "gap": {"target": 0.1408, "mean": 0.1379, "sd": 0.0055, "z": 0.5273},
        "passed": True,
    }
    content["panel"] = {
        "persons": 50,
        "references_a": 256,
        "references_b": 256,
        "alpha": 0.01,
        "tpr": _estimate(0.21, 0.19, 0.23, 6400),
        "fpr": _estimate(0.011, 0.009, 0.013, 6400),
        "b_worst": b_worst or 0.1,
        "p": 0.00001 if verdict == "leak_shown" else 0.4,
        "p_holm": 0.0001 if verdict == "leak_shown" else 1.0,
    }
    content["exposure"] = {
        "persons": 9876,
        "exposed": 214 if verdict == "leak_shown" else 0,
        "false_discovery_rate": 0.05,
        "blocks": 128,
        "shift": {"median": 0.02, "high": 0.41, "top": 1.2},
        "stability": {"rank_correlation": 0.44, "top_overlap": 0.31, "by_chance": 0.0256},
        "groups": [
            {
                "name": "rare-classes",
                "persons": 320,
                "shift": _estimate(0.3, 0.2, 0.4, 320),
                "others": _estimate(0.02, 0.01, 0.03, 9556),
                "p": 1e-9,
                "exposed": 40,
            },
            {
                "name": "minors",
                "persons": 12,
                "shift": _estimate(0.1, -0.1, 0.3, 12),
                "others": _estimate(0.02, 0.01, 0.03, 9864),
                "p": 0.21,
                "exposed": None,
            },
            {"name": "very old", "persons": 4, "shift": None, "others": None, "p": None, "exposed": None},
            {"name": "typed wrong", "persons": 0, "shift": None, "others": None, "p": None, "exposed": None},
        ],
        "causes": [
            {
                "trait": "rarity",
                "feature": "native-country",
                "share": 0.62,
                "control": 0.2,
                "p_holm": 1e-6,
                "steady": 1.0,
            },
            {
                "trait": "disagreement",
                "feature": "age",
                "share": 0.5,
                "control": 0.18,
                "p_holm": 0.002,
                "steady": 0.9,
            },
            {"trait": "repetition", "feature": None, "share": 0.3, "control": 0.15, "p_holm": 0.11, "steady": 0.2},
        ],
    }
    content["cost_curve"] = [
        {"id": name, "by": "reference_models", "amount": k, "auc": _estimate(0.5 + 0.01 * k / 16, 0.5, 0.7, 10000)}
        for name, least in (("rmia", 4), ("lira", 16))
        for k in (4, 16, 64)
        if k >= least
    ]
    content["cost_curve"] += [
        {"id": "lira", "by": "queries", "amount": q, "auc": _estimate(0.5 + 0.01 * q, 0.5, 0.7, 10000)}
        for q in (2, 5, 16)
    ]
    content["attacks"] = [_attack(name, risk) for name, risk in risks.items()]
    content["needed"] = needed
    content["suite"] = {
        "name": "standard",
        "version": "1",
        "attacks": [*risks, "label-only"] if verdict == "leak_shown" else list(risks),
        "required": ["lira", "rmia"],
    }
    content["references"] = 512
    content["inputs"]["recipe"] = HASH
    content["versions"] = {"vidocq": "0.1.0", "python": "3.11.2", "numpy": "2.3.1", "scikit-learn": "1.7.2"}
    return content


def _attack(name: str, risk: float) -> Content:
    alphas = [None] if name == "label-gap" else [0.01, 0.1]
    return {
        "id": name,
        "title": dict(zip(("fr", "en"), _TITLES[name], strict=True)),
        "needs": "none" if name == "blind" else "labels" if name == "label-gap" else "probabilities",
        "baseline": name in _BASELINES,
        "measured": True,
        "auc": _estimate(0.5 + risk * 0.9, 0.49 + risk * 0.9, 0.51 + risk * 0.9, 10000),
        "rates": [_rate(alpha, risk) for alpha in alphas],
        "roc": [
            {"fpr": round(10 ** (-3.5 + 0.1 * step), 6), "tpr": round(_tpr(10 ** (-3.5 + 0.1 * step), risk), 6)}
            for step in range(36)
        ],
        "ppv": [
            {"prior": prior, "alpha": alpha, "value": ppv, "low": ppv * 0.8, "high": min(ppv * 1.2, 1.0)}
            for alpha in alphas
            for prior in PRIORS
            for ppv in [prior * (0.1 + risk) / (prior * (0.1 + risk) + (1 - prior) * 0.1)]
        ],
        "epsilon_low": max(0.0, math.log((0.01 + max(risk, 0) * 0.8) / 0.012)),
        "largest_gap": max(risk, 0.0) * 1.1 + 0.004,
        "limits": {
            "fr": "Un score bas ne prouve pas l'absence de fuite.",
            "en": "A low score is no proof of absence.",
        },
        "source": "Carlini et al. (2022), arXiv:2112.03570",
        "cost": {"queries": 10000, "reference_models": 512 if name in {"lira", "rmia", "lira-offline"} else 0},
    }


def _tpr(fpr: float, risk: float) -> float:
    return min(1.0, fpr ** max(0.25, 1 - 3 * risk))


def _rate(alpha: float | None, risk: float) -> Content:
    centre = 0.5 if alpha is None else alpha
    tpr = min(1.0, centre + risk * (0.6 if alpha == 0.01 else 1.0))
    leaks = risk > 0.05
    return {
        "alpha": alpha,
        "tpr": _estimate(tpr, max(0.0, tpr - 0.012), min(1.0, tpr + 0.012), 5000),
        "fpr": _estimate(centre, max(0.0, centre - 0.008), centre + 0.008, 5000),
        "risk": _estimate(tpr - centre, tpr - centre - 0.0195, tpr - centre + 0.0215, 10000),
        "p": 1e-9 if leaks else 0.31,
        "p_holm": 1e-8 if leaks else 1.0,
        "measured": True,
    }


def _estimate(value: float, low: float, high: float, n: int) -> Content:
    return {"value": value, "low": low, "high": high, "level": 0.9696, "n": n}
