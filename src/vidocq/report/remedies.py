"""Which remedies fit which finding: a rule over the facts of audit.json, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vidocq.core.status import AuditVerdict
from vidocq.core.text import Text
from vidocq.report.reading import Audit, is_language, measured_rates

_TREES = ("forest", "tree", "boosting", "xgb", "lgbm", "lightgbm", "catboost")
_LINEAR = ("logistic", "linear", "ridge", "lasso", "elastic", "sgd", "perceptron", "glm")
_STORING = ("kneighbors", "radiusneighbors", "svc", "svr", "gaussianprocess", "kernelridge")
_NETWORKS = ("mlp", "torch", "neural", "keras")


@dataclass(frozen=True)
class Remedy:
    """A lead to try and audit again, the fact that suggests it, and what it does not do."""

    id: str
    title: Text
    because: Text
    beware: Text


def remedies(audit: Audit) -> list[Remedy]:
    """The leads that fit, in the order to try them. Without a leak shown, the model needs none from here."""
    verdicts = [verdict["verdict"] for verdict in audit["verdicts"]]
    if AuditVerdict.LEAK_SHOWN in verdicts and is_language(audit):
        return _of_language(audit)
    if AuditVerdict.LEAK_SHOWN in verdicts:
        return [
            remedy
            for remedy in (
                _duplicates(audit),
                _family(audit),
                _outputs(audit),
                _exposed(audit),
                _DIFFERENTIAL_PRIVACY,
            )
            if remedy is not None
        ]
    if AuditVerdict.INCONCLUSIVE in verdicts:
        return [_CONCLUDE_FIRST]
    return [_KEEP_WATCH]


def _of_language(audit: Audit) -> list[Remedy]:
    """For whoever trains the model; then for whoever serves it."""
    content = audit.get("language") or {}
    repeated = (content.get("repeated") or {}).get("members", 0)
    trains = [*([_REPEATED] if repeated else []), _FEWER_EPOCHS, _MASK, _DIFFERENTIAL_PRIVACY]
    return [*(trains if audit["population"]["members"] else []), _FILTER]


def _duplicates(audit: Audit) -> Remedy | None:
    removed = audit["population"]["removed"]
    if not (removed["exact"] or removed["near"]):
        return None
    return Remedy(
        "duplicates",
        Text(fr="Retirer les doublons avant l'entraînement", en="Remove duplicates before training"),
        Text(
            fr=(
                "des enregistrements identiques ou presque ont été trouvés ; ce qui est vu plusieurs fois se "
                "retient mieux."
            ),
            en="identical or nearly identical records were found; what is seen several times is remembered better.",
        ),
        Text(
            fr="une même personne peut aussi revenir sous des enregistrements différents.",
            en="one person may also come back under different records.",
        ),
    )


def _family(audit: Audit) -> Remedy | None:
    subject = audit.get("subject") or {}
    name = f"{subject.get('model') or ''} {subject.get('kind') or ''}".lower()
    for marks, remedy in ((_STORING, _ROWS), (_NETWORKS, _EPOCHS), (_TREES, _LEAVES), (_LINEAR, _PENALTY)):
        if any(mark in name for mark in marks) and not (remedy is _ROWS and "linearsv" in name):
            return remedy
    return _SIMPLER


def _outputs(audit: Audit) -> Remedy | None:
    """Coarser outputs help only where labels alone do not already leak."""
    rich = [v for v in audit["verdicts"] if str(v["access"]).lower() in {"probabilities", "logprobs", "top_k"}]
    if not any(verdict["verdict"] == AuditVerdict.LEAK_SHOWN for verdict in rich):
        return None
    if any(
        _leaks(rate, rich[0]) for attack, rate in measured_rates(audit) if attack["id"] in {"label-gap", "label-only"}
    ):
        return None
    return Remedy(
        "outputs",
        Text(
            fr="Rendre des sorties plus grossières : labels seuls, premières classes, ou valeurs arrondies",
            en="Return coarser outputs: labels only, top classes, or rounded values",
        ),
        Text(
            fr="la fuite passe par des sorties détaillées, et aucune fuite n'a été vue à partir des seuls labels.",
            en="the leak passes through detailed outputs, and none was seen from labels alone.",
        ),
        Text(
            fr="le modèle retient toujours autant ; qui détient ses poids n'est pas gêné. Auditer le nouvel accès.",
            en="the model remembers as much; whoever holds its weights is not hindered. Audit the new access.",
        ),
    )


def _leaks(rate: Mapping[str, Any], verdict: Mapping[str, Any]) -> bool:
    return rate.get("p_holm") is not None and rate["p_holm"] < verdict["error"]


def _exposed(audit: Audit) -> Remedy | None:
    if not any(v["b_worst"] is not None and v["b_worst"] > v["tau"]["worst"] for v in audit["verdicts"]):
        return None
    return Remedy(
        "exposed",
        Text(
            fr="Regrouper ou écrêter les valeurs atypiques (outliers) des variables",
            en="Group or clip the outlying values of the features",
        ),
        Text(
            fr=(
                "la borne des personnes les plus exposées dépasse la tolérance ; les profils rares se "
                "retiennent mieux."
            ),
            en="the bound of the most exposed persons exceeds the tolerance; rare profiles are remembered better.",
        ),
        Text(
            fr="retirer les personnes les plus exposées en expose d'autres : le panel est à refaire.",
            en="removing the most exposed persons exposes others: the panel has to be drawn anew.",
        ),
    )


_LEAVES = Remedy(
    "leaves",
    Text(
        fr="Faire grossir les feuilles (min_samples_leaf) ou limiter la profondeur des arbres",
        en="Grow the leaves (min_samples_leaf) or limit the depth of the trees",
    ),
    Text(
        fr="le modèle est fait d'arbres, et une feuille d'un seul enregistrement le retient tel quel.",
        en="the model is made of trees, and a leaf with a single record remembers it as it is.",
    ),
    Text(
        fr="comparer le taux de bonnes réponses avant et après, sur des non-membres.",
        en="compare the accuracy before and after, on non-members.",
    ),
)
_PENALTY = Remedy(
    "penalty",
    Text(
        fr="Renforcer la régularisation, ou réduire le nombre de variables",
        en="Strengthen the regularisation, or use fewer features",
    ),
    Text(
        fr="le modèle est linéaire : ses coefficients s'ajustent d'autant plus à chacun que rien ne les retient.",
        en="the model is linear: its coefficients fit each record the more closely the less holds them back.",
    ),
    Text(
        fr="les personnes atypiques profitent moins que les autres d'une régularisation.",
        en="outlying persons benefit less than others from a regularisation.",
    ),
)
_EPOCHS = Remedy(
    "epochs",
    Text(
        fr="Entraîner moins d'époques, arrêter plus tôt, renforcer la régularisation",
        en="Train for fewer epochs, stop earlier, strengthen the regularisation",
    ),
    Text(
        fr="le modèle est un réseau de neurones : la mémorisation croît avec le nombre de passages.",
        en="the model is a neural network: memorisation grows with the number of passes.",
    ),
    Text(
        fr="choisir l'arrêt sur un jeu de validation, non sur les chiffres de cet audit.",
        en="choose when to stop on a validation set, not on the figures of this audit.",
    ),
)
_ROWS = Remedy(
    "rows",
    Text(
        fr="Changer de famille de modèles",
        en="Change the family of models",
    ),
    Text(
        fr="ce modèle conserve des lignes d'entraînement pour répondre ; les régler ne les retire pas.",
        en="this model keeps training rows in order to answer; tuning it does not take them out.",
    ),
    Text(
        fr="à défaut, le fichier du modèle se protège comme les données elles-mêmes.",
        en="failing that, protect the model file as the data themselves.",
    ),
)
_SIMPLER = Remedy(
    "simpler",
    Text(
        fr="Essayer un modèle plus simple ou plus régularisé",
        en="Try a simpler or a more regularised model",
    ),
    Text(
        fr="une fuite a été démontrée, et le surapprentissage en est la première cause à écarter.",
        en="a leak was shown, and overfitting is the first cause to rule out.",
    ),
    Text(
        fr="un modèle qui généralise bien peut encore retenir quelques personnes.",
        en="a model that generalises well may still remember a few persons.",
    ),
)
_DIFFERENTIAL_PRIVACY = Remedy(
    "differential-privacy",
    Text(
        fr="Entraîner avec la confidentialité différentielle",
        en="Train with differential privacy",
    ),
    Text(
        fr="elle seule borne le risque de tous, y compris pour des attaques encore inconnues.",
        en="it alone bounds everyone's risk, attacks yet unknown included.",
    ),
    Text(
        fr="un ε élevé ne borne presque rien, et une erreur dans le code l'annule : vérifier la preuve et auditer.",
        en="a large ε bounds hardly anything, and a fault in the code undoes it: verify the proof and audit.",
    ),
)
_CONCLUDE_FIRST = Remedy(
    "conclude-first",
    Text(
        fr="Rendre d'abord l'audit concluant",
        en="Make the audit conclusive first",
    ),
    Text(
        fr="le constat est non concluant : corriger le modèle avant de mesurer ne se vérifierait pas.",
        en="the verdict is inconclusive: mending the model before measuring could not be checked.",
    ),
    Text(
        fr="chaque examen du même fichier de membres dépense une part du risque d'erreur.",
        en="each look at the same members file spends a part of the error.",
    ),
)
_KEEP_WATCH = Remedy(
    "keep-watch",
    Text(
        fr="Refaire l'audit à chaque réentraînement et à chaque nouvelle suite d'attaques",
        en="Repeat the audit at each retraining and with each new suite of attacks",
    ),
    Text(
        fr="le constat vaut pour ce modèle, ces personnes et ces attaques.",
        en="the verdict holds for this model, these persons and these attacks.",
    ),
    Text(
        fr="élargir l'accès au modèle (labels, probabilités, poids) demande un constat propre.",
        en="a wider access to the model (labels, probabilities, weights) calls for a verdict of its own.",
    ),
)
_REPEATED = Remedy(
    "repeated-texts",
    Text(fr="Retirer les textes répétés avant l'entraînement", en="Remove repeated texts before training"),
    Text(
        fr="des textes figuraient plusieurs fois dans les données ; ce qui est vu plusieurs fois se récite mieux.",
        en="texts stood several times in the data; what is seen several times is recited more readily.",
    ),
    Text(
        fr="Un texte vu une seule fois peut être récité lui aussi.",
        en="A text seen once may be recited as well.",
    ),
)
_FEWER_EPOCHS = Remedy(
    "fewer-epochs",
    Text(fr="Entraîner moins longtemps, ou moins de poids", en="Train for fewer epochs, or fewer weights"),
    Text(
        fr="une fuite a été démontrée, et chaque passage sur un texte l'ancre davantage.",
        en="a leak was shown, and each pass over a text anchors it further.",
    ),
    Text(
        fr="Un adaptateur de faible rang mémorise lui aussi ; seul un nouvel audit le dira.",
        en="An adapter of low rank memorises too; only another audit will tell.",
    ),
)
_MASK = Remedy(
    "mask",
    Text(
        fr="Remplacer les données personnelles des textes avant l'entraînement",
        en="Replace personal data in the texts before training",
    ),
    Text(
        fr="ce qui n'est pas appris ne peut être restitué ; `vidocq scan` dit où elles sont.",
        en="what is not learnt cannot be given back; `vidocq scan` says where it is.",
    ),
    Text(
        fr="Une personne peut rester reconnaissable sans identifiant direct.",
        en="A person may stay recognisable without any direct identifier.",
    ),
)
_FILTER = Remedy(
    "filter",
    Text(
        fr="Filtrer les réponses du système, et ne servir que du texte",
        en="Filter the system's answers, and serve text alone",
    ),
    Text(
        fr="une réponse peut être retenue avant d'être livrée ; l'audit du système le vérifie (`scope = \"system\"`).",
        en='an answer can be kept back before it is handed over; an audit of the system checks it (`scope = "system"`).',
    ),
    Text(
        fr="Le modèle reste ce qu'il est : un filtre se contourne, et ne vaut rien pour qui détient les poids.",
        en="The model stays what it is: a filter is got around, and is worth nothing to who holds the weights.",
    ),
)
