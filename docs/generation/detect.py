"""docs/detect.md and the block of the READMEs, from the cards of the detectors and the stored benchmarks."""

from collections.abc import Mapping
from typing import Any

from vidocq.core.spans import Category
from vidocq.core.text import Lang, Text
from vidocq.detect.catalogue import DETECTORS
from vidocq.detect.detector import DetectorCard, Evidence
from vidocq.report.numbers import count, number, share_with_interval
from vidocq.report.typography import polished
from vidocq.report.words.scan import category_name

from generation.detect_measured import (
    DEVELOPMENT,
    DOCUMENTS,
    HELD_OUT,
    IDENTIFIERS,
    PERSONS,
    Row,
    held_out,
    of_identifiers,
)
from generation.detect_written import documents, written_texts
from generation.markdown import page, table
from generation.stored import stored

ABSENT = Text(
    fr="*Pas encore mesuré : `python benchmarks/detect.py` et `detect_persons.py` n'ont pas été exécutés, ou leur résultat "
    "n'a pas été conservé.*",
    en="*Not measured yet: `python benchmarks/detect.py` and `detect_persons.py` have not been run, or their result has "
    "not been kept.*",
)
HEAD = Text(fr="Catégorie|Précision|Rappel|Présents dans les textes", en="Kind|Precision|Recall|Present in the texts")
EVIDENCE = {
    Evidence.CHECKSUM: "form and check digits · forme et clé",
    Evidence.STRUCTURE: "form · forme",
    Evidence.CONTEXT: "the words around · les mots alentour",
}
PROSE = {
    "code_civil": Text(fr="le Code civil", en="the French Civil code"),
    "wikitext2": Text(fr="WikiText-2, en anglais", en="WikiText-2, in English"),
}
PROSE_OF = {"code_civil_fr": "code_civil", "wikitext2_en": "wikitext2"}
MEGABYTES = Text(fr="Mo", en="MB")
SPEED = "detect-speed.json"
MEMORY = "scan-memory.json"
PEERS = {"presidio": "Presidio", "scrubadub": "scrubadub"}
TEMPLATES = {"held out templates": "templates held out", "development templates": "templates in view"}
OPEN = {
    "pii_fr, first interview": "pii_fr: the first interview alone, whose labels are clean",
    "pii_fr, labels as they come": "pii_fr: 15 interviews, labels as published; part of them are no names",
    "pii_en": "pii_en: sentences of presidio-research",
}


def detect_block(lang: Lang) -> str:
    """Kinds measured on texts held out, then what is not measured so, false alarms, and speed."""
    rows = held_out()
    if not rows:
        return polished(ABSENT.to(lang), lang)
    many = {row.category for row in rows if sum(row.category is other.category for other in rows) > 1}
    told = [[_kind(row, many, lang), *_figures(row.figures, lang)] for row in rows]
    said = [line.to(lang) for line in (*_elsewhere(rows), *_hard(), *_alarms(), *_speeds())]
    return table(HEAD.to(lang).split("|"), told) + "\n\n" + "\n".join(polished(f"- {line}", lang) for line in said)


def _kind(row: Row, many: set[Category], lang: Lang) -> str:
    name = category_name(row.category, lang)
    if row.category not in many:
        return name
    language = row.on.to(lang).split(",")[0]
    return f"{name}, {language}"


def _figures(figures: Mapping[str, Any], lang: Lang) -> list[str]:
    recall = figures["recall"]
    return [
        share_with_interval(figures["precision"], lang),
        share_with_interval(recall, lang),
        count(recall["n"] if recall else 0, lang),
    ]


def _elsewhere(rows: list[Row]) -> list[Text]:
    """Kinds that are searched for and have no set held out."""
    known = {row.category for row in rows}
    searched = [kind for kind in Category if kind in {d.card.category for d in DETECTORS} and kind not in known]
    if not searched:
        return []
    return [
        Text(
            fr=f"Sans mesure sur des textes tenus à l'écart : {_listed(searched, Lang.fr)}.",
            en=f"Without a measurement on texts held out: {_listed(searched, Lang.en)}.",
        )
    ]


def _listed(categories: list[Category], lang: Lang) -> str:
    names = [category_name(category, lang) for category in categories]
    proper = ("French", "SIREN", "SIRET", "IBAN", "IP", "MAC", "VAT")
    return ", ".join(name if name.startswith(proper) else name[0].lower() + name[1:] for name in names)


def _hard() -> list[Text]:
    """Names in the interviews, which are the hardest texts measured."""
    held = (stored(PERSONS) or {}).get("person", {}).get("pii_fr, labels as they come")
    if held is None:
        return []
    precision, recall = (
        {lang: share_with_interval(held[name], lang) for lang in Lang} for name in ("precision", "recall")
    )
    return [
        Text(
            fr=f"Noms de personnes dans 15 entretiens transcrits, en français, que l'on avait sous les yeux en écrivant les "
            f"règles : précision {precision[Lang.fr]}, rappel {recall[Lang.fr]} ; une part de leurs labels est fausse.",
            en=f"Persons' names in 15 transcribed interviews, in French, that were in view while the rules were written: "
            f"precision {precision[Lang.en]}, recall {recall[Lang.en]}; part of their labels are wrong.",
        )
    ]


def _alarms() -> list[Text]:
    """Of identifiers, on prose about nobody."""
    found = stored(IDENTIFIERS)
    if found is None:
        return []
    false = sum(sum(held.values()) for held in found["false_identifiers"].values())
    fr, en = (
        ", ".join(
            f"{PROSE[name].to(lang)} ({number(size, lang)} {MEGABYTES.to(lang)})"
            for name, size in found["prose_megabytes"].items()
        )
        for lang in (Lang.fr, Lang.en)
    )
    return [
        Text(
            fr=f"Identifiants signalés dans une prose qui ne devrait pas en contenir, {fr} : {count(false, Lang.fr)}.",
            en=f"Identifiers reported in prose that should hold none, {en}: {count(false, Lang.en)}.",
        )
    ]


def _speeds() -> list[Text]:
    found = stored(IDENTIFIERS)
    if found is None:
        return []
    speed = found["megabytes_a_second"]
    whole, plain = speed["both, whole documents of 2,000 characters"], speed["both, without RE2"]
    told = [
        Text(
            fr=f"Vitesse des détecteurs d'identifiants, sur un cœur, documents de 2 000 caractères de cette prose : "
            f"{number(whole, Lang.fr, digits=1)} Mo par seconde avec l'extra `fast` ; sans lui, "
            f"{number(plain, Lang.fr, digits=1)}.",
            en=f"Speed of the detectors of identifiers on one core, documents of 2,000 characters of this prose: "
            f"{number(whole, Lang.en, digits=1)} MB a second with the extra `fast`; without it, "
            f"{number(plain, Lang.en, digits=1)}.",
        ),
        _speed_of_persons(),
        *_speed_of_scans(),
    ]
    if "peers" in found:
        held = found["peers"]
        fr, en = (
            ", ".join(
                f"{PEERS[peer]} {held['versions'][peer]} × {number(held['times_slower'][peer], lang, digits=1)}"
                for peer in PEERS
            )
            for lang in (Lang.fr, Lang.en)
        )
        told.append(
            Text(
                fr=f"Temps d'autres outils rapporté au nôtre sur les mêmes documents, pour les identifiants : {fr}. Ils n'y "
                "cherchent pas la même chose : Presidio, un motif par détecteur ; scrubadub, moins de catégories.",
                en=f"Time of other tools over ours on the same documents, for identifiers: {en}. They do not look for the "
                "same there: Presidio for one pattern a detector, scrubadub for fewer kinds.",
            )
        )
    return told


def _speed_of_persons() -> Text:
    clean = (stored(PERSONS) or {}).get("clean", {})
    speeds = {PROSE_OF[name]: held["MB_per_s"] for name, held in clean.items() if "MB_per_s" in held}
    if not speeds:
        return Text(
            fr="Vitesse avec les noms, adresses, dates de naissance et mots sensibles : non mesurée.",
            en="Speed with names, addresses, birth dates and sensitive words: not measured.",
        )
    fr, en = (
        ", ".join(f"{PROSE[name].to(lang)} {number(speed, lang, digits=1)}" for name, speed in speeds.items())
        for lang in (Lang.fr, Lang.en)
    )
    return Text(
        fr=f"Vitesse pour les noms, adresses, dates de naissance et mots sensibles, en Mo par seconde sur un cœur : {fr}.",
        en=f"Speed for names, addresses, birth dates and sensitive words, in MB a second on one core: {en}.",
    )


def _speed_of_scans() -> list[Text]:
    """Of files searched as a scan does, in one process and in several."""
    found = stored(SPEED)
    if found is None:
        return []
    slowest = {
        which: {way: min(held[way] for held in texts.values()) for way in next(iter(texts.values()))}
        for which, texts in found["megabytes_a_second"].items()
    }
    everything, identifiers = slowest["all"], slowest["identifiers"]
    several = next(way for way in everything if way.endswith("processes") and not way.startswith("repeated"))
    rows, long = "jsonl, records of 2000 characters, 1 process", ("repeated, 1 process", f"repeated, {several}")
    fr, en = (
        {
            which: [number(held[way], lang, digits=1) for way in ("1 process", several, rows, *long)]
            for which, held in (("all", everything), ("identifiers", identifiers))
        }
        for lang in (Lang.fr, Lang.en)
    )
    count_of = several.split(" ")[0]
    pace = {lang: number(min(found["pace"]), lang, digits=0) for lang in Lang}
    return [
        Text(
            fr=f"Vitesse d'un examen de fichiers lus pour la première fois, en Mo par seconde, pour le plus lent des deux textes : "
            f"tous les détecteurs, {fr['all'][0]} avec un processus, {fr['all'][1]} avec {count_of}, {fr['all'][2]} en JSONL ; les "
            f"identifiants seuls, {fr['identifiers'][0]}, {fr['identifiers'][1]} et {fr['identifiers'][2]}. Le même texte répété jusqu'à 32 Mio : "
            f"{fr['all'][3]} avec un processus et {fr['all'][4]} avec {count_of} ; les identifiants seuls, "
            f"{fr['identifiers'][3]} et {fr['identifiers'][4]}. RE2 seul, avec trois "
            f"motifs, lit {pace[Lang.fr]} Mo par seconde sur cette machine.",
            en=f"Speed of a scan of files read for the first time, in MB a second, on the slower of both texts: all detectors, "
            f"{en['all'][0]} with one process, {en['all'][1]} with {count_of}, {en['all'][2]} as JSONL; identifiers alone, "
            f"{en['identifiers'][0]}, {en['identifiers'][1]} and {en['identifiers'][2]}. The same text repeated to 32 MiB: "
            f"{en['all'][3]} with one process and {en['all'][4]} with {count_of}; identifiers alone, "
            f"{en['identifiers'][3]} and {en['identifiers'][4]}. RE2 alone, with three patterns, reads "
            f"{pace[Lang.en]} MB a second on that machine.",
        )
    ]


def _memory() -> list[Text]:
    found = stored(MEMORY)
    if found is None:
        return []
    told = {
        lang: {
            "gigabytes": number(found["gigabytes"], lang, digits=0),
            "peak": number(found["peak_mib"], lang, digits=0),
            "minutes": number(found["seconds"] / 60, lang, digits=1),
            "cores": found["machine"]["cores"],
        }
        for lang in Lang
    }
    return [
        Text(
            fr="Un fichier JSONL de {gigabytes} Go, avec tous les détecteurs : {peak} Mio de mémoire au plus, tous processus "
            "additionnés, en {minutes} minutes sur {cores} cœurs.".format(**told[Lang.fr]),
            en="A JSONL file of {gigabytes} GB, with all detectors: {peak} MiB of memory at most, all processes added up, in "
            "{minutes} minutes on {cores} cores.".format(**told[Lang.en]),
        )
    ]


def detect_page() -> str:
    """How each kind is found, how well, and what is missed."""
    return page(
        "# Detectors · Détecteurs",
        "What `vidocq scan` looks for: each detector is one file of `src/vidocq/detect/detectors`. No model, no download, no "
        "network: forms, check digits, the words around, and lists of common names, in French and in English. What its "
        "card says is quoted in both languages; figures are written by `docs/generate.py` from `benchmarks/results`.",
        polished(
            "Ce que cherche `vidocq scan` : chaque détecteur tient en un fichier de `src/vidocq/detect/detectors`. Ni modèle, "
            "ni téléchargement, ni réseau : des formes, des clés de contrôle, les mots alentour et des listes de noms "
            "courants, en français et en anglais. Ce que dit sa fiche est donné dans les deux langues.",
            Lang.fr,
        ),
        *_not_searched(),
        "## How well identifiers are found",
        *_of_identifiers(),
        "## How well persons, addresses and birth dates are found",
        *_of_persons(),
        *written_texts(),
        *documents(),
        "## Where nothing should be found",
        *_of_clean_prose(),
        "## Speed",
        "\n".join(f"- {line.en}" for line in (*_speeds(), *_memory())) or ABSENT.en,
        "## The detectors · Les détecteurs",
        *(_section(kind.card) for kind in DETECTORS),
    )


def _not_searched() -> list[str]:
    able = {kind.card.category for kind in DETECTORS}
    absent = [f"`{category}`" for category in Category if category not in able]
    if not absent:
        return []
    return [f"Kinds that the format knows and no detector looks for yet: {', '.join(absent)}."]


def _of_identifiers() -> list[str]:
    found = stored(IDENTIFIERS)
    if found is None:
        return [ABSENT.en]
    parts = [
        f"`python benchmarks/detect.py`: {count(found['documents'], Lang.en)} documents filled by a program with values that "
        "belong to nobody and with decoys (order numbers, amounts, dates, references). A value counts as found if half of the "
        "union of both places is shared; intervals are 95 % Clopper-Pearson. Made documents are cleaner than life: take these "
        "figures for an upper end.",
    ]
    for part, said in (
        (
            HELD_OUT,
            f"On {DOCUMENTS.en}: they were written after the detectors. Their first reading showed faults, which were "
            "mended, so that this is a second reading.",
        ),
        (DEVELOPMENT, "On templates that were in view while the detectors were written, which proves less:"),
    ):
        rows = [
            [f"`{name}`", *_figures(figures, Lang.en), count(figures["exact"], Lang.en)]
            for name, figures in of_identifiers(part).items()
        ]
        parts += [said, table((*HEAD.en.split("|"), "Exact places"), rows)]
    return parts


def _of_persons() -> list[str]:
    found = stored(PERSONS)
    if found is None:
        return [ABSENT.en]
    rows = [
        [f"`{category}`", _set(name), *_figures(figures, Lang.en), share_with_interval(figures["exact"], Lang.en)]
        for category in Category
        for name, figures in found.get(category.value, {}).items()
    ]
    return [
        "`python benchmarks/detect_persons.py`. A person counts as found if the find overlaps the surname, or the mention "
        "where no surname stands apart; a find is right if it overlaps a mention. *Templates in view*: their errors were "
        "looked at while the rules were written. *Templates held out*: their errors never were, but their rates were, and both come "
        "from the hand that wrote the rules: unseen texts of others may well be harder. *Invented* surnames stand in no list. "
        "The open sets, pii_fr and pii_en, served in writing the rules.",
        table(("Kind", "Texts", *HEAD.en.split("|")[1:], "Exact places"), rows),
        "Recall and precision of `special_category` and `offence` are not measured: they are words for a person to judge.",
    ]


def _set(name: str) -> str:
    for written, said in TEMPLATES.items():
        name = name.replace(written, said)
    return OPEN.get(name, name)


def _of_clean_prose() -> list[str]:
    identifiers, persons = stored(IDENTIFIERS), stored(PERSONS)
    if identifiers is None and persons is None:
        return [ABSENT.en]
    parts = [f"{line.en} Both texts were in view while false alarms were mended." for line in _alarms()]
    if persons is not None:
        names = list(persons["clean"])
        kinds = list(next(iter(persons["clean"].values()))["finds_per_MB"])
        rows = [
            [
                f"`{kind}`",
                *(number(persons["clean"][name]["finds_per_MB"][kind], Lang.en, digits=1) for name in names),
            ]
            for kind in kinds
        ]
        parts += [
            "Finds of the other kinds for each megabyte. An encyclopaedia is about real persons: most of what is found there "
            "are names, rightly so; how many are wrong was not counted.",
            table(("Kind", *(f"{PROSE[PROSE_OF[name]].en}" for name in names)), rows),
        ]
    return parts


def _section(card: DetectorCard) -> str:
    return "\n\n".join(
        [
            f"### `{card.id}`",
            f"**{card.title.en}.** {card.limits.en}",
            f"**{card.title.to(Lang.fr)}.** {polished(card.limits.fr, Lang.fr)}",
            table(
                ("", ""),
                [
                    ("Kind · Catégorie", f"`{card.category}`"),
                    ("Rests on · Repose sur", EVIDENCE[card.evidence]),
                    ("Source", card.source),
                ],
            ),
        ]
    )
