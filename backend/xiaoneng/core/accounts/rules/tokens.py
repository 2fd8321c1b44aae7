"""Access tokens: the one module that touches the JWT library.

The library is told one algorithm and which claims must be there. What it leaves open is checked here: the key's length,
the exact header, the type, the audience as one text, and the times, which it would read from the system's clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from jose import jwt
from jose.exceptions import JOSEError

from xiaoneng.core.access.errors import NotAuthenticated
from xiaoneng.kit import ids
from xiaoneng.settings import MIN_KEY_BYTES

ALGORITHM = "HS256"
TYP = "at+jwt"
MAX_BYTES = 4096
_HEADER = frozenset({"alg", "typ", "kid"})
_CLAIMS = frozenset({"iss", "aud", "sub", "sid", "jti", "iat", "exp"})
_SKEW_SECONDS = 30
_OPTIONS: Mapping[str, Any] = {
    **{f"require_{claim}": True for claim in ("iat", "aud", "iss", "sub", "jti")},
    "verify_exp": False,
    "verify_nbf": False,
}


@dataclass(frozen=True)
class TokenKeys:
    """The signing keys by id, and whose tokens these are. Raises ValueError for a key below 32 bytes."""

    keys: Mapping[str, str]
    active: str
    issuer: str
    audience: str

    def __post_init__(self) -> None:
        if self.active not in self.keys:
            raise ValueError(f"there is no key {self.active}")
        if any(len(key.encode()) < MIN_KEY_BYTES for key in self.keys.values()):
            raise ValueError(f"every signing key must hold at least {MIN_KEY_BYTES} bytes")


@dataclass(frozen=True, slots=True)
class Claims:
    """What a token says: which account, in which session."""

    account_id: UUID
    session_id: UUID


@dataclass(frozen=True, slots=True)
class Verified:
    """A token that is ours; whether it is good depends on the time."""

    claims: Claims
    issued: int
    expires: int

    def at(self, now: datetime) -> Claims:
        """The claims, between the token's issue and its end. Raises NotAuthenticated."""
        if not self.issued - _SKEW_SECONDS <= int(now.timestamp()) < self.expires:
            raise NotAuthenticated
        return self.claims


def issue(keys: TokenKeys, claims: Claims, now: datetime, lifetime: timedelta) -> str:
    """A signed access token."""
    body = {
        "iss": keys.issuer,
        "aud": keys.audience,
        "sub": str(claims.account_id),
        "sid": str(claims.session_id),
        "jti": str(ids.unordered_id()),
        "iat": int(now.timestamp()),
        "exp": int((now + lifetime).timestamp()),
    }
    headers = {"typ": TYP, "kid": keys.active}
    token: str = jwt.encode(body, keys.keys[keys.active], algorithm=ALGORITHM, headers=headers)
    return token


def verify(keys: TokenKeys, token: str) -> Verified:
    """Check everything about a token but the time. Raises NotAuthenticated, which does not say what is wrong."""
    if len(token) > MAX_BYTES or not token.isascii():
        raise NotAuthenticated
    try:
        return _verify(keys, token)
    except (JOSEError, ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
        raise NotAuthenticated from error


def _verify(keys: TokenKeys, token: str) -> Verified:
    header = jwt.get_unverified_header(token)
    if header.keys() != _HEADER or header["alg"] != ALGORITHM or header["typ"] != TYP:
        raise ValueError("the header is not one of ours")
    body = jwt.decode(
        token,
        keys.keys[header["kid"]],
        algorithms=[ALGORITHM],
        audience=keys.audience,
        issuer=keys.issuer,
        options=dict(_OPTIONS),
    )
    if body.keys() != _CLAIMS or body["aud"] != keys.audience:
        raise ValueError("the claims are not ours")
    if type(body["iat"]) is not int or type(body["exp"]) is not int:
        raise ValueError("the times are not whole seconds")
    return Verified(Claims(UUID(body["sub"]), UUID(body["sid"])), body["iat"], body["exp"])
