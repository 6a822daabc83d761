"""Numbers in words of one other language, one after the other: digits in many, up to ninety-nine in the nearest ones."""

import re
from collections.abc import Iterator
from functools import cache

from vidocq.filters.views.ciphers.cut import rewritten
from vidocq.filters.views.clues import Clues
from vidocq.filters.views.digits.counting import is_counted
from vidocq.filters.views.view import View

_DIGITS = {
    "de": "null eins/ein/eine zwei/zwo drei vier fünf/fuenf sechs sieben acht neun",
    "es": "cero uno/un/una dos tres cuatro cinco seis siete ocho nueve",
    "it": "zero uno/un due tre quattro cinque sei sette otto nove",
    "pt": "zero um/uma dois/duas três/tres quatro cinco seis/meia sete oito nove",
    "nl": "nul een/één twee drie vier vijf zes zeven acht negen",
    "ca": "zero un/u dos tres quatre cinc sis set vuit nou",
    "ro": "zero unu/una doi/două/doua trei patru cinci șase/sase/şase șapte/sapte/şapte opt nouă/noua",
    "da": "nul en/et to tre fire fem seks syv otte ni",
    "no": "null en/ett to tre fire fem seks sju/syv åtte/aatte ni",
    "sv": "noll ett/en två/tva tre fyra fem sex sju åtta/atta nio",
    "fi": "nolla yksi kaksi kolme neljä/nelja viisi kuusi seitsemän/seitseman kahdeksan yhdeksän/yhdeksan",
    "pl": "zero jeden dwa trzy cztery pięć/piec sześć/szesc siedem osiem dziewięć/dziewiec",
    "cs": "nula jedna/jeden dva/dvě tři/tri čtyři/ctyri pět/pet šest/sest sedm osm devět/devet",
    "hu": "nulla egy kettő/ketto/két három/harom négy/negy öt/ot hat hét/het nyolc kilenc",
    "tr": "sıfır/sifir bir iki üç/uc dört/dort beş/bes altı/alti yedi sekiz dokuz",
    "la": "nulla/nihil/zerum unus/unum/una duo/duae tres/tria quattuor quinque sex septem octo novem",
    "eo": "nul/nulo unu du tri kvar kvin ses sep ok naŭ/nau",
    "id": "nol/kosong satu dua tiga empat lima enam tujuh delapan sembilan",
    "sw": "sifuri moja mbili tatu nne tano sita saba nane tisa",
    "ja": "rei/zero ichi ni san yon/shi go roku nana/shichi hachi kyuu/kyu/ku",
    "ar": "sifr wahid/wahed ithnan/ithnayn thalatha arbaa/arba'a khamsa sitta sab'a/sabaa thamania/thamaniya tis'a/tisaa",
    "zh": "ling yi er san si wu liu qi ba jiu",
    "el": "μηδέν ένα/ένας δύο τρία τέσσερα πέντε έξι επτά/εφτά οκτώ/οχτώ εννέα/εννιά",
    "ru": "ноль/нуль один два три четыре пять шесть семь восемь девять",
    "uk": "нуль один два три чотири п'ять шість сім вісім дев'ять",
    "he": "אפס אחת/אחד שתיים/שניים שלוש/שלושה ארבע/ארבעה חמש/חמישה שש/שישה שבע/שבעה שמונה תשע/תשעה",
    "fa": "صفر واحد/یک/يك اثنان/اثنين/دو ثلاثة/سه أربعة/اربعة/چهار خمسة/پنج ستة/شش سبعة/هفت ثمانية/هشت تسعة/نه",
    "br": "mann/zero unan daou tri pevar pemp c'hwec'h seizh eizh nav",
    "eu": "zero bat bi hiru lau bost sei zazpi zortzi bederatzi",
}
_TEENS = {
    "de": "zehn elf zwölf/zwoelf dreizehn vierzehn fünfzehn/fuenfzehn sechzehn siebzehn achtzehn neunzehn",
    "es": "diez once doce trece catorce quince dieciséis/dieciseis diecisiete dieciocho diecinueve",
    "it": "dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove",
    "pt": "dez onze doze treze catorze/quatorze quinze dezasseis/dezesseis dezassete/dezessete dezoito dezanove/dezenove",
    "nl": "tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien",
}
_TENS = {
    "de": "zwanzig dreißig/dreissig vierzig fünfzig/fuenfzig sechzig siebzig achtzig neunzig",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "it": "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
    "pt": "vinte trinta quarenta cinquenta/cinqüenta sessenta setenta oitenta noventa",
    "nl": "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
}
_AND = {"es": "y", "pt": "e"}
_UNITS_FIRST = {"de": "und", "nl": "en"}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|[0-9]+|\+")
_GAP = re.compile(r"(?:[^\w@]|_){1,14}")
_FEWEST, _FEWEST_WORDS, _FEWEST_KINDS = 8, 4, 3
_COMMON = frozenset(
    "un une una unu unus unos u e en et to du ni hat ok set san go bat er si ba an ein eine een dos tres uno once onze ses sex sep is tri "  # noqa: SIM905
    "opt meia quinze zero nine due set one nana no sis ku yi se nav sito sette wahid mann nihil sifr ha do pet dan".split()
)
"""Those that French and English texts are full of, or share."""
_PLUS = frozenset(["plus", "más", "mas", "mais", "più", "piu", "+"])


def may_stand(clues: Clues) -> bool:
    return len(clues.kinds & _clear()) >= _FEWEST_KINDS


def numbers(text: str) -> Iterator[View]:
    """Rows of such numbers as digits."""
    words = [(found.start(), found.end(), found[0].lower().replace("’", "'")) for found in _WORD.finditer(text)]
    places: list[tuple[int, int, str]] = []
    said = {word for _, _, word in words}
    for language, values in _values().items():
        if len(values.keys() & said) >= _FEWEST_KINDS:
            places += _rows(text, words, language)
    chosen: list[tuple[int, int, str]] = []
    for place in sorted(
        places, key=lambda place: (place[0] - place[1], place[0])
    ):  # the longest one, where several are
        if all(place[1] <= start or end <= place[0] for start, end, _ in chosen):
            chosen.append(place)
    if chosen:
        yield rewritten("foreign", sorted(chosen))


def _rows(text: str, words: list[tuple[int, int, str]], language: str) -> Iterator[tuple[int, int, str]]:
    values, tie = _values()[language], _AND.get(language)
    said, known, start, ended, reached, tens = "", 0, 0, 0, -1, False
    for at, (begin, end, word) in enumerate([*words, (len(text), len(text), "")]):
        value = word if word.isdecimal() else "+" if word in _PLUS else values.get(word)
        goes_on = reached >= 0 and _GAP.fullmatch(text, reached, begin) is not None
        if (
            goes_on
            and word == tie
            and tens
            and len(values.get(words[at + 1][2] if at + 1 < len(words) else "", "")) == 1
        ):
            reached = end
            continue
        if value is None or not goes_on:
            if len(said.lstrip("+")) >= _FEWEST and known >= _FEWEST_WORDS and not is_counted(said):
                yield start, ended, said
            said, known, start, tens = "", 0, begin, False
        if value is None:
            reached = -1
            continue
        joins = tens and len(value) == 1 and words[at - 1][2] == tie and word not in _PLUS
        said = said[:-1] + value if joins else said + value
        known, tens = known + (not word.isdecimal()), len(value) == 2 and value[1] == "0" and value[0] > "1"
        reached = ended = end


@cache
def _values() -> dict[str, dict[str, str]]:
    """Digits of each word, of each language."""
    values = {language: dict(_said(digits, 0)) for language, digits in _DIGITS.items()}
    for language, teens in _TEENS.items():
        known, units = values[language], dict(_said(_DIGITS[language], 0))
        known |= dict(_said(teens, 10))
        for tens, value in ((tens, int(value)) for tens, value in _said(_TENS[language], 20, step=10)):
            known[tens] = str(value)
            for unit, digit in units.items():
                if digit != "0":
                    known |= {form: str(value + int(digit)) for form in _together(language, tens, unit)}
    return values


def _together(language: str, tens: str, unit: str) -> Iterator[str]:
    if language in _UNITS_FIRST:
        yield f"{unit}{_UNITS_FIRST[language]}{tens}"
        yield f"{unit}ën{tens}"
    elif language == "it":
        yield (tens[:-1] if unit[0] in "uo" else tens) + unit.replace("tre", "tré")
        yield (tens[:-1] if unit[0] in "uo" else tens) + unit
    elif language == "es" and tens == "veinte":
        yield f"veinti{unit}"
        yield f"veinti{unit.replace('dos', 'dós').replace('tres', 'trés').replace('seis', 'séis')}"


def _said(words: str, first: int, *, step: int = 1) -> Iterator[tuple[str, str]]:
    for at, forms in enumerate(words.split()):
        for form in forms.split("/"):
            yield form, str(first + step * at)


@cache
def _clear() -> frozenset[str]:
    return frozenset(word for known in _values().values() for word in known) - _COMMON
