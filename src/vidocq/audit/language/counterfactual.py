"""Counterfactual memorisation, from what reference models made of each text. Counted by `attacks.counterfactual`."""

from collections.abc import Sequence

import numpy as np

from vidocq.attacks.counterfactual import FEWEST, Counterfactual
from vidocq.core.arrays import BoolArray
from vidocq.core.measured import Measured
from vidocq.core.seeds import Seeds
from vidocq.core.status import NotMeasured
from vidocq.core.text import Text
from vidocq.core.token_signals import TokenSignals


def measure_counterfactual(references: Sequence[TokenSignals], trained_on: BoolArray, *, seed: int) -> Measured:
    """The share of tokens that each model predicts rightly, as the paper has it, and beside it their log-probability.

    references  of k models, each having read the same n texts.   trained_on  (k, n).
    Texts without a token, or of which a token was cut off by one model and not by another, are left out.
    Raises      SampleTooSmall if no text has enough models on both sides.
    """
    if len(references) < 2 * FEWEST:
        return Measured(absent=(NotMeasured(Counterfactual.card.id, _FEW.fill(count=len(references))),))
    lengths = np.stack([one.lengths for one in references])
    same = (lengths > 0).all(axis=0) & (lengths == lengths[0]).all(axis=0)
    if not same.any():
        return Measured(absent=(_NO_TEXT,))
    attack, findings, details = Counterfactual(), [], {}
    for name, unit in (("accuracy", _ACCURACY), ("log_probability", _LOG_PROBABILITY)):
        scores = np.stack(
            [one.per_text(one.top.astype(float) if name == "accuracy" else one.logprob) for one in references]
        )[:, same] / np.maximum(lengths[:, same], 1)
        found = attack.judge(
            scores, trained_on[:, same], unit=unit, rng=Seeds(seed).generator("counterfactual halves")
        )
        findings += list(found.findings)
        details[name] = found.details
    return Measured(
        findings=tuple(findings), details={"counterfactual": details, "unlike_lengths": int((~same).sum())}
    )


_ACCURACY = Text(fr="part des unités de texte (tokens) correctement prédites", en="share of tokens predicted rightly")
_LOG_PROBABILITY = Text(
    fr="log-probabilité moyenne par unité de texte (token), en nats", en="mean log-probability of a token, in nats"
)
_FEW = Text(
    fr=f"La mémorisation contrefactuelle se lit sur au moins {2 * FEWEST} modèles de référence, et il y en a {{count}} : "
    "[model.fine_tuning] dit comment en affiner, et [plan] references combien.",
    en=f"Counterfactual memorisation is read from {2 * FEWEST} reference models at least, and there are {{count}}: "
    "[model.fine_tuning] says how to fine-tune them, and [plan] references how many.",
)
_NO_TEXT = NotMeasured(
    "counterfactual",
    Text(
        fr="Mémorisation contrefactuelle non mesurée : les modèles n'ont lu aucun texte de la même longueur.",
        en="Counterfactual memorisation not measured: the models read no text at the same length.",
    ),
)
