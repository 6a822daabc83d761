"""Words of the register for the choices of the facts."""

from collections.abc import Mapping
from typing import Final

from vidocq.core.text import Text

KINDS: Final[Mapping[str, Text]] = {
    "collect": Text(fr="collecte de données", en="collection of data"),
    "build": Text(fr="constitution de jeux de données", en="building of data sets"),
    "annotate": Text(fr="annotation de données", en="annotation of data"),
    "train": Text(fr="entraînement d'un modèle", en="training of a model"),
    "evaluate": Text(fr="évaluation d'un modèle", en="evaluation of a model"),
    "share": Text(fr="partage de données ou d'un modèle", en="sharing of data or of a model"),
    "host": Text(fr="hébergement", en="hosting"),
    "deploy": Text(fr="déploiement d'un système", en="deployment of a system"),
}
PLACES: Final[Mapping[str, Text]] = {
    "designer": Text(fr="concepteur", en="designer"),
    "host": Text(fr="hébergeur", en="host"),
    "reuser": Text(fr="réutilisateur", en="re-user"),
    "integrator": Text(fr="intégrateur", en="integrator"),
    "deployer": Text(fr="déployeur", en="deployer"),
    "annotator": Text(fr="annotateur", en="annotator"),
    "publisher": Text(fr="éditeur du jeu de données", en="publisher of the data set"),
    "service": Text(fr="prestataire", en="service provider"),
}
TOOLS: Final[Mapping[str, Text]] = {
    "adequacy": Text(fr="décision d'adéquation", en="adequacy decision"),
    "standard_clauses": Text(fr="clauses contractuelles types", en="standard contractual clauses"),
    "binding_rules": Text(fr="règles d'entreprise contraignantes", en="binding corporate rules"),
    "derogation": Text(fr="dérogation de l'article 49", en="derogation of article 49"),
    "none": Text(fr="aucun outil n'encadre ce transfert", en="no tool frames this transfer"),
}
