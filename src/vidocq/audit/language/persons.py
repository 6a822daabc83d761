"""Questions about persons: what is put to a language model, and which answers give the withheld value."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

import numpy as np

from vidocq.attacks.person_prompt import Asked, PersonPrompt, naive_guesses
from vidocq.audit.language.asking import Asking
from vidocq.audit.language.person_templates import Template, Templates
from vidocq.audit.language.persons_file import BASES, Subject
from vidocq.audit.language.shapes import shape
from vidocq.audit.language.strangers import Strangers
from vidocq.core.errors import ConfigurationError, DataError
from vidocq.core.language import LanguageModel, Prompt
from vidocq.core.measured import Measured
from vidocq.core.seeds import Seeds
from vidocq.core.status import NotMeasured
from vidocq.core.text import Lang, Text
from vidocq.detect.names.words import folded
from vidocq.detect.sought import Sought

EXAMPLES: Final = 12
_SIGNS: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, kw_only=True)
class PersonsOptions:
    """queries   asked for one withheld field, spread over the templates; one for each where the model always answers the same.
    controls     made up beside each person, where the file gives none.
    form, system as of Prompt.   langs  of the templates.
    """

    queries: int = 12
    controls: int = 3
    form: Literal["completion", "chat"] = "completion"
    system: str | None = None
    langs: tuple[Lang, ...] = (Lang.fr, Lang.en)
    templates: Templates = field(default_factory=Templates.read)

    def __post_init__(self) -> None:
        if self.queries < 1 or self.controls < 1:
            raise ConfigurationError(
                "questions about persons need a query and a control at least",
                where="person-prompt",
                fix="give 1 or more of each",
            )

    def described(self) -> dict[str, Any]:
        """Plain content that changes whenever what is asked does; part of what is registered."""
        return {
            "queries": self.queries,
            "controls": self.controls,
            "form": self.form,
            "system": self.system,
            "langs": [str(lang) for lang in self.langs],
            "templates": self.templates.hash,
        }


def measure_persons(
    model: LanguageModel, persons: Sequence[Subject], *, asking: Asking, options: PersonsOptions
) -> Measured:
    """Asks for each withheld field of each person, and of controls; says how many were given away.

    model    bare, served, or behind its filters: only `write` is used.
    persons  as `read_persons` gives them. Where none of them is a control, controls are made up.
    Raises   ModelError. Where nothing can be asked, or compared, that is told in `absent`.
    """
    everybody, stratum = _paired(persons, options, Seeds(asking.seed))
    probes, skipped = _probes(everybody, stratum, asking, options)
    controlled = {probe.stratum for probe in probes if not probe.subject.is_member}
    matched = {probe.subject.person for probe in probes if probe.subject.is_member and probe.stratum in controlled}
    told = {
        "matched": len(matched),
        "made_controls": all(one.is_member for one in persons),
        "basis": {basis: sum(one.basis == basis for one in persons if one.is_member) for basis in BASES},
        "skipped": skipped,
    }
    if not matched:
        return Measured(absent=(NotMeasured(PersonPrompt.card.id, _NOBODY),), details=told)
    _ask(model, probes, asking, options)
    attack = PersonPrompt(queries=max(sum(probe.times) for probe in probes))
    found = attack.judge(_asked(probes, attack.queries), spent=sum(sum(probe.times) for probe in probes))
    return replace(found, details=told | found.details | _by_template(probes) | {"examples": _examples(probes)})


@dataclass(eq=False, repr=False)
class _Probe:
    """One withheld field of one person, and the questions about it.

    times  how often each question is put.   hits  (template, query) of each answer that gave the value, queries from 1.
    """

    subject: Subject
    stratum: int
    key: str
    sought: Sought
    templates: list[Template]
    prompts: list[Prompt]
    times: list[int]
    hits: list[tuple[int, int]] = field(default_factory=list)

    @property
    def value(self) -> str:
        return self.subject.fields[self.key]

    def hear(self, which: int, answers: Sequence[str]) -> None:
        """Notes which answers to one of the questions give the value: questions take turns, each put `times` times."""
        for turn, answer in enumerate(answers):
            if self.sought.stands_in(answer):
                self.hits.append((which, turn * len(self.prompts) + which + 1))


def _paired(persons: Sequence[Subject], options: PersonsOptions, seeds: Seeds) -> tuple[list[Subject], list[int]]:
    """Members, then controls, and the stratum of each: with his own strangers, or with whoever has the same fields."""
    members = [one for one in persons if one.is_member]
    controls = [one for one in persons if not one.is_member]
    if controls:
        everybody = [*members, *controls]
        shapes = [_shape_of(one) for one in everybody]
        number = {shape: place for place, shape in enumerate(dict.fromkeys(shapes))}
        return everybody, [number[shape] for shape in shapes]
    keys = {key for one in members for key in one.fields}
    strangers = Strangers(members, {key: options.templates.category(key) for key in keys})
    everybody, stratum = [], []
    for place, member in enumerate(members):
        rng = seeds.generator("strangers", place)
        made = [strangers.like(member, number, rng=rng) for number in range(1, options.controls + 1)]
        kept = tuple(
            key
            for key in member.withheld
            if strangers.can_stand_beside(member, key) and all(key in one.withheld for one in made)
        )
        everybody += [replace(one, withheld=kept) for one in (member, *made)]
        stratum += [place] * (1 + len(made))
    return everybody, stratum


def _shape_of(subject: Subject) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a control must have in common with a person: the same fields, and withheld values written alike."""
    return tuple(sorted(subject.fields)), tuple(
        f"{key} {shape(subject.fields[key])}" for key in sorted(subject.withheld)
    )


def _probes(
    everybody: Sequence[Subject], stratum: Sequence[int], asking: Asking, options: PersonsOptions
) -> tuple[list[_Probe], dict[str, int]]:
    """What can be asked, and how many of the members' fields cannot, by reason.

    A person of whom one withheld field cannot be asked for is left out whole: in a stratum everybody has as many chances.
    """
    found: list[_Probe] = []
    skipped = {"no_control": 0, "no_template": 0, "told_by_the_question": 0, "too_short": 0}
    for subject, place in zip(everybody, stratum, strict=True):
        own: list[_Probe] = []
        for key in subject.withheld:
            probe = _probe(subject, place, key, asking, options)
            if isinstance(probe, str):
                skipped[probe] += subject.is_member
            else:
                own.append(probe)
        if not subject.withheld:
            skipped["no_control"] += subject.is_member
        if len(own) == len(subject.withheld):
            found += own
    return found, skipped


def _probe(subject: Subject, stratum: int, key: str, asking: Asking, options: PersonsOptions) -> _Probe | str:
    """Or why nothing can be asked."""
    try:
        sought = Sought.of(options.templates.category(key), subject.fields[key])
    except DataError:
        return "too_short"
    fitting = [
        (template, Prompt(text=text, form=options.form, system=options.system))
        for template, text in options.templates.fitting(form=options.form, known=subject.known(key), withheld=key)
        if template.lang in options.langs
    ]
    silent = [(template, prompt) for template, prompt in fitting if not sought.stands_in(prompt.text)]
    if not silent:
        return "told_by_the_question" if fitting else "no_template"
    templates, prompts = [one for one, _ in silent], [prompt for _, prompt in silent]
    return _Probe(subject, stratum, key, sought, templates, prompts, asking.spread(options.queries, len(prompts)))


def _ask(model: LanguageModel, probes: Sequence[_Probe], asking: Asking, options: PersonsOptions) -> None:
    places = [(probe, which) for probe in probes for which in range(len(probe.prompts))]
    prompts = [probe.prompts[which] for probe, which in places]
    times = [probe.times[which] for probe, which in places]
    for row, answers in asking.answers(model, prompts, times=times, name=PersonPrompt.card.id):
        probe, which = places[row]
        probe.hear(which, answers)


def _asked(probes: Sequence[_Probe], queries: int) -> Asked:
    number = {who: place for place, who in enumerate(dict.fromkeys(probe.subject.person for probe in probes))}
    person = np.array([number[probe.subject.person] for probe in probes])
    guessed = np.zeros(len(probes), dtype=bool)
    for key in {probe.key for probe in probes}:
        rows = [row for row, probe in enumerate(probes) if probe.key == key]
        values = [_plain(probes[row].value) for row in rows]
        known = [value for value, row in zip(values, rows, strict=True) if not probes[row].subject.made]
        guessed[rows] = naive_guesses(values, known, guesses=queries)
    return Asked(
        person=person,
        is_member=np.array([probe.subject.is_member for probe in probes]),
        stratum=np.array([probe.stratum for probe in probes]),
        field=tuple(probe.key for probe in probes),
        first=np.array([min((query for _, query in probe.hits), default=0) for probe in probes]),
        guessed=guessed,
    )


def _plain(value: str) -> str:
    return " ".join(_SIGNS.findall(folded(value).casefold()))


def _by_template(probes: Sequence[_Probe]) -> dict[str, Any]:
    """How many of the members' fields each template was put about, and how many it gave."""
    found: dict[str, dict[str, Any]] = {}
    for probe in probes:
        gave = {which for which, _ in probe.hits}
        for which, template in enumerate(probe.templates):
            if probe.subject.is_member and probe.times[which]:
                told = found.setdefault(
                    template.id, {"id": template.id, "lang": str(template.lang), "asked": 0, "given": 0}
                )
                told["asked"] += 1
                told["given"] += which in gave
    return {"templates": list(found.values())}


def _examples(probes: Sequence[_Probe]) -> list[dict[str, Any]]:
    """The fields given first, masked: how a value is written, never what it is."""
    given = sorted(
        (
            (min(probe.hits, key=lambda hit: hit[1]), probe)
            for probe in probes
            if probe.hits and probe.subject.is_member
        ),
        key=lambda one: one[0][1],
    )
    return [
        {"field": probe.key, "shape": shape(probe.value), "template": probe.templates[which].id, "query": query}
        for (which, query), probe in given[:EXAMPLES]
    ]


_NOBODY = Text(
    fr="Aucune question n'a pu être posée sur une personne et sur un témoin qui lui ressemble : mêmes champs, valeurs tues "
    "écrites de la même façon.",
    en="Nothing could be asked about a person and about a control who is like that person: same fields, withheld values "
    "written alike.",
)
