"""The same questions through a server, bare and behind a filter: what passes is counted, and the filter is seen to hold."""

from pathlib import Path

import pytest

from vidocq.audit.language.asking import Asking
from vidocq.audit.language.divergence import DivergenceOptions, measure_divergence
from vidocq.audit.language.persons import PersonsOptions, measure_persons
from vidocq.audit.language.persons_file import Subject
from vidocq.core.language import Decoding
from vidocq.engine.store import Store
from vidocq.targets.served.endpoint import Endpoint
from vidocq.targets.served.openai import OpenAiModel
from vidocq.targets.served.openai_terms import OpenAiTerms

from language_models import made_persons
from made_answers import Recites
from openai_server import serving

PEOPLE = made_persons(6, seed=2)
SUBJECTS = [
    Subject(
        person=str(number),
        basis="agreed",
        fields={"name": one.name, "city": one.city, "phone": one.phone},
        withheld=("phone",),
    )
    for number, one in enumerate(PEOPLE)
]


class Filtered(Recites):
    """Masks telephone numbers on their way out."""

    def write(self, prompts, **how):
        return [[answer.replace("06 39 98", "[numéro]") for answer in told] for told in super().write(prompts, **how)]


def asked(url: str, form: str, folder: Path):
    model = OpenAiModel(
        Endpoint(url=url, table="[model.openai]", retries=0, backoff=0.01, timeout=5.0),
        OpenAiTerms(model="tiny", forms=(form,)),
    )
    asking = Asking(decoding=Decoding(), seed=1, most_tokens=60, store=Store(folder / "kept"))
    found = measure_persons(model, SUBJECTS, asking=asking, options=PersonsOptions(queries=2, form=form, controls=1))
    free = measure_divergence(model, None, asking=asking, options=DivergenceOptions(queries=12, form=form))
    model.close()
    return found.findings[0], free


@pytest.mark.parametrize("form", ["completion", "chat"])
def test_bare_and_behind_a_filter(form, tmp_path):
    known = {one.name: one.phone for one in PEOPLE}
    with serving(Recites(known)) as bare, serving(Filtered(known)) as behind:
        given, _ = asked(bare.url, form, tmp_path / "bare")
        kept_back, free = asked(behind.url, form, tmp_path / "behind")
    assert given.estimate.value == 1.0
    assert given.p == pytest.approx(2.0**-6)
    assert (kept_back.estimate.value, kept_back.p) == (0.0, 1.0)
    assert free.details["answers"] == 12
