"""What an audit of a language model will run, what not and why, and how often the model is asked; nothing is asked."""

from dataclasses import dataclass
from typing import Any

from vidocq.audit.configuration import Configuration
from vidocq.audit.language.carry import request_of
from vidocq.audit.language.perform import planned_terms
from vidocq.audit.language.planned import plan_measurements
from vidocq.audit.language.sides import gather_sides
from vidocq.audit.language.subject import load_language_subject
from vidocq.audit.needed import forecast
from vidocq.audit.perform import require_readable_rates
from vidocq.audit.suite import suites_for
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
        if power is None or (power["persons_per_side"] is None and power["references"] is None):
            return [
                Text(
                    "« Aucune fuite au-delà de la borne » ne peut être obtenu ainsi : il y faut des textes des deux côtés, "
                    "leurs log-probabilités, des modèles de référence et des tolérances.",
                    "`No leak above the bound` cannot be reached like this: it takes texts of both sides, their "
                    "log-probabilities, reference models and tolerances.",
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
    suite = suites_for(subject.kind)[configuration.plan.suite]
    planned = plan_measurements(subject, request.material, suite)
    sides = gather_sides(subject)
    if sides is not None:
        require_readable_rates(configuration.plan.alphas, sides.population)
    terms = planned_terms(subject, request, planned, suite, None, randomised=configuration.data.split == "randomised")
    reads = subject.outputs == "logprobs" and sides is not None
    members, non_members = (0 if side is None else len(side) for side in (subject.members, subject.non_members))
    absent = [*terms.out_of_reach, *planned.absent] if sides is not None else list(planned.absent)
    power = None
    if sides is not None:
        population = sides.population
        power = forecast(
            members=population.members,
            non_members=population.non_members,
            share=population.share,
            references=terms_references(configuration),
            terms=terms,
        )
    return LanguagePlan(
        {
            "model": subject.name,
            "members": members,
            "non_members": non_members,
            "texts_read": len(sides.population.person) if reads and sides is not None else 0,
            "tests": terms.tests if sides is not None else len(terms.direct_tests),
            "attacks": ["blind", *(attack.card.id for attack in terms.attacks())] if sides is not None else [],
            "measurements": [
                {
                    "id": kind.id,
                    "tested": kind.tested,
                    "queries": kind.queries(subject, request.material, configuration.language),
                }
                for kind in planned.kinds
            ],
            "not_run": [{"id": one.id, **one.reason.to_dict()} for one in absent],
            "power": power,
        }
    )


def terms_references(configuration: Configuration) -> int:
    return configuration.plan.references or 0


def _measurement(one: dict[str, Any]) -> Text:
    if one["queries"] is None:
        return Text(f"+ {one['id']}", f"+ {one['id']}")
    return Text(
        f"+ {one['id']} : {one['queries']} requêtes au plus", f"+ {one['id']}: {one['queries']} queries at most"
    )
