"""What an audit of a language model will run, what not and why, and how often the model is asked; nothing is asked."""

from dataclasses import dataclass, replace
from typing import Any

from vidocq.audit.configuration import Configuration
from vidocq.audit.language.carry import request_of
from vidocq.audit.language.perform import sides_of
from vidocq.audit.language.population import TextPopulation
from vidocq.audit.language.prepare import Prepared, prepare
from vidocq.audit.language.subject import load_language_subject
from vidocq.audit.needed import forecast
from vidocq.audit.perform import require_readable_rates
from vidocq.core.text import Text


@dataclass(frozen=True)
class LanguagePlan:
    """The plan as plain content, as that of other models."""

    content: dict[str, Any]

    def lines(self) -> list[Text]:
        """The plan, to be printed."""
        c = self.content
        found = [
            Text(
                f"Modèle de langue : {c['model']}. Textes d'entraînement : {c['members']} ; textes témoins : "
                f"{c['non_members']}.",
                f"Language model: {c['model']}. Training texts: {c['members']}; control texts: {c['non_members']}.",
            ),
            Text(
                f"Modèles de référence à entraîner : {c['references']}.",
                f"Reference models to train: {c['references']}.",
            ),
            Text(
                f"Textes lus par le modèle : {c['texts_read']}. Tests inscrits d'avance : {c['tests']}.",
                f"Texts read by the model: {c['texts_read']}. Tests registered beforehand: {c['tests']}.",
            ),
        ]
        if not c["members"]:
            found.append(
                Text(
                    "Sans textes d'entraînement, l'audit peut démontrer une fuite, jamais en écarter une.",
                    "Without training texts the audit can show a leak, and never rule one out.",
                )
            )
        found += [Text(f"+ {name}", f"+ {name}") for name in c["attacks"]]
        found += [_measurement(one) for one in c["measurements"]]
        found += [Text(f"- {a['id']} : {a['fr']}", f"- {a['id']}: {a['en']}") for a in c["not_run"]]
        return found

    def power_lines(self) -> list[Text]:
        """What it would take to conclude, to be printed."""
        power = self.content["power"]
        if power is None or power["references"] is None:  # persons alone bound no worst case
            return [
                Text(
                    "« Aucune fuite au-delà de la borne » ne peut être obtenu ainsi : il y faut des textes des deux côtés, "
                    "leurs log-probabilités, des modèles de référence ([model.fine_tuning]) et des tolérances.",
                    "`No leak above the bound` cannot be reached like this: it takes texts of both sides, their "
                    "log-probabilities, reference models ([model.fine_tuning]) and tolerances.",
                )
            ]
        shown = {name: "—" if power[name] is None else power[name] for name in ("persons_per_side", "references")}
        return [
            Text(
                f"Pour conclure « aucune fuite au-delà de la borne » huit fois sur dix quand rien ne fuit : "
                f"{shown['persons_per_side']} personnes de chaque côté et {shown['references']} modèles de référence.",
                f"To conclude `no leak above the bound` eight times in ten when nothing leaks: "
                f"{shown['persons_per_side']} persons a side and {shown['references']} reference models.",
            )
        ]


def plan_language(configuration: Configuration) -> LanguagePlan:
    """Raises what the audit would raise before it registers."""
    subject = load_language_subject(configuration)
    request = request_of(configuration)
    sides = sides_of(subject)
    if sides is not None:
        require_readable_rates(configuration.plan.alphas, sides.people)
    prepared = prepare(subject, request, sides, None)
    terms = prepared.terms(None)
    reads = subject.outputs == "logprobs" and sides is not None
    members, non_members = (0 if side is None else len(side) for side in (subject.members, subject.non_members))
    absent = [*(terms.out_of_reach if sides is not None else ()), *prepared.absent(terms)]
    power = None if sides is None else _power(sides, prepared, configuration)
    return LanguagePlan(
        {
            "model": subject.name,
            "members": members,
            "non_members": non_members,
            "texts_read": len(sides.copies) if reads and sides is not None else 0,
            "tests": terms.tests if sides is not None else len(terms.direct_tests),
            "references": prepared.references,
            "attacks": ["blind", *(attack.card.id for attack in terms.attacks())] if sides is not None else [],
            "measurements": [
                {
                    "id": kind.id,
                    "tested": tested,
                    "queries": kind.queries(subject, request.material, configuration.language),
                }
                for kind, tested in zip(prepared.planned.kinds, prepared.planned.tested, strict=True)
            ],
            "not_run": [{"id": one.id, **one.reason.to_dict()} for one in absent],
            "power": power,
        }
    )


def _power(sides: TextPopulation, prepared: Prepared, configuration: Configuration) -> dict[str, Any]:
    """With the tolerances that would be registered."""
    plan, people = configuration.plan, sides.people
    tolerated = replace(
        prepared.terms(None), tau_average=plan.tolerance_average or 0.0, tau_worst=plan.tolerance_worst or 0.0
    )
    return forecast(
        members=people.members,
        non_members=people.non_members,
        share=people.share,
        references=prepared.references,
        terms=tolerated,
    )


def _measurement(one: dict[str, Any]) -> Text:
    if one["queries"] is None:
        return Text(f"+ {one['id']}", f"+ {one['id']}")
    return Text(
        f"+ {one['id']} : {one['queries']} requêtes au plus", f"+ {one['id']}: {one['queries']} queries at most"
    )
