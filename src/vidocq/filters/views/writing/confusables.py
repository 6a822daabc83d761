"""Signs of any script by the plain letter or digit that they look like (facts of Unicode's confusables.txt, and a few more)."""

from typing import Final

_LETTERS = (
    "AΑАᎪᗅꓮ𐊠𖽀 BΒВᏴᗷꓐꞴ𐊂𐊡𐌁 CϹСᏟⲤꓚ𐊢𐌂𐐕𐔜𑣩𑣲🝌 DᎠᗞᗪꓓ EΕЕᎬ⋿ⴹꓰ𐊆𑢦𑢮 FϜᖴꓝꞘ𐊇𐊥𐔥𑢢𑣂𝈓 GԌᏀᏳꓖ HΗНᎻᕼⲎꓧ𐋏 IΙІӀᛁⲒⵏꓲ𐊊𐌉𐌠𖼨 JͿЈᎫᒍꓙꞲ "
    "KΚКᏦᛕⲔꓗ𐔘 LᏞᒪⳐꓡ𐐛𐔦𑢣𑢲𖼖𝈪 MΜϺМᎷᗰᛖⲘꓟ𐊰𐌑 NΝⲚꓠ𐔓 OΟОՕଠዐⲞⵔꓳ𐊒𐊫𐐄𐓂𐔖𑢵 PΡРᏢᑭⲢꓑ𐊕 QⵕԚ RᎡᏒᖇꓣ𐒴𖼵𝈖 SЅՏᏕᏚꓢ𐊖𐐠𖼺 TΤТᎢ⊤⟙Ⲧꓔ𐊗𐊱𐌕𑢼𖼊🝨 "
    "UՍሀᑌ∪⋃ꓴ𐓎𑢸𖽂 VѴᏙᐯⴸꓦꛟ𐔝𑢠𖼈𝈍 WԜᎳᏔꓪ𑣦𑣯 XΧХ᙭ᚷ╳ⲬⵝꓫꞳ𐊐𐊴𐌗𐌢𐔧𑣬 YΥϒУҮᎩᎽⲨꓬ𐊲𑢤𖽃 ZΖᏃꓜ𐋵𑢩𑣥 "
    "aɑαа⍺ bЬᏏᑲᖯ cϲсᴄⲥꮯ𐐽 dԁᏧᑯꓒ eеҽ℮ꬲ fքẝꞙꬵ gɡցᶃ hһհᏂ iɩɪ˛ιіᎥ⍳ꙇꭵ𑣃 jϳј kκкᴋⲕ lӏ mмᴍⲙ nոռ oοσоօഠဝჿᴏᴑⲟꬽ𐐬𐓪𑣈 pρϱр⍴ⲣ qԛգզ "
    "rгᴦⲅꭇꭈꮁ sѕꜱꮪ𐑈𑣁 tτтᴛ uʋυսᴜꞟꭎꭒ𐓶 vνѵᴠ∨⋁ꮩ𑜆 wɯѡԝաᴡꮃ𑜊𑜎𑜏 xхχᕁᕽ᙮ yɣʏγуүყᶌỿꭚ𑣜 zᴢꮓ𑣄"
)
_DIGITS = (
    "0০୦〇𑓐𑣠०੦૦௦౦೦൦๐໐၀𑣗סㅇᄋΘθѲѳӨө߀○◯ 1۱١∣⏽￨│⎮ǀוןاߊƖıⵊ "
    "2ϨϩᒿꙄꛯꝚƧƨշՁᄅㄹᘔ乙 3ЗӠⳌꝪꞫ𑣊𖼻𝈆зӡƷʒȜȝӞӟҘҙЭэƐɜᴈԐԑვპՅꝫⳍㄋ 4Ꮞ𑢯ЧчҶҷҸҹӋӌӴӵԿվՎㄣ 5𑢻Ƽƽ丂ᔕടϛ 6бᏮⳒ𑣕ьϬϭⳓნმხδ 7𐓒𑣆𝈒ㄱᄀᒣフヿדך٦ㄥ "
    "8৪੪ଃ𐌚𞣋ȢȣՑᴕ 9৭੧୨൭ⳊⳋꝮꝯ𑢬𑣌𑣖ҩᑫ९"
)
_SAME = (("0", "Oo"), ("1", "Iil"), ("2", "Z"), ("5", "Ss"), ("6", "b"), ("7", "T"), ("8", "B"), ("9", "gq"))
"""Letters that look like digits: what looks like them does too."""


def _by_sign(forms: str) -> dict[str, str]:
    return {sign: form[0] for form in forms.split() for sign in form[1:]}


LETTERS: Final = _by_sign(_LETTERS)
DIGITS: Final = {
    sign: digit for digit, alike in _SAME for sign, letter in LETTERS.items() if letter in alike
} | _by_sign(_DIGITS)
SWAPPED: Final = str.maketrans(LETTERS)
