"""Sealed columns: read only with the right key, and never after a single bit has changed."""

import os

import pytest

from xiaoneng.kit.crypto import BrokenSeal, CryptoProvider

TEXT = "王小明 13812345678，中山路 1 号 😀"
KEYS = {"2025": b"a" * 32, "2026": b"b" * 40}


@pytest.fixture
def provider() -> CryptoProvider:
    return CryptoProvider(KEYS, "2026", b"c" * 32)


@pytest.mark.parametrize("text", ["", "a", TEXT, "\x00", "路" * 20_000])
def test_round_trip(provider: CryptoProvider, text: str) -> None:
    sealed = provider.seal(text)
    assert provider.unseal(sealed) == text
    assert len(text) < 5 or text.encode() not in sealed  # a byte or two may stand there by chance
    assert provider.seal(text) != sealed, "the same text twice looks different"


def test_a_thousand_changed_bytes_break_the_seal(provider: CryptoProvider) -> None:
    for number in range(1000):
        sealed = bytearray(provider.seal(TEXT))
        sealed[number % len(sealed)] ^= 1 << (number // len(sealed)) % 8
        with pytest.raises(BrokenSeal):
            provider.unseal(bytes(sealed))


def test_every_cut_and_every_foreign_value_breaks_the_seal(provider: CryptoProvider) -> None:
    sealed = provider.seal(TEXT)
    for length in range(len(sealed)):
        with pytest.raises(BrokenSeal):
            provider.unseal(sealed[:length])
    for length in (0, 1, 2, 40):
        with pytest.raises(BrokenSeal):
            provider.unseal(os.urandom(length))


def test_an_earlier_key_opens_what_it_sealed_and_a_lost_key_does_not(provider: CryptoProvider) -> None:
    earlier = CryptoProvider(KEYS, "2025", b"c" * 32).seal(TEXT)
    assert provider.unseal(earlier) == TEXT
    with pytest.raises(BrokenSeal):
        CryptoProvider({"2026": KEYS["2026"]}, "2026", b"c" * 32).unseal(earlier)
    with pytest.raises(BrokenSeal):
        CryptoProvider({"2025": KEYS["2026"]}, "2025", b"c" * 32).unseal(earlier)


def test_lookup_hash_is_the_same_for_the_same_value_and_key_only(provider: CryptoProvider) -> None:
    other = CryptoProvider(KEYS, "2026", b"d" * 32)
    assert provider.lookup_hash("13812345678") == provider.lookup_hash("13812345678")
    assert provider.lookup_hash("13812345678") != provider.lookup_hash("13812345679")
    assert provider.lookup_hash("13812345678") != other.lookup_hash("13812345678")
