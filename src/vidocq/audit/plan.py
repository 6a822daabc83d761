"""What an audit will run, what it will not and why, and at what cost; nothing is asked of the model."""

from dataclasses import dataclass
from typing import Any

from vidocq.attacks.catalogue import ATTACKS
from vidocq.attacks.structure import Structure
from vidocq.audit.configuration import Configuration
from vidocq.audit.language.plan import LanguagePlan, plan_language
from vidocq.audit.needed import ASSUMED_ACCURACY, forecast
from vidocq.audit.references.asking import augmentations_of, require_classes_left_out
from vidocq.audit.references.placing import device_of, placed
from vidocq.audit.served import Asked, to_be_asked
from vidocq.audit.sides import assemble_population, require_readable_rates
from vidocq.audit.subject import Subject, load_subject
from vidocq.audit.terms import NOT_COLLECTED, Terms
from vidocq.core.access import Access
from vidocq.core.protocols import StackedRecipe
from vidocq.core.text import Text
from vidocq.engine.threads import single_thread
from vidocq.engine.work import Elsewhere


@dataclass(frozen=True)
class Plan:
    """The plan as plain content: counts, the tests that will be registered, and what they could conclude.

    asked  what it would take at the endpoint of a served model.
    """

    content: dict[str, Any]
    asked: Asked | None = None

    def lines(self) -> list[Text]:
        """The plan, to be printed."""
        c = self.content
        found = [
            Text(
                f"Modèle : {c['model']}. Membres : {c['members']} enregistrements ; non-membres : {c['non_members']}.",
                f"Model: {c['model']}. Members: {c['members']} records; non-members: {c['non_members']}.",
            ),
            Text(
                f"Modèles de référence à entraîner : {c['references']}, chacun sur {100 * c['share']:.0f} % des personnes.",
                f"Reference models to train: {c['references']}, each on {100 * c['share']:.0f} % of the persons.",
            ),
            *_together(c.get("stack")),
            Text(
                f"Requêtes au modèle audité : {c['queries']}. Tests inscrits d'avance : {c['tests']}.",
                f"Queries to the audited model: {c['queries']}. Tests registered beforehand: {c['tests']}.",
            ),
        ]
        found += [] if self.asked is None else self.asked.lines()
        found += [Text(f"+ {name}", f"+ {name}") for name in c["attacks"]]
        found += [Text(f"- {a['id']} : {a['fr']}", f"- {a['id']}: {a['en']}") for a in c["not_run"]]
        return found

    def power_lines(self) -> list[Text]:
        """What it would take to conclude, to be printed."""
        power = self.content["power"]
        if power["persons_per_side"] is None and power["references"] is None:
            return [
                Text(
                    "Aucune tolérance n'est fixée (elle vaut 0), seuls des labels sont donnés, ou aucun effectif n'y "
                    "suffirait : « aucune fuite au-delà de la borne » ne peut être obtenu.",
                    "No tolerance is set (it is 0), only labels are given, or no number would do: `no leak above the bound` "
                    "cannot be reached.",
                )
            ]
        shown = {name: "—" if power[name] is None else power[name] for name in ("persons_per_side", "references")}
        odds = "—" if power["predicted_no_leak"] is None else f"{100 * power['predicted_no_leak']:.0f}"
        return [
            Text(
                f"Pour conclure « aucune fuite au-delà de la borne » huit fois sur dix quand rien ne fuit : "
                f"{shown['persons_per_side']} personnes de chaque côté et {shown['references']} modèles de référence.",
                f"To conclude `no leak above the bound` eight times in ten when nothing leaks: "
                f"{shown['persons_per_side']} persons a side and {shown['references']} reference models.",
            ),
            Text(
                f"Avec ce qui est prévu : {odds} % de chances (taux de bonnes réponses supposé : "
                f"{100 * ASSUMED_ACCURACY:.0f} % ; attaques indépendantes, qui accusent de la moitié au double du taux "
                "visé). L'audit le redit plus justement une fois les modèles de référence entraînés.",
                f"With what is planned: {odds} % (assuming {100 * ASSUMED_ACCURACY:.0f} % accuracy and independent "
                "attacks that accuse from half to twice the rate aimed at). Once the reference models are trained, the "
                "audit says it again, more closely.",
            ),
        ]


def make_plan(configuration: Configuration, *, trust_pickle: bool = False) -> Plan | LanguagePlan:
    """Loads the subject and counts. Raises what loading raises, and what an audit would refuse before it registers."""
    if configuration.is_language:
        return plan_language(configuration)
    engine = configuration.engine.made()
    subject = load_subject(configuration, trust_pickle=trust_pickle)
    if configuration.plan.reference_models:
        subject = placed(subject, engine)
    with single_thread():
        population, _ = assemble_population(subject)
    require_readable_rates(configuration.plan.alphas, population)
    members, non_members = population.members, population.non_members
    suite = configuration.plan.the_suite
    references = configuration.plan.reference_models if subject.recipe is not None else 0
    outputs = configuration.access.answers(labels_only=subject.gives_labels_only)
    copies = suite.copies(
        outputs=outputs,
        kind=configuration.model.kind,
        budget=configuration.access.queries_per_record,
        search=configuration.access.label_search,
    )
    require_classes_left_out(subject, configuration.access)
    augmentations_of(subject, configuration.access)
    terms = Terms(
        suite=suite,
        access=Access.granted_by(configuration.access.outputs),
        alphas=configuration.plan.alphas,
        seed=configuration.plan.seed,
        tau_average=configuration.plan.tolerance_average or 0.0,
        tau_worst=configuration.plan.tolerance_worst or 0.0,
        look=1,
        randomised=configuration.data.split == "randomised",
        can_retrain=references > 0,
        extras=frozenset(
            {*(["trace"] if configuration.data.trace is not None else []), *(["robustness"] if copies else [])}
        ),
        starved=frozenset(
            ["robustness"] if suite.starves(outputs=outputs, kind=configuration.model.kind, copies=copies) else []
        ),
        queries_per_record=1 + copies + configuration.access.augmentations,
        augmentations=configuration.access.augmentations,
        labels_only=subject.gives_labels_only,
    )
    share = population.share
    running = [*([Structure.card.id] if terms.reads_file else []), *(a.card.id for a in terms.attacks())]
    power = forecast(members=members, non_members=non_members, share=share, references=references, terms=terms)
    asked = to_be_asked(subject.model, records=len(subject.members) + len(subject.non_members), copies=copies)
    return Plan(
        {
            "model": subject.name,
            "members": len(subject.members),
            "non_members": len(subject.non_members),
            "persons": [members, non_members],
            "share": share,
            "references": references,
            "queries": (len(subject.members) + len(subject.non_members)) * terms.queries_per_record,
            "tests": terms.tests,
            "attacks": ["blind", *running, *(["panel"] if terms.panel_registered else [])],
            "not_run": [_why_not(name, terms, references) for name in _absent(terms, running)],
            "power": power,
            "stack": _stack(subject, references, far=isinstance(engine, Elsewhere) and engine.is_far),
            **({} if asked is None else {"endpoint": asked.to_dict()}),
        },
        asked,
    )


def _stack(subject: Subject, references: int, *, far: bool) -> dict[str, Any] | None:
    """How many reference models are trained at once, and why no more; None where there are none.

    far  the work will be done on other machines, and `models` is None where it will be measured there.
    """
    if not references:
        return None
    device = device_of(subject.recipe)
    if not isinstance(subject.recipe, StackedRecipe):
        return {"models": 1, "because": None, "largest": None, "device": device}
    if far:
        return {"models": None, "because": None, "largest": None, "device": device}
    with single_thread():
        stacking = subject.recipe.stacking(subject.members.followed_by(subject.non_members))
    size = min(stacking.size, -(-references // stacking.groups))
    because = None if stacking.because is None else stacking.because.to_dict()
    return {"models": size, "because": because, "largest": stacking.largest, "device": device}


def _together(stack: dict[str, Any] | None) -> list[Text]:
    if stack is None or (stack["models"] == 1 and stack["because"] is None):
        return []
    if stack["models"] is None:
        return [
            Text(
                "Combien sont entraînés ensemble : mesuré sur le cluster, au moment de l'audit.",
                "How many are trained together: measured on the cluster, when the audit runs.",
            )
        ]
    if stack["models"] == 1:
        return [Text(f"Un par un : {stack['because']['fr']}.", f"One by one: {stack['because']['en']}.")]
    return [
        Text(f"Entraînés ensemble : {stack['models']} à la fois.", f"Trained together: {stack['models']} at a time.")
    ]


def _absent(terms: Terms, running: list[str]) -> list[str]:
    absent = [name for name in (Structure.card.id, *ATTACKS.ids()) if name not in running]
    return absent if terms.panel_registered else [*absent, "panel"]


def _why_not(name: str, terms: Terms, references: int) -> dict[str, str]:
    beyond = {absent.id: absent.reason for absent in terms.out_of_reach}
    if name in beyond:
        return {"id": name, **beyond[name].to_dict()}
    if name in ATTACKS and ATTACKS[name].card.needs not in terms.answers:
        return {"id": name, "fr": "cet accès ne le permet pas", "en": "this access does not allow it"}
    if name in terms.not_collected:
        return {"id": name, **NOT_COLLECTED[str(ATTACKS[name].card.extra)].to_dict()}
    if references == 0:
        return {"id": name, "fr": "le modèle ne peut pas être réentraîné", "en": "the model cannot be retrained"}
    return {"id": name, "fr": "hors de cette suite, ou de cet accès", "en": "not in this suite, or at this access"}
