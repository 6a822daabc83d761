"""Hashes of grams: equal where the grams are, apart where they are not."""

import numpy as np
import pytest

from vidocq.measure.overlap.grams import gram_hashes, scramble

MASK = 2**64 - 1


def by_hand(gram: bytes) -> int:
    found = len(gram)
    for offset in (*range(0, len(gram) - 8, 8), len(gram) - 8):
        found = (found ^ int.from_bytes(gram[offset : offset + 8], "little")) + 0x9E3779B97F4A7C15 & MASK
        found = (found ^ found >> 30) * 0xBF58476D1CE4E5B9 & MASK
        found = (found ^ found >> 27) * 0x94D049BB133111EB & MASK
        found ^= found >> 31
    return found


def test_the_published_first_number_of_splitmix():
    assert int(scramble(np.zeros(1, dtype=np.uint64))[0]) == 0xE220A8397B1DCDAF  # seed 0, as published with the code


@pytest.mark.parametrize("width", [8, 13, 16, 24])
@pytest.mark.parametrize("step", [1, 5, 8])
def test_each_gram_by_hand(width, step):
    data = np.random.default_rng(3).bytes(100)
    wanted = [by_hand(data[at : at + width]) for at in range(0, len(data) - width + 1, step)]
    assert gram_hashes(data, width=width, step=step).tolist() == wanted


def test_a_text_shorter_than_a_gram_has_none():
    assert len(gram_hashes(b"short", width=8)) == 0
    assert len(gram_hashes(b"", width=24, step=8)) == 0


def test_grams_that_differ_in_one_bit_do_not_meet():
    base = np.random.default_rng(4).bytes(24)
    grams = [base] + [
        bytes(b ^ (1 << bit) if i == at else b for i, b in enumerate(base)) for at in range(24) for bit in range(8)
    ]
    assert len({int(gram_hashes(gram, width=24)[0]) for gram in grams}) == len(grams)


def test_a_gram_too_small_is_refused():
    with pytest.raises(ValueError, match="8 bytes"):
        gram_hashes(b"x" * 50, width=7)
