"""Letters of any script that "fancy text" puts for Latin ones of the same look: "卂乃匚", "αвς", "₳฿₵"."""

from vidocq.filters.views.view import View, replaced
from vidocq.filters.views.writing.letters import as_plain

_FORMS = (
    "aαคᗩ卂ǟą₳Λልልል bвᗷ乃ც๒Ⴆɮ฿ცъьƄ c¢ςᑕ匚ƈ₵ᄃርċç d∂ᗪɖ๔ԃĐđժ eєεҽ乇ɛɆΣҿቿ fƒϝᖴ千ʄŦ₣ғቻ gﻮᎶ₲ɠɢງ hнԋᕼ卄ђɧɦⱧΉհዘ "
    "iιเɨıł丨ጎί jנʝᒍﾌןڶĵ kкӄҜƙ₭қҠ lℓʟɭʅᒪㄥᄂⱠľӀ mм๓ɱᗰ爪ʍ₥Пጠ nηภɳᑎ几ռ₦ŋñпለ oσ๏ᗝㄖօơØӨծ pρקᑭ卩ք₱ƥየ qզϙᑫɊҩ "
    "rягɾᖇ尺ʀⱤཞɽ sѕรʂᔕ丂ֆ₴Ƨຮ tтՇƚㄒȶ₮Ƭɬէ uυยᑌㄩʊɄЦų vνשʋᐯ۷ᏉV wωฬɯᗯ山ա₩Щῳ xχאჯ᙭乂ӼӾҳЖ yуץყㄚʏɎҰ zչȥ乙ʐⱫʑጊ"
)
_LOOKS = {look: forms[0] for forms in _FORMS.split() for look in forms[1:] if not look.isascii()}
_FEWEST = 5
"""Such letters, from which on a text with an @ is taken to be written in them."""


def unfancied(text: str) -> View | None:
    """The words with such letters as plain ones."""
    if "@" not in text or text.isascii() or sum(map(_LOOKS.__contains__, text)) < _FEWEST:
        return None
    return replaced(
        "fancy",
        text,
        ((at, at + 1, _LOOKS.get(sign) or as_plain(sign)) for at, sign in enumerate(text) if not sign.isascii()),
    )
