"""Words about controls, the recipe and what was not tested."""

from collections.abc import Mapping
from typing import Final

from vidocq.core.text import Text

CONTROLS: Final[Mapping[str, Text]] = {
    # 5. controls
    "controls": Text(fr="Témoins", en="Controls"),
    "controls.intro": Text(
        fr=(
            "Les témoins disent si l'audit voit une fuite quand il y en a une, et se tait quand il n'y en a pas. Une "
            "attaque qui manque le témoin positif est tenue pour non mesurée."
        ),
        en=(
            "The controls tell whether the audit sees a leak when there is one, and keeps silent when "
            "there is none. An attack that misses the positive control counts as not measured."
        ),
    ),
    "controls.positive_caption": Text(
        fr="Témoin positif : une fuite introduite exprès dans un modèle jumeau",
        en="Positive control: a leak planted on purpose in a twin model",
    ),
    "controls.planted": Text(fr="Fuite introduite", en="Planted leak"),
    "controls.caught": Text(fr="Vue par l'attaque", en="Seen by the attack"),
    "controls.p": Text(fr="p", en="p"),
    "controls.other_caption": Text(
        fr="Témoin négatif et classifieur aveugle", en="Negative control and blind classifier"
    ),
    "controls.control": Text(fr="Témoin", en="Control"),
    "controls.measure": Text(fr="Mesure", en="Measure"),
    "controls.outcome": Text(fr="Issue", en="Outcome"),
    "controls.negative": Text(
        fr="Témoin négatif : des modèles de référence à la place de la cible",
        en="Negative control: reference models in the target's place",
    ),
    "controls.alarms": Text(
        fr="{alarms} alertes sur {references} modèles ({limit} au plus admises)",
        en="{alarms} alarms over {references} models (at most {limit} allowed)",
    ),
    "controls.blind": Text(
        fr="Classifieur aveugle : sépare les deux fichiers sans interroger le modèle",
        en="Blind classifier: tells the two files apart without querying the model",
    ),
    "controls.blind_auc": Text(fr="AUC {auc} (0,5 : le hasard)", en="AUC {auc} (0.5: chance)"),
    "controls.no_positive": Text(fr="Témoin positif : non mesuré.", en="Positive control: not measured."),
    # 6. recipe gate
    "recipe": Text(fr="La recette est-elle celle du modèle ?", en="Is the recipe that of the model?"),
    "recipe.intro": Text(
        fr=(
            "Les modèles de référence ne parlent pour la cible que s'ils lui ressemblent. Sa perte "
            "moyenne doit rester à moins de 3 écarts-types de celle des modèles de référence, sur les "
            "membres, sur les non-membres, et pour leur écart."
        ),
        en=(
            "The reference models speak for the target only if they resemble it. Its mean loss must stay within 3 "
            "standard deviations of that of the reference models, on members, on non-members, and for their gap."
        ),
    ),
    "recipe.caption": Text(
        fr="Perte moyenne du modèle audité, face aux modèles de référence",
        en="Mean loss of the audited model, against the reference models",
    ),
    "recipe.member": Text(fr="Membres", en="Members"),
    "recipe.non_member": Text(fr="Non-membres", en="Non-members"),
    "recipe.gap": Text(fr="Écart", en="Gap"),
    "recipe.group": Text(fr="Groupe", en="Group"),
    "recipe.target": Text(fr="Modèle audité", en="Audited model"),
    "recipe.mean": Text(fr="Références : moyenne", en="References: mean"),
    "recipe.sd": Text(fr="Références : écart-type", en="References: standard deviation"),
    "recipe.z": Text(fr="Distance (écarts-types)", en="Distance (standard deviations)"),
    "recipe.passed": Text(
        fr="Vérification passée : les trois distances restent à 3 écarts-types au plus.",
        en="Gate passed: the three distances stay within 3 standard deviations.",
    ),
    "recipe.failed": Text(
        fr=(
            "Vérification non passée : la recette ou le fichier des membres n'est peut-être pas celui de ce "
            "modèle. La borne du pire cas n'est pas mesurée et le test du panel ne compte pas."
        ),
        en=(
            "Gate not passed: the recipe or the members file may not be this model's. The worst-case bound "
            "is not measured and the panel's test does not count."
        ),
    ),
    "recipe.none": Text(
        fr="Non mesuré : aucun modèle de référence ne permet la comparaison.",
        en="Not measured: no reference model allows the comparison.",
    ),
    # 7. not tested
    "untested": Text(fr="Ce qui n'a pas été testé", en="What was not tested"),
    "untested.intro": Text(
        fr="Ce qui n'est pas mesuré ne compte jamais comme passé. Le constat ne couvre rien de ce qui suit.",
        en="What is not measured never counts as passed. The verdict covers nothing of what follows.",
    ),
    "untested.caption": Text(fr="Demandé mais non mesuré", en="Asked for but not measured"),
    "untested.reason": Text(fr="Motif", en="Reason"),
    "untested.no_reason": Text(
        fr="Prévue par la suite d'attaques, absente des résultats.",
        en="Planned by the suite, absent from the results.",
    ),
    "untested.rate": Text(
        fr="À ce taux, l'attaque n'accuse pas assez de non-membres pour que le chiffre ait un sens.",
        en="At this rate, the attack accuses too few non-members for the figure to mean anything.",
    ),
    "untested.all": Text(
        fr="Tout ce que la suite prévoyait a été mesuré.", en="All that the suite planned was measured."
    ),
    "untested.kinds": Text(fr="Hors du champ de cet audit :", en="Outside the reach of this audit:"),
    "untested.accesses": Text(
        fr="les accès non testés : {accesses}", en="the kinds of access that were not tested: {accesses}"
    ),
}
