"""Words for numbers, in the languages that one may dictate a number in, and those that are words of other sentences too."""

UNITS = {
    word: value
    for value, said in enumerate(
        (
            "noll sıfır sifir rei ноль zero oh nil null nul cero zerro zeros",
            "jeden bir ichi um uma ett wahid один un une one eins ein een uno wun won",
            "dwa iki ni dois två ithnan два deux two zwei zwo dos due deus too twee",
            "trzy üç uc san três thalatha три trois three drei tres tre troi tree drie",
            "cztery dört dort yon shi fyra arbaa четыре quatre four vier cuatro quattro quatro quatres fower for",
            "pięć piec beş bes go fem khamsa пять cinq five fünf fuenf cinco cinque cinc fife fiv vijf",
            "sześć szesc altı alti roku sex sitta шесть six sechs seis sei sis siks zes",
            "siedem yedi nana shichi sete sju sabaa семь sept seven sieben siete sette set sevn zeven",
            "osiem sekiz hachi oito åtta thamania восемь huit eight acht ocho otto huite ait",
            "dziewięć dziewiec dokuz kyuu kyu nio tisaa девять neuf nine neun nueve nove neufs niner nien negen",
            "dix ten",
            "onze eleven", "douze twelve", "treize thirteen",
            "quatorze fourteen", "quinze fifteen", "seize sixteen", "seventeen", "eighteen", "nineteen",
        )
    )
    for word in said.split()
}  # fmt: skip
TENS = {
    word: value
    for value, said in {
        20: "vingt vingts twenty",
        30: "trente thirty",
        40: "quarante forty fourty",
        50: "cinquante fifty",
        60: "soixante sixty",
        70: "septante seventy",
        80: "huitante octante eighty",
        90: "nonante ninety",
    }.items()
    for word in said.split()
}
TIMES = {"double": 2, "triple": 3, "treble": 3}
HUNDRED = ("cent", "cents", "hundred")
THOUSAND = ("mille", "thousand")
NUMBERS = frozenset(["zéro", "zéros", *UNITS, *TENS, *TIMES, *HUNDRED, *THOUSAND])
_OF_OTHERS = (
    "alti bes bir cent deux dos double due een ein ett fem first for go kyu nana ni nul null oh once one piec rei "
    "san second sei set sete sex shi too tre triple two uc um uma un une won"
)
CLEAR = NUMBERS - frozenset(_OF_OTHERS.split())
"""Those that sentences about other things are not full of."""
