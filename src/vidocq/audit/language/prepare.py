"""What an audit of a language model will do, settled before the first query: what is registered, and on which terms."""

from dataclasses import asdict, dataclass
from typing import Any

from vidocq.audit.configuration import LanguageSection, PlanSection
from vidocq.audit.language.material import Material
from vidocq.audit.language.options import registered_options
from vidocq.audit.language.planned import Planned, plan_measurements
from vidocq.audit.language.population import TextPopulation
from vidocq.audit.language.subject import LanguageSubject
from vidocq.audit.sampling.split import was_drawn
from vidocq.audit.suite import LANGUAGE_SUITES, Suite
from vidocq.audit.terms import NOT_COLLECTED, Terms
from vidocq.core.access import Access
from vidocq.core.canonical import content_hash, sha256
from vidocq.core.status import NotMeasured
from vidocq.dossier.ledger import Ledger
from vidocq.dossier.registration import Inputs, Registered, Registration


@dataclass(frozen=True, kw_only=True)
class LanguageRequest:
    """What is asked of an audit, besides the subject.

    split, declared_by  what the user says of the split; the ledger may know better.
    """

    plan: PlanSection
    language: LanguageSection
    material: Material
    split: str = "given"
    declared_by: str | None = None


@dataclass(frozen=True, eq=False, kw_only=True)
class Prepared:
    """drawn       the ledger knows that chance drew the two files.
    references  how many models are fine-tuned; 0 without a recipe, or where only text is heard.
    """

    subject: LanguageSubject
    request: LanguageRequest
    suite: Suite
    planned: Planned
    drawn: bool
    references: int

    @property
    def randomised(self) -> bool:
        return self.drawn or self.request.split == "randomised"

    @property
    def registration(self) -> Registration:
        """All that makes it this audit and no other (rule, line 2)."""
        plan, subject, request = self.request.plan, self.subject, self.request
        recipe = None if not self.references or subject.recipe is None else subject.recipe.describe()
        members, non_members = (
            None if side is None else side.digest() for side in (subject.members, subject.non_members)
        )
        return Registration(
            suite=self.suite.name,
            suite_version=str(self.suite.version),
            access=subject.outputs,
            alphas=plan.alphas,
            references=self.references,
            seed=plan.seed,
            tolerance_average=plan.tolerance_average,
            tolerance_worst=plan.tolerance_worst,
            set_by=plan.set_by,
            prior=plan.prior,
            split="randomised" if self.randomised else "given",
            declared_by=request.declared_by,
            inputs=Inputs(
                members=members,
                non_members=non_members,
                model=subject.model_hash,
                recipe=None if recipe is None else content_hash({"recipe": recipe}),
                material=request.material.hash,
                guard=None if subject.guard is None else subject.guard.policy,
            ),
            attacks=tuple(dict.fromkeys([*self.suite.attacks, *(kind.id for kind in self.planned.kinds)])),
            language=asked_how(subject, request)
            | {
                "tests": [list(test) for test in self.planned.tests(request.language.scope)],
                "most_tokens": request.language.most_tokens,
                "asked": registered_options(
                    [kind.id for kind in self.planned.kinds],
                    request.language,
                    request.material,
                    subject,
                    request.language.form or subject.form,
                ),
            },
        )

    def terms(self, registered: Registered | None) -> Terms:
        """Tolerances that nobody registered count as 0."""
        plan, subject = self.request.plan, self.subject
        return Terms(
            suite=self.suite,
            access=Access.granted_by(subject.outputs),
            alphas=tuple(sorted(plan.alphas)),
            seed=plan.seed,
            tau_average=(plan.tolerance_average or 0.0) if registered else 0.0,
            tau_worst=(plan.tolerance_worst or 0.0) if registered else 0.0,
            look=1 if registered is None else registered.look,
            randomised=self.randomised,
            can_retrain=self.references > 0,
            extras=frozenset([] if subject.base is None else ["base"]),
            direct_tests=self.planned.tests(self.request.language.scope),
            scope=self.request.language.scope,
        )

    def absent(self, terms: Terms) -> tuple[NotMeasured, ...]:
        """What the suite names, and cannot be measured for want of something that was not given."""
        if self.subject.members is None:
            return self.planned.absent
        without_base = [NotMeasured(name, NOT_COLLECTED["base"]) for name in terms.not_collected]
        return (*without_base, *self.planned.absent)


def prepare(
    subject: LanguageSubject, request: LanguageRequest, sides: TextPopulation | None, ledger: Ledger | None
) -> Prepared:
    """Nothing is asked, and nothing written."""
    suite = LANGUAGE_SUITES[request.plan.suite]
    wanted = suite.references if request.plan.references is None else request.plan.references
    trains = sides is not None and subject.recipe is not None and subject.outputs == "logprobs"
    return Prepared(
        subject=subject,
        request=request,
        suite=suite,
        planned=plan_measurements(subject, request.material, suite),
        drawn=ledger is not None and bool(subject.files) and was_drawn(ledger, **subject.files),
        references=wanted if trains else 0,
    )


def asked_how(subject: LanguageSubject, request: LanguageRequest) -> dict[str, Any]:
    """How the model is made to write; of what precedes a conversation, the hash."""
    language = request.language
    return {
        "scope": language.scope,
        "form": language.form or subject.form,
        "system": None if language.system is None else sha256(language.system.encode()),
        "decoding": asdict(language.decoding),
    }
