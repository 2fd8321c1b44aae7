"""Encryption of columns and keyed hashes, behind one provider so that another algorithm suite can take its place.

A sealed value is `version byte | key id length | key id | nonce | ciphertext`, so that keys can be rotated row by row.
"""

import hashlib
import hmac
import os
from dataclasses import dataclass
from functools import cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import LargeBinary
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

from xiaoneng.settings import get_settings

_VERSION = 1
_NONCE_BYTES = 12


class BrokenSeal(Exception):
    """A sealed value was altered, cut, or sealed with a key that this process does not hold."""


@dataclass(frozen=True)
class CryptoProvider:
    """AES-256-GCM and HMAC-SHA-256. `keys` holds raw secrets by key id; a 32-byte key is derived from each."""

    keys: dict[str, bytes]
    active_key: str
    lookup_key: bytes

    def seal(self, text: str) -> bytes:
        """Encrypt a text under the active key."""
        nonce = os.urandom(_NONCE_BYTES)
        key_id = self.active_key.encode()
        head = bytes([_VERSION, len(key_id)]) + key_id
        return head + nonce + self._cipher(self.active_key).encrypt(nonce, text.encode(), head)

    def unseal(self, sealed: bytes) -> str:
        """Decrypt what `seal` made. Raises BrokenSeal."""
        try:
            cut = 2 + sealed[1]
            head, nonce, body = sealed[:cut], sealed[cut : cut + _NONCE_BYTES], sealed[cut + _NONCE_BYTES :]
            return self._cipher(head[2:].decode()).decrypt(nonce, body, head).decode()
        except (InvalidTag, IndexError, KeyError, ValueError) as error:
            raise BrokenSeal from error

    def lookup_hash(self, value: str) -> bytes:
        """A keyed hash by which an encrypted value can be found again, and by nobody without the key."""
        return hmac.digest(self.lookup_key, value.encode(), hashlib.sha256)

    def _cipher(self, key_id: str) -> AESGCM:
        return AESGCM(hashlib.sha256(self.keys[key_id]).digest())


@cache
def provider() -> CryptoProvider:
    """The provider with the keys of the settings."""
    settings = get_settings().crypto
    keys = {key_id: secret.get_secret_value().encode() for key_id, secret in settings.keys.items()}
    return CryptoProvider(keys, settings.active_key, settings.lookup_key.get_secret_value().encode())


class SealedText(TypeDecorator[str]):
    """A text column that is encrypted at rest."""

    impl = LargeBinary
    cache_ok = True

    @override
    def process_bind_param(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else provider().seal(value)

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else provider().unseal(value)
