"""What undoes which disguise, and the clue without which it is not tried: the ways that `readings` goes through."""

from collections.abc import Callable

from vidocq.filters.views.clues import Clues
from vidocq.filters.views.codings import (
    blocks,
    cloudflare,
    morse,
    ranks,
    shuffled,
    strings,
    templates,
    turned,
    variables,
)
from vidocq.filters.views.digits import (
    counted,
    fields_of_account,
    in_a_sentence,
    labelled,
    led_on,
    misspelt,
    nir_parts,
    reckoned,
    spoken,
    versed,
)
from vidocq.filters.views.number_words import TENS
from vidocq.filters.views.signs import (
    addresses,
    any_sign,
    described,
    dictated,
    in_parts,
    in_steps,
    last_first,
    led_through,
    leet,
    said,
    sounded,
    worded,
)
from vidocq.filters.views.view import Undo
from vidocq.filters.views.writing import (
    account_words,
    acrostics,
    answered,
    dashes,
    escaped,
    expressions,
    fancy,
    first_letters,
    halves,
    hidden,
    holes,
    joined,
    letters,
    looks,
    markup,
    masks,
    noise,
    pictures,
    sentences,
    wrapped,
)

MANY = 20
"""Letters by themselves of which words may be made up."""
PLAINER: tuple[Undo, ...] = (escaped.unescaped, dashes.plain, letters.plain, markup.bare)
"""What is taken off first, one after the other; then the text is read as any."""
ONCE: tuple[tuple[Callable[[Clues], bool], Undo], ...] = (
    (lambda clues: True, joined.unlisted),
    (lambda clues: clues.may_hold and clues.counts, labelled.unlabelled),
    (lambda clues: clues.has_strings and (clues.may_hold or clues.is_mixed), strings.joined),
    (lambda clues: clues.has_strings and clues.may_hold, strings.in_row),
    (lambda clues: clues.has_strings, variables.summed),
    (lambda clues: clues.has_strings and templates.may_stand(clues.text), templates.printed),
    (lambda clues: clues.has_strings or ".replace" in clues.text or ".split" in clues.text, variables.taken_out),
    (lambda clues: clues.may_be_address, addresses.signs),
    (lambda clues: any_sign.may_end(clues.text, clues.kinds), any_sign.signs),
    (
        lambda clues: clues.count(addresses.CALLED) > 1 or (clues.alone > 3 and bool(clues.kinds & addresses.SAID)),
        addresses.spelt,
    ),
    (lambda clues: wrapped.may_stand(clues.text), wrapped.together),
    (lambda clues: clues.has_sign, joined.pieces),
    (lambda clues: clues.has_sign, joined.parts),
    (lambda clues: not clues.text.isascii(), pictures.without),
    (lambda clues: True, hidden.revealed),
    (lambda clues: clues.has_sign, fancy.unfancied),
    (lambda clues: True, joined.letters),
    (lambda clues: clues.may_hold, joined.uninserted),
    (lambda clues: clues.alone > 3 or "_" in clues.text, joined.set_apart),
    (lambda clues: clues.is_numeric, joined.padded),
    (lambda clues: clues.has_glued_numbers, spoken.unglued),
    (lambda clues: morse.may_stand(clues.text), morse.morse),
    (lambda clues: clues.is_numeric, turned.pairs),
    (lambda clues: clues.has_digits, spoken.amid),
    (lambda clues: clues.says_numbers, spoken.numbers),
    (lambda clues: clues.says_numbers and not clues.kinds.isdisjoint(TENS), spoken.numbers_apart),
    (
        lambda clues: (
            clues.may_be_address
            and (clues.has_sign or "arob" in clues.text.lower() or bool(clues.kinds & addresses.SAID))
        ),
        said.signs,
    ),
    (lambda clues: clues.has_digit, turned.like_digits),
    (lambda clues: clues.has_digit, turned.like_all_digits),
    (lambda clues: clues.has_odd_signs, turned.latin),
    (lambda clues: clues.has_sign, turned.leet),
)
"""Whether a disguise may stand in a text, and what undoes it."""
WHOLE_VALUES: tuple[tuple[Callable[[Clues], bool], Undo], ...] = (
    (
        lambda clues: clues.may_be_address and last_first.may_stand(clues.text),
        last_first.turned,
    ),
    (dictated.may_stand, dictated.spelt),
    (sounded.may_stand, sounded.spelt),
    (lambda clues: in_parts.may_stand(clues.text, clues.kinds), in_parts.whole),
    (worded.may_stand, worded.written),
    (led_on.may_stand, led_on.together),
    (led_through.may_stand, led_through.together),
    (lambda clues: in_steps.may_stand(clues.text), in_steps.followed),
    (lambda clues: described.may_stand(clues.kinds), described.written),
    (lambda clues: clues.is_dense, cloudflare.unhidden),
    (lambda clues: acrostics.may_stand(clues.text), acrostics.down),
    (first_letters.may_stand, first_letters.together),
    (account_words.may_stand, account_words.written),
    (lambda clues: clues.has_digit and leet.may_stand(clues.text), leet.unlooked),
    (lambda clues: clues.has_digit and ranks.may_stand(clues.text), ranks.unranked),
)
"""What puts whole values together, in which no other disguise is left."""
MADE_OUT: tuple[tuple[Callable[[Clues], bool], Undo], ...] = (
    (misspelt.may_be, misspelt.corrected),
    (lambda clues: clues.alone > MANY, misspelt.spelt),
)
"""Words for numbers that are made out first, then read."""
READ_AS: tuple[tuple[Callable[[Clues], bool], Undo], ...] = (
    (lambda clues: True, counted.looking),
    (lambda clues: "I" in clues.text or "|||" in clues.text or "+" in clues.text, counted.counted),
    (looks.may_stand, looks.looked),
    (lambda clues: clues.is_dense, shuffled.unfilled),
    (lambda clues: clues.is_numeric, shuffled.exchanged),
    (lambda clues: expressions.may_stand(clues.text), expressions.matched),
    (lambda clues: (clues.has_digit or clues.has_sign) and holes.may_be_filled(clues.text), holes.filled),
    (lambda clues: clues.is_numeric or clues.has_sign, holes.cleared),
    (noise.may_stand, noise.cleared),
    (lambda clues: (clues.is_numeric or clues.has_sign) and blocks.may_stand(clues.text), blocks.turned),
    (lambda clues: clues.says_numbers and versed.may_stand(clues.text), versed.said),
    (lambda clues: clues.is_numeric and reckoned.may_stand(clues.text), reckoned.reckoned),
    (lambda clues: (clues.has_digit or clues.has_sign) and halves.may_stand(clues.kinds), halves.together),
    (lambda clues: clues.text.count("?") > 1 and (clues.has_digit or clues.has_sign), answered.joined),
    (lambda clues: clues.is_numeric and masks.may_stand(clues.text), masks.laid_over),
    (lambda clues: clues.is_numeric and in_a_sentence.may_stand(clues.text), in_a_sentence.whole),
    (sentences.may_stand, sentences.together),
    (lambda clues: clues.is_numeric and nir_parts.may_stand(clues.kinds), nir_parts.written),
    (lambda clues: clues.is_numeric and fields_of_account.may_stand(clues.kinds), fields_of_account.whole),
)
"""Rarer ways to write digits, or to tell how they are to be read, inside which no other disguise is looked for."""
