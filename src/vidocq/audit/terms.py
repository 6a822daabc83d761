"""The terms of an audit: what was registered, and which attacks it leaves to be made."""

from dataclasses import dataclass
from typing import Literal

from vidocq.attacks.catalogue import ATTACKS
from vidocq.attacks.structure import Structure
from vidocq.audit.suite import Suite
from vidocq.core.access import Access
from vidocq.core.cards import AttackCard
from vidocq.core.protocols import MembershipAttack
from vidocq.core.status import NotMeasured
from vidocq.core.text import Text

Scope = Literal["model", "system"]


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What was registered, as far as scoring needs it.

    tau_average, tau_worst  0 where no named human set them before the first query.
    panel_size              persons of the panel.
    access                  what was granted and registered.
    extras                  what was collected besides the answers; an attack that needs more is not planned.
    starved                 what the suite asks for at this access, and the budget of queries did not allow.
    direct_tests            tests of data given back that were registered, each with what it speaks of.
    scope                   what the verdict speaks of: the model, or the system that answers in its place.
    labels_only             the model itself gives no probabilities, whoever asks. What the suite requires at the
                            access stays required: whoever holds the file has more than labels to go by, such as
                            distances to a boundary, which no attack here reads.
    """

    suite: Suite
    access: Access
    alphas: tuple[float, ...]
    seed: int
    tau_average: float
    tau_worst: float
    look: int
    randomised: bool
    can_retrain: bool
    extras: frozenset[str] = frozenset()
    starved: frozenset[str] = frozenset()
    queries_per_record: int = 1
    augmentations: int = 0
    labels_only: bool = False
    direct_tests: tuple[tuple[str, Scope], ...] = ()
    scope: Scope = "model"

    @property
    def answers(self) -> Access:
        """What of the access the model answers with."""
        return self.access & ~Access.PROBABILITIES if self.labels_only else self.access

    @property
    def reads_file(self) -> bool:
        """The suite reads the model's file, and this access includes it."""
        return Structure.card.id in self.suite.attacks and Structure.card.needs in self.access

    def attacks(self) -> list[MembershipAttack]:
        """The suite's attacks that this access allows and nothing is missing for, `blind` apart."""
        kinds = [ATTACKS[a] for a in self.suite.attacks if a in ATTACKS]
        return [kind() for kind in kinds if kind.card.needs in self.answers and self._collected(kind.card)]

    @property
    def out_of_reach(self) -> list[NotMeasured]:
        """The suite's attacks that this access does not allow, or the model does not answer, each with why."""
        found = []
        for name in self.suite.attacks:
            if name == Structure.card.id and not self.reads_file:
                found.append(NotMeasured(name, _FILE_NOT_GRANTED))
            elif name in ATTACKS and ATTACKS[name].card.needs not in self.answers:
                needs = ATTACKS[name].card.needs
                refused = TEXT_ONLY if Access.TEXT in self.access else _ACCESS
                found.append(NotMeasured(name, _LABELS_ONLY if needs in self.access else refused))
        return found

    @property
    def left_out(self) -> list[str]:
        """Attacks that the suite asks for here, and that the budget of queries did not allow."""
        return [a for a in self.not_collected if ATTACKS[a].card.extra in self.starved]

    @property
    def not_collected(self) -> list[str]:
        """The suite's attacks that this access allows, and that lack what they read besides the answers."""
        kinds = [ATTACKS[a] for a in self.suite.attacks if a in ATTACKS]
        return [kind.card.id for kind in kinds if kind.card.needs in self.answers and not self._collected(kind.card)]

    def _collected(self, card: AttackCard) -> bool:
        return card.extra is None or card.extra in self.extras

    @property
    def panel_registered(self) -> bool:
        return self.can_retrain and Access.PROBABILITIES in self.answers

    @property
    def tests(self) -> int:
        """Size of the registered Holm family."""
        of_attacks = sum(1 if a.card.discrete else len(self.alphas) for a in self.attacks())
        return of_attacks + int(self.panel_registered) + int(self.reads_file) + len(self.direct_tests)

    @property
    def required(self) -> tuple[str, ...]:
        """What has to have spoken. What could not be collected is no demand, except changed copies for lack of budget, and
        a base model that nobody gave: an attacker may well have it."""
        needed = self.suite.required_at(self.access, {kind.card.id: kind.card.needs for kind in ATTACKS})
        asked = self.starved | {"base"}
        return tuple(n for n in needed if self._collected(ATTACKS[n].card) or ATTACKS[n].card.extra in asked)


_ACCESS = Text(
    fr="Cette attaque a besoin de probabilités ; seuls les labels sont servis.",
    en="This attack needs probabilities; only labels are served.",
)
TEXT_ONLY = Text(
    fr="Cette attaque a besoin de la log-probabilité de chaque token ; seul du texte est servi.",
    en="This attack needs the log-probability of each token; only text is served.",
)
_LABELS_ONLY = Text(
    fr="Cette attaque a besoin de probabilités ; ce modèle ne donne que des labels.",
    en="This attack needs probabilities; this model gives labels only.",
)
_FILE_NOT_GRANTED = Text(
    fr="Le fichier du modèle n'est lu que si l'accès accordé le comprend.",
    en="The model's file is read only where the access granted includes it.",
)
NOT_COLLECTED = {
    "base": Text(
        fr="Le modèle de départ, celui qui a été ajusté, n'est pas disponible.",
        en="The base model, the one that was fine-tuned, is not at hand.",
    ),
    "trace": Text(
        fr="Les pertes n'ont pas été relevées pendant l'entraînement.",
        en="Losses were not logged during training.",
    ),
    "robustness": Text(
        fr="Le modèle n'a pas été interrogé sur des enregistrements modifiés.",
        en="The model was not asked about changed records.",
    ),
}
