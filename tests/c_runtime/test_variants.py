"""``oss.c_runtime.variants``: one of several types, and sets of bits."""

from __future__ import annotations

import copy

import pytest

from oss.c_runtime.exceptions import invalid_argument, out_of_range, overflow_error
from oss.c_runtime.variants import bad_variant_access, bitset, variant, visited


def test_a_variant_knows_which_type_it_is_of() -> None:
    value = variant(1, [1, 2])
    other = copy.copy(value)
    other.value.append(3)
    assert value.get(1) == [1, 2] and value != other and value < other
    with pytest.raises(bad_variant_access):
        value.get(0)
    assert value.place(0) is None
    value.become(variant(0, 5))
    place = value.place(0)
    assert place is not None
    place.value += 1
    assert visited(value, [lambda n: n * 10, len]) == 60


def test_bits_are_counted_and_shown_as_in_cpp() -> None:
    bits = bitset(8, "0101").set(7).flip(0)
    assert (bits.to_string(), bits.count(), bits.any(), bits.none(), bits.all()) == ("10000100", 2, 1, 0, 0)
    assert ((bits | bitset(8, 3)) & ~bitset(8, 2) ^ bitset(8, 1)).to_ulong() == 0x84
    assert (bits << 1).to_ulong() == 0x08 and (bits >> 2).to_ulong() == 0x21 and bits == copy.copy(bits)
    with pytest.raises(out_of_range, match=r"bitset::test: __position \(which is 8\) >= _Nb \(which is 8\)"):
        bits.test(8)
    with pytest.raises(invalid_argument):
        bitset(4, "012")
    with pytest.raises(overflow_error):
        bitset(70).set().to_ulong()
