"""Why a verdict is what it is, in both languages; the codes are stable, for programs."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from vidocq.core.text import Text


@dataclass(frozen=True)
class Reason:
    """Why the verdict is what it is; `code` is stable, for programs."""

    code: str
    text: Text

    def to_dict(self) -> dict[str, str]:
        return {"code": self.code, **self.text.to_dict()}


def _percent(share: float) -> str:
    """A tolerance, as it was set: 2.5, or 10."""
    return f"{Decimal(repr(float(share))) * 100:.10f}".rstrip("0").rstrip(".")


def _bound(share: float | None) -> str:
    """A bound, rounded up, as every other line of a report rounds it."""
    if share is None:
        return "?"
    return str((Decimal(repr(float(share))) * 100).quantize(Decimal("0.1"), rounding=ROUND_CEILING))


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{n}`" for n in names)


def direct_evidence(attacks: tuple[str, ...]) -> Reason:
    return Reason(
        "direct-evidence",
        Text(
            f"Le modèle contient ou restitue des données d'entraînement ({_listed(attacks)}).",
            f"The model holds or gives back training data ({_listed(attacks)}).",
        ),
    )


def system_gives_back(attacks: tuple[str, ...]) -> Reason:
    return Reason(
        "direct-evidence",
        Text(
            f"Le système restitue des données qu'il ne devait pas livrer ({_listed(attacks)}).",
            f"The system gives back data that it should not hand over ({_listed(attacks)}).",
        ),
    )


def leak_shown(by: tuple[str, ...], average: bool, worst: bool) -> Reason:
    where_fr = " et ".join((["en moyenne"] if average else []) + (["pour les plus exposés"] if worst else []))
    where_en = " and ".join((["on average"] if average else []) + (["for the most exposed"] if worst else []))
    return Reason(
        "leak-shown",
        Text(
            f"Des membres sont reconnus plus souvent que des non-membres ({_listed(by)}) et la borne "
            f"dépasse la tolérance {where_fr}.",
            f"Members are recognised more often than non-members ({_listed(by)}) and the bound "
            f"is above the tolerance {where_en}.",
        ),
    )


def attacks_silent(attacks: tuple[str, ...]) -> Reason:
    return Reason(
        "attack-not-measured",
        Text(
            f"Attaque exigée mais non mesurée : {_listed(attacks)}.",
            f"Required but not measured: {_listed(attacks)}.",
        ),
    )


def blind_sees(auc: float) -> Reason:
    return Reason(
        "blind-sees",
        Text(
            f"Sans interroger le modèle, on distingue déjà les deux fichiers (AUC {auc:.2f}) : la répartition "
            "n'est pas aléatoire et aucune attaque ne fait nettement mieux.",
            f"The two files can be told apart without the model (AUC {auc:.2f}): the split is not random "
            "and no attack does clearly better.",
        ),
    )


def blind_uncertain(high: float) -> Reason:
    return Reason(
        "blind-uncertain",
        Text(
            f"Rien n'établit que les deux fichiers se ressemblent : l'AUC à l'aveugle pourrait atteindre {high:.2f}.",
            f"Nothing shows that the two files are alike: the blind AUC could be as high as {high:.2f}.",
        ),
    )


def files_differ(alarms: int) -> Reason:
    return Reason(
        "negative-control",
        Text(
            f"{alarms} témoins négatifs sur 20 ont déclenché l'alarme : les deux fichiers diffèrent par autre chose "
            "que l'appartenance.",
            f"{alarms} of 20 negative controls alarmed: the two files differ in more than membership.",
        ),
    )


def above_average(bound: float | None, tau: float) -> Reason:
    return Reason(
        "average-bound-above-tolerance",
        Text(
            f"La borne moyenne ({_bound(bound).replace('.', ',')} %) dépasse la tolérance "
            f"({_percent(tau).replace('.', ',')} %) sans qu'une fuite soit démontrée : davantage de personnes "
            "la resserreraient.",
            f"The average bound ({_bound(bound)} %) is above the tolerance ({_percent(tau)} %) though no leak is "
            "shown: more persons would tighten it.",
        ),
    )


def above_worst(bound: float | None, tau: float) -> Reason:
    return Reason(
        "worst-bound-above-tolerance",
        Text(
            f"La borne des plus exposés ({_bound(bound).replace('.', ',')} %) dépasse la tolérance "
            f"({_percent(tau).replace('.', ',')} %) sans qu'une fuite soit démontrée : davantage de modèles de "
            "référence la resserreraient.",
            f"The bound for the most exposed ({_bound(bound)} %) is above the tolerance ({_percent(tau)} %) though "
            "no leak is shown: more reference models would tighten it.",
        ),
    )


WITHIN = Reason(
    "within-tolerance",
    Text(
        "Les deux bornes sont sous les tolérances fixées d'avance ; toutes les attaques exigées et tous les témoins "
        "ont pu parler.",
        "Both bounds are under the tolerances set beforehand; every required attack and control was able to speak.",
    ),
)
SMALL_LEAK = Reason(
    "small-leak",
    Text(
        "Une fuite plus petite que la tolérance a été décelée.",
        "A leak smaller than the tolerance was detected.",
    ),
)
NOTHING_REQUIRED = Reason(
    "nothing-required",
    Text(
        "À ce niveau d'accès, cette version ne dispose d'aucune attaque dont le silence compterait.",
        "At this access level, this version has no attack whose silence would count.",
    ),
)
NO_BLIND = Reason(
    "no-blind",
    Text(
        "La répartition n'est pas déclarée aléatoire et le témoin à l'aveugle n'a pas pu être mesuré.",
        "The split is not declared random and the blind control could not be measured.",
    ),
)
NO_REFERENCES = Reason(
    "no-references",
    Text(
        "Sans modèles de référence en nombre suffisant, rien ne borne l'exposition des personnes les plus exposées.",
        "Without enough reference models, nothing bounds the exposure of the most exposed persons.",
    ),
)
GATE_FAILED = Reason(
    "recipe-gate",
    Text(
        "Les modèles de référence ne se comportent pas comme le modèle audité : la recette ou le fichier des membres "
        "n'est peut-être pas le sien.",
        "The reference models do not behave like the audited one: the recipe or the members file may not be its own.",
    ),
)
NO_PANEL = Reason(
    "no-panel",
    Text(
        "Trop peu de personnes ou de modèles de référence pour former le groupe des plus exposés.",
        "Too few persons or reference models to form the panel of the most exposed.",
    ),
)
NO_WORST_BY_LABELS = Reason(
    "labels-bound-no-worst-case",
    Text(
        "Les labels seuls ne bornent pas l'exposition des personnes les plus exposées : il faut des probabilités.",
        "Labels alone bound no worst case: probabilities are needed.",
    ),
)
NO_NEGATIVE = Reason(
    "no-negative-control",
    Text(
        "Les témoins négatifs n'ont pas pu être mesurés.",
        "The negative controls could not be measured.",
    ),
)
NO_MEMBERS = Reason(
    "no-members",
    Text(
        "Aucune donnée d'entraînement n'a été fournie : une fuite peut être démontrée, mais rien ne borne ce que le "
        "modèle a retenu.",
        "No training data was given: a leak can be shown, but nothing bounds what the model remembers.",
    ),
)
SYSTEM_UNBOUNDED = Reason(
    "system-unbounded",
    Text(
        "Les essais menés n'ont rien obtenu du système ; ils ne bornent pas ce que d'autres en obtiendraient.",
        "The tests run obtained nothing from the system; they do not bound what others would obtain.",
    ),
)


def system_silent(attacks: tuple[str, ...]) -> Reason:
    return Reason(
        "direct-not-measured",
        Text(
            f"Essai du système non mesuré : {_listed(attacks)}.",
            f"Test of the system not measured: {_listed(attacks)}.",
        ),
    )
