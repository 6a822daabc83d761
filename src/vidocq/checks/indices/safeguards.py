"""What in the training limits memorisation, as far as its settings tell."""

from dataclasses import dataclass
from typing import ClassVar, Final

from vidocq.checks.indices.inputs import IndexInputs
from vidocq.checks.indices.words import filled, followed
from vidocq.core.cards import CheckCard
from vidocq.core.checking import CheckVerdict, Observation, not_measured
from vidocq.core.status import Status
from vidocq.core.text import Text

LIMITING: Final = frozenset(
    {
        "C", "alpha", "bagging_fraction", "ccp_alpha", "colsample_bytree", "early_stopping", "feature_fraction", "gamma",
        "l1_ratio", "l2_regularization", "lambda_l1", "lambda_l2", "learning_rate", "max_depth", "max_features",
        "max_iter", "max_leaf_nodes", "max_leaves", "min_child_weight", "min_data_in_leaf", "min_impurity_decrease",
        "min_samples_leaf", "min_samples_split", "n_estimators", "n_iter_no_change", "n_neighbors", "num_leaves",
        "penalty", "reg_alpha", "reg_lambda", "subsample", "weight_decay",
    }
)  # fmt: skip
"""Names of settings that bear on what a model can keep, in scikit-learn, XGBoost, LightGBM and PyTorch."""


@dataclass(frozen=True, kw_only=True)
class Safeguards:
    """Settings that limit memorisation, beside the library's own, and differential privacy as stated."""

    card: ClassVar = CheckCard(
        id="index-safeguards",
        title=Text(fr="Garanties à l'entraînement", en="Safeguards in training"),
        measures=Text(
            fr="Réglages qui limitent la mémorisation (régularisation, arrêt anticipé, taille des feuilles), lus dans le "
            "modèle ou dans sa recette, et epsilon de confidentialité différentielle s'il est déclaré.",
            en="Settings that limit memorisation (regularisation, early stopping, size of leaves), read from the model or "
            "its recipe, and epsilon of differential privacy where stated.",
        ),
        baseline=Text(
            fr="Les valeurs par défaut de la bibliothèque, dont on voit si quelqu'un s'est écarté.",
            en="The library's defaults, from which one sees whether somebody departed.",
        ),
        source="CNIL, sheet on the status of AI models (2025); EDPB, opinion 28/2024",
        limits=Text(
            fr="Un réglage n'est pas un effet : seul un epsilon démontré borne ce que chacun risque, et celui qui figure ici "
            "n'est que déclaré.",
            en="A setting is no effect: only a proven epsilon bounds what everybody risks, and the one shown here is only "
            "stated.",
        ),
        about="model",
    )

    def measure(self, inputs: IndexInputs) -> Observation:
        limiting = {name: pair for name, pair in sorted(inputs.settings.items()) if name in LIMITING}
        if not limiting and inputs.epsilon is None:
            return Observation(lacking=_UNKNOWN)
        return Observation(
            figures={
                "settings": {
                    name: {"value": value, "default": default} for name, (value, default) in limiting.items()
                },
                "changed": [name for name, (value, default) in limiting.items() if value != default],
                "epsilon": inputs.epsilon,
            }
        )

    def judge(self, seen: Observation) -> CheckVerdict:
        """Always a person's."""
        if seen.lacking is not None:
            return not_measured(seen.lacking)
        figures = seen.figures
        said = filled(_READ, count=len(figures["settings"]), changed=", ".join(figures["changed"]) or "–")
        told = _NO_EPSILON if figures["epsilon"] is None else filled(_EPSILON, epsilon=f"{figures['epsilon']:g}")
        return CheckVerdict(status=Status.TO_JUDGE, reason=followed(followed(said, told)))


_UNKNOWN = Text(
    fr="Ni les réglages de l'entraînement ni une confidentialité différentielle ne sont connus.",
    en="Neither the settings of the training nor any differential privacy are known.",
)
_READ = Text(
    fr="{count} réglages limitant la mémorisation ont été lus ; changés par rapport à la bibliothèque : {changed}.",
    en="{count} settings that limit memorisation were read; changed from the library's: {changed}.",
)
_EPSILON = Text(
    fr="Confidentialité différentielle déclarée : epsilon = {epsilon}.",
    en="Differential privacy as stated: epsilon = {epsilon}.",
)
_NO_EPSILON = Text(fr="Aucune confidentialité différentielle déclarée.", en="No differential privacy stated.")
