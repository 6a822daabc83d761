"""What was found, of what, by whom, of which task and criterion, in both languages."""

from collections.abc import Mapping
from typing import Final

from vidocq.core.status import AuditVerdict
from vidocq.core.text import Text

VERDICTS: Final[Mapping[str, Text]] = {
    AuditVerdict.LEAK_SHOWN: Text(fr="fuite démontrée", en="leak shown"),
    AuditVerdict.NO_LEAK_ABOVE_BOUND: Text(
        fr="aucune fuite au-delà de la borne B, pour les attaques menées",
        en="no leak above bound B under the attacks listed",
    ),
    AuditVerdict.INCONCLUSIVE: Text(fr="non concluant", en="inconclusive"),
}


ACCESS: Final[Mapping[str, Text]] = {
    "none": Text(fr="aucun", en="none"),
    "labels": Text(fr="labels", en="labels"),
    "top_k": Text(fr="premières classes", en="top classes"),
    "probabilities": Text(fr="probabilités", en="probabilities"),
    "logprobs": Text(fr="log-probabilités", en="log-probabilities"),
    "weights": Text(fr="poids", en="weights"),
    "text": Text(fr="texte produit", en="generated text"),
}


SCOPES: Final[Mapping[str, Text]] = {
    "model": Text(fr="modèle seul", en="model alone"),
    "system": Text(
        fr="système encapsulant le modèle, filtres compris", en="system around the model, filters included"
    ),
}


TASKS: Final[Mapping[str, Text]] = {
    "classification": Text(fr="classification", en="classification"),
    "regression": Text(fr="régression", en="regression"),
    "language": Text(fr="lire et écrire du texte", en="reading and writing text"),
}


CRITERIA: Final[Mapping[str, Text]] = {
    "singling_out": Text(fr="individualisation", en="singling out"),
    "linkability": Text(fr="corrélation", en="linkability"),
    "inference": Text(fr="inférence", en="inference"),
    "extraction": Text(fr="extraction", en="extraction"),
}
