"""The fixed sentences of a comparison, in both languages."""

from collections.abc import Mapping
from typing import Final

from vidocq.core.text import Lang, Text
from vidocq.report.typography import polished

COMPARISON: Final[Mapping[str, Text]] = {
    "title": Text(fr="Comparaison de deux audits", en="Two audits compared"),
    "skip": Text(fr="Aller au contenu", en="Skip to the content"),
    "model": Text(fr="Modèle {side}", en="Model {side}"),
    "contents": Text(fr="Sommaire", en="Contents"),
    "found": Text(fr="Ce qui a été trouvé", en="What was found"),
    "like": Text(fr="Les deux audits sont-ils comparables ?", en="Can the two audits be compared?"),
    "bounds": Text(fr="Constats et bornes", en="Verdicts and bounds"),
    "attacks": Text(fr="Attaque par attaque", en="Attack by attack"),
    "utility": Text(fr="Ce que les modèles savent faire", en="What the models are good for"),
    "looks": Text(fr="Examens des mêmes personnes", en="Looks at the same persons"),
    "apart": Text(fr="Ce qui n'a pas pu être comparé", en="What could not be compared"),
    "method": Text(fr="Méthode et limites", en="Method and limits"),
    # the three lines
    "asked": Text(
        fr="Question : le modèle B ({b}) laisse-t-il reconnaître les personnes de son entraînement davantage que le "
        "modèle A ({a}) ?",
        en="Asked: does model B ({b}) let the persons whose data trained it be recognised more than model A ({a})?",
    ),
    "result.worse": Text(fr="B laisse reconnaître davantage : ", en="B lets more be recognised: "),
    "result.better": Text(fr="B laisse moins reconnaître : ", en="B lets less be recognised: "),
    "result.both": Text(
        fr="B laisse reconnaître davantage par une attaque, et moins par une autre : ",
        en="B lets more be recognised by one attack, and less by another: ",
    ),
    "result.not_shown": Text(
        fr="Aucune différence n'est démontrée, ce qui ne veut pas dire qu'il n'y en a pas. ",
        en="No difference is shown, which does not mean that there is none. ",
    ),
    "result.none": Text(
        fr="Rien n'a pu être comparé : aucune attaque n'a été mesurée dans les deux audits.",
        en="Nothing could be compared: no attack was measured in both audits.",
    ),
    "evidence.a": Text(
        fr="preuve directe dans le fichier de A, que l'audit de B ne montre pas ({quantity} : {a} en A, {b} en B).",
        en="direct evidence in the file of A, which the audit of B does not show ({quantity}: {a} in A, {b} in B).",
    ),
    "evidence.b": Text(
        fr="preuve directe dans le fichier de B, que l'audit de A ne montre pas ({quantity} : {a} en A, {b} en B).",
        en="direct evidence in the file of B, which the audit of A does not show ({quantity}: {a} in A, {b} in B).",
    ),
    "evidence.both": Text(
        fr="Les fichiers des deux modèles portent une preuve directe ({quantity} : {a} en A, {b} en B).",
        en="The files of both models hold direct evidence ({quantity}: {a} in A, {b} in B).",
    ),
    "change": Text(
        fr="par l'attaque « {attack} » ({rate}), l'excès de risque passe de {a} à {b} (différence {difference}).",
        en="by the attack “{attack}” ({rate}), the excess risk goes from {a} to {b} (difference {difference}).",
    ),
    "at_most": Text(
        fr="La différence la moins bien connue, par l'attaque « {attack} » ({rate}), vaut {difference}.",
        en="The difference known least well, by the attack “{attack}” ({rate}), is {difference}.",
    ),
    "price.accuracy": Text(
        fr="Sur les personnes extérieures, le taux de bonnes réponses passe de {a} à {b} (différence {difference}).",
        en="On outsiders, the share of right answers goes from {a} to {b} (difference {difference}).",
    ),
    "price.rmse": Text(
        fr="Sur les personnes extérieures, l'erreur quadratique moyenne (racine) passe de {a} à {b} (différence "
        "{difference}).",
        en="On outsiders, the root mean squared error goes from {a} to {b} (difference {difference}).",
    ),
    "price.none": Text(
        fr="Ce que chaque modèle sait faire n'a pas été mesuré de la même façon : le coût n'est pas connu.",
        en="What each model is good for was not measured alike: the cost is not known.",
    ),
    # comparable
    "comparable": Text(
        fr="Oui : même tâche, même accès, même suite et mêmes taux.",
        en="Yes: same task, same access, same suite and same rates.",
    ),
    "not_comparable": Text(
        fr="Pas en tout : ce qui suit diffère. Les bornes ne répondent donc pas à la même question ; seules sont "
        "comparées les attaques que les deux audits ont mesurées au même taux.",
        en="Not in everything: what follows differs. The bounds therefore answer different questions; only attacks "
        "that both audits measured at the same rate are compared.",
    ),
    "what": Text(fr="Élément", en="Item"),
    "weight": Text(fr="Portée", en="Weight"),
    "blocking": Text(fr="rend les bornes non comparables", en="makes the bounds not comparable"),
    "caution": Text(fr="à savoir", en="to be known"),
    "none": Text(fr="aucun", en="none"),
    "task": Text(fr="Tâche", en="Task"),
    "access": Text(fr="Accès", en="Access"),
    "decimals": Text(fr="Décimales servies", en="Decimals served"),
    "top_k": Text(fr="Classes servies", en="Classes served"),
    "suite": Text(fr="Suite d'attaques", en="Suite of attacks"),
    "suite_version": Text(fr="Version de la suite", en="Version of the suite"),
    "alphas": Text(fr="Taux de faux positifs enregistrés", en="Registered false positive rates"),
    "unit": Text(fr="Unité", en="Unit"),
    "members": Text(fr="Membres", en="Members"),
    "non_members": Text(fr="Non-membres", en="Non-members"),
    "references": Text(fr="Modèles de référence", en="Reference models"),
    "look": Text(fr="Rang de l'examen", en="Number of the look"),
    "vidocq": Text(fr="Version de Vidocq", en="Version of Vidocq"),
    # tables
    "quantity": Text(fr="Grandeur", en="Quantity"),
    "difference": Text(fr="B − A", en="B − A"),
    "verdict": Text(fr="Constat", en="Verdict"),
    "b_avg": Text(fr="Borne moyenne", en="Bound on average"),
    "b_worst": Text(fr="Borne du pire cas", en="Worst-case bound"),
    "tau_average": Text(fr="Tolérance moyenne", en="Tolerance on average"),
    "tau_worst": Text(fr="Tolérance du pire cas", en="Worst-case tolerance"),
    "bounds.caption": Text(fr="Constats, bornes et tolérances", en="Verdicts, bounds and tolerances"),
    "attack": Text(fr="Attaque", en="Attack"),
    "rate": Text(fr="Taux visé", en="Rate aimed at"),
    "own_point": Text(fr="point propre", en="own point"),
    "direction": Text(fr="Différence", en="Difference"),
    "worse": Text(fr="davantage en B", en="more in B"),
    "better": Text(fr="moins en B", en="less in B"),
    "not_shown": Text(fr="non démontrée", en="not shown"),
    "tests.caption": Text(
        fr="Excès de risque (vrais positifs moins faux positifs), avec son intervalle",
        en="Excess risk (true positives less false positives), with its interval",
    ),
    "rates.caption": Text(
        fr="Taux de vrais positifs et de faux positifs", en="True positive and false positive rates"
    ),
    "tpr": Text(fr="vrais positifs", en="true positives"),
    "fpr": Text(fr="faux positifs", en="false positives"),
    "findings.caption": Text(fr="Lecture du fichier des modèles", en="What the models' files hold"),
    "who": Text(fr="Sur qui", en="On whom"),
    "evidence": Text(fr="Preuve directe", en="Direct evidence"),
    "figure.estimate": Text(fr="membres", en="members"),
    "figure.control": Text(fr="non-membres", en="non-members"),
    "figure.no": Text(fr="non mesuré", en="not measured"),
    "figure.nothing": Text(fr="rien de tel", en="nothing of the kind"),
    "direct.a": Text(fr="en A seulement", en="in A only"),
    "direct.b": Text(fr="en B seulement", en="in B only"),
    "direct.ab": Text(fr="en A et en B", en="in A and in B"),
    "direct.neither": Text(fr="dans aucun des deux", en="in neither"),
    "sign": Text(fr="simple indice, non jugé", en="a mere sign, not judged"),
    "auc.caption": Text(fr="Aire sous la courbe ROC (AUC)", en="Area under the ROC curve (AUC)"),
    "utility.caption": Text(
        fr="Bonnes réponses, ou erreur, et écart de généralisation",
        en="Right answers, or error, and generalisation gap",
    ),
    "accuracy": Text(fr="Bonnes réponses", en="Right answers"),
    "rmse": Text(fr="Erreur quadratique moyenne (racine)", en="Root mean squared error"),
    "loss": Text(fr="Perte moyenne (nats)", en="Mean loss (nats)"),
    "gap": Text(fr="Écart de généralisation", en="Generalisation gap"),
    "of": Text(fr="{what}, {who}", en="{what}, {who}"),
    "who.members": Text(fr="membres", en="members"),
    "who.non_members": Text(fr="non-membres", en="non-members"),
    "unmeasured": Text(fr="non mesuré", en="not measured"),
    "none_compared": Text(
        fr="Aucune attaque n'a été mesurée dans les deux audits.", en="No attack was measured in both audits."
    ),
    "apart.none": Text(
        fr="Tout ce que l'un a mesuré, l'autre l'a mesuré aussi.", en="What one measured, the other measured too."
    ),
    "apart.a": Text(fr="mesurée en A seulement", en="measured in A only"),
    "apart.b": Text(fr="mesurée en B seulement", en="measured in B only"),
    "apart.neither": Text(fr="mesurée dans aucun des deux", en="measured in neither"),
    # looks
    "looks.other_members": Text(
        fr="Les fichiers de membres diffèrent : chaque audit compte ses propres examens (A : le nº {a}, B : le nº {b}).",
        en="The members' files differ: each audit counts looks of its own (A: number {a}, B: number {b}).",
    ),
    "looks.other_access": Text(
        fr="Mêmes membres, mais accès différents : les examens se comptent à part (A : le nº {a}, B : le nº {b}).",
        en="Same members but other access: looks are counted apart (A: number {a}, B: number {b}).",
    ),
    "looks.unregistered": Text(
        fr="L'un des deux audits n'est inscrit dans aucun journal : personne n'a compté cet examen.",
        en="One of the two audits is in no ledger: nobody counted that look.",
    ),
    "looks.replay": Text(
        fr="C'est un seul et même examen (le nº {a}), rejoué : il n'a rien dépensé de plus.",
        en="This is one and the same look (number {a}), replayed: it spent nothing more.",
    ),
    "looks.looks": Text(
        fr="Deux examens des mêmes membres au même accès : A est le nº {a}, B le nº {b}. Le rang j dépense "
        "5 % × 6/(π²j²) : {error_a} en A, {error_b} en B, et tous les examens ensemble au plus 5 %.",
        en="Two looks at the same members at the same access: A is number {a}, B number {b}. The j-th spends "
        "5 % × 6/(π²j²): {error_a} in A, {error_b} in B, and all looks together at most 5 %.",
    ),
    "looks.two_ledgers": Text(
        fr="Deux demandes différentes portent le même rang ({a}) pour les mêmes membres et le même accès : elles sont "
        "inscrites dans deux journaux qui s'ignorent, et dépensent ensemble plus que la règle ne le permet. "
        "Tenez un seul journal.",
        en="Two different requests bear the same number ({a}) for the same members and access: they stand in two "
        "ledgers that know nothing of each other, and together spend more than the rule allows. Keep one ledger.",
    ),
    "looks.kept": Text(
        fr="L'erreur inscrite dans chaque audit est celle que la règle donne à son rang.",
        en="The error written in each audit is the one that the rule gives to its number.",
    ),
    "looks.broken": Text(
        fr="L'erreur inscrite dans un audit n'est pas celle que la règle donne à son rang : ses bornes ne valent pas "
        "ce qu'elles annoncent.",
        en="The error written in one audit is not the one that the rule gives to its number: its bounds are not worth "
        "what they say.",
    ),
    # method
    "method.paired": Text(
        fr="Les deux audits portent sur les mêmes personnes, appariées une à une : l'intervalle ne compte que celles "
        "pour qui les deux modèles diffèrent.",
        en="Both audits are about the same persons, paired one by one: the interval counts those for whom the two "
        "models differ.",
    ),
    "method.unpaired": Text(
        fr="N'ont pas été appariés, et leur intervalle, plus large, vaut quelle que soit leur dépendance : {what}.",
        en="Not paired, so that their wider interval holds whatever their dependence: {what}.",
    ),
    "unpaired.rates": Text(fr="les taux d'une attaque au moins", en="the rates of one attack at least"),
    "unpaired.auc": Text(fr="l'AUC d'une attaque au moins", en="the AUC of one attack at least"),
    "unpaired.utility": Text(fr="les bonnes réponses ou l'erreur", en="right answers or the error"),
    "unpaired.loss": Text(fr="la perte moyenne", en="the mean loss"),
    "method.same_persons": Text(
        fr="Les deux audits partagent un fichier, mais leurs scores ne permettent pas d'apparier les personnes : "
        "l'intervalle vaut quelle que soit leur dépendance, et il est plus large pour cela.",
        en="The two audits share a file, but their scores do not let the persons be paired: the interval holds "
        "whatever their dependence, and is wider for it.",
    ),
    "method.different_persons": Text(
        fr="Les fichiers diffèrent : les personnes sont tenues pour différentes, et une part de l'écart peut venir "
        "d'elles plutôt que des modèles.",
        en="The files differ: the persons are taken to be different ones, and part of a difference may come from them "
        "and not from the models.",
    ),
    "method.level": Text(
        fr="Chaque intervalle est à {level}. Une différence est dite démontrée au seuil de {error} partagé entre les "
        "{tests} tests comparés.",
        en="Each interval is at {level}. A difference is called shown at an error of {error}, shared among the "
        "{tests} tests compared.",
    ),
    "method.evidence": Text(
        fr="Une preuve directe est jugée dans chaque audit, à l'erreur de son examen. Là où les deux modèles en portent "
        "une, une différence est dite démontrée si leurs intervalles ne se touchent pas.",
        en="Direct evidence is judged in each audit, at the error of its look. Where both models hold some, a "
        "difference is called shown if their intervals lie apart.",
    ),
    "method.limits": Text(
        fr="Ces intervalles parlent de ces deux modèles et de personnes semblables ; ils ne disent pas ce que "
        "donnerait un nouvel entraînement, ni d'autres attaques. Une borne n'est pas un risque : B peut avoir la plus "
        "petite borne sans laisser moins reconnaître.",
        en="These intervals speak of these two models and of persons like these; they do not say what another "
        "training would give, nor other attacks. A bound is no risk: B may have the smaller bound without letting "
        "less be recognised.",
    ),
    "files": Text(fr="Empreinte d'audit.json", en="Hash of audit.json"),
    "independent": Text(
        fr="Vidocq est un logiciel indépendant. Cette page n'émane pas de la CNIL, qui ne l'a ni demandée ni examinée.",
        en="Vidocq is independent software. This page does not come from the CNIL, which neither asked for it nor "
        "examined it.",
    ),
}


def compared(key: str, lang: Lang, **values: object) -> str:
    """A fixed sentence of a comparison by its name, with its typography."""
    text = COMPARISON[key]
    return polished((text.fill(**values) if values else text).to(lang), lang)
