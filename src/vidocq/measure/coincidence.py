"""Is a row found inside a model the person's own, or another person's who happens to have the same one?"""

from dataclasses import dataclass

import numpy as np

from vidocq.core.arrays import BoolArray, IntArray
from vidocq.measure.demands import require_some
from vidocq.measure.significance import SMALLEST


@dataclass(frozen=True, kw_only=True)
class Coincidences:
    """Counts of rows that are equal, and the exact test they allow.

    attack            that counted.
    members_alone     members who have a row that stands in the model and that no other audited person has.
    outsiders_alone   the same among the non-members.
    shared            rows that two audited persons or more have, found in the model or not; those taken off both files
                      for standing on both sides are among them.
    members, non_members  persons.
    trained           rows the model says it was trained on; None where it does not say.
    views             encodings in which rows were held against each other; these counts are of the one that shows most.
    """

    attack: str
    members_alone: int
    outsiders_alone: int
    shared: int
    members: int
    non_members: int
    trained: int | None
    views: int = 1

    @property
    def chance(self) -> float:
        """The largest chance that a row which several persons have shows as that of a member alone, if the model holds
        other persons' rows only.

        With m members among N persons, and t more behind the model, of whom nobody is among the N: they are persons of one
        population, so who is where is a draw. A row that c of them have shows here if two or more of the c are audited,
        or one is, whose twin is then in the model. That it is one, given that it shows, has probability
        P(J = 1) / P(J >= 1), J being how many of the c are audited: it falls as c grows, so that two persons are the
        worst case, 2t / (N - 1 + 2t). That this one is a member has probability m / N. A model that keeps only some
        of its rows, chosen as it likes, shows fewer twins and never more. Without t the first factor is 1.
        """
        persons = self.members + self.non_members
        first = 1.0 if self.trained is None else 2 * self.trained / (persons - 1 + 2 * self.trained)
        return first * self.members / persons

    @property
    def p(self) -> float:
        """One-sided p that as many of the rows that show are those of members alone, were all of them coincidences.

        The binomial tail at `chance`, times `views` (Bonferroni); persons are drawn without replacement, which makes that
        tail thinner still. 1 where no member stands alone. It assumes that members, non-members and whoever the model
        holds coincide alike.
        """
        require_some(self.members, what="members", where="measure.coincidence")
        require_some(self.non_members, what="non-members", where="measure.coincidence")
        if not self.members_alone:
            return 1.0
        from scipy import stats  # noqa: PLC0415 - a second to import, on use

        shown = self.members_alone + self.outsiders_alone + self.shared
        tail = float(stats.binom.sf(self.members_alone - 1, shown, self.chance))
        return min(max(self.views * tail, SMALLEST), 1.0)


def coincidences(
    values: IntArray,
    stored: BoolArray,
    person: IntArray,
    is_member: BoolArray,
    *,
    attack: str,
    removed: int,
    trained: int | None,
    views: int = 1,
) -> Coincidences:
    """values   (n,) numbers, equal for records whose rows are equal.   stored  (n,) bool: the row stands in the model.
    person      (n,) number of each record's person.   is_member  (n,) bool, equal within a person.
    removed     rows that stood on both sides and were taken off both.
    """
    held = np.unique(np.column_stack([values, person]), axis=0)[:, 0]
    holders = np.bincount(held, minlength=int(values.max(initial=-1)) + 1)
    alone = stored & (holders[values] == 1)
    counts = [len(np.unique(person[alone & side])) for side in (is_member, ~is_member)]
    sides = [len(np.unique(person[side])) for side in (is_member, ~is_member)]
    return Coincidences(
        attack=attack,
        members_alone=counts[0],
        outsiders_alone=counts[1],
        shared=int((holders > 1).sum()) + removed,
        members=sides[0],
        non_members=sides[1],
        trained=trained,
        views=views,
    )
