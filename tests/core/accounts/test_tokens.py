"""Access tokens: sixty hostile ones, and none gets in."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from jose import jwt
from tests.core.accounts.conftest import every_route

from xiaoneng.core.access.errors import NotAuthenticated
from xiaoneng.core.access.models import Role
from xiaoneng.core.accounts.rules import tokens
from xiaoneng.core.accounts.service import sessions
from xiaoneng.kit import clock, ids

CLAIMS = tokens.Claims(UUID(int=7), UUID(int=8))
OLD, NEW, FOREIGN = "o" * 32, "n" * 32, "f" * 40
KEYS = tokens.TokenKeys({"2025": OLD, "2026": NEW}, "2026", "xiaoneng", "xiaoneng-api")
MINUTES = timedelta(minutes=10)


def b64(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def forge(header, body, key, digest="sha256"):
    """A token signed with anything, over any header and body."""
    parts = [b64(part if isinstance(part, bytes) else json.dumps(part).encode()) for part in (header, body)]
    signed = ".".join(parts)
    mac = hmac.digest(key if isinstance(key, bytes) else key.encode(), signed.encode(), digest)
    return f"{signed}.{b64(mac)}"


class Good(NamedTuple):
    """What a good token is made of."""

    keys: Any
    head: dict[str, Any]
    body: dict[str, Any]
    key: str
    token: str


def good_one(keys, claims, now):
    kid, key = keys.active, keys.keys[keys.active]
    at = int(now.timestamp())
    head = {"alg": "HS256", "typ": "at+jwt", "kid": kid}
    body = {
        "iss": keys.issuer,
        "aud": keys.audience,
        "sub": str(claims.account_id),
        "sid": str(claims.session_id),
        "jti": str(ids.unordered_id()),
        "iat": at,
        "exp": at + 600,
    }
    return Good(keys, head, body, key, forge(head, body, key))


def public_keys():
    """Public keys in every form, one of which a careless library takes for an HMAC secret; and a private one."""
    pair = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    curve = ec.generate_private_key(ec.SECP256R1())
    private = pair.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    forms = {
        f"{kind} {form}": bytes_
        for kind, one in (("rsa", pair), ("ec", curve))
        for form, bytes_ in (
            ("pem", one.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)),
            ("der", one.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)),
            ("ssh", one.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH)),
        )
    }
    return private, forms


def signatures(one, private):
    """Wrong algorithms, keys and signatures."""
    _keys, head, body, key, good = one
    kid = head["kid"]
    signed, _, signature = good.rpartition(".")
    return {
        "unsigned": f"{b64(json.dumps({**head, 'alg': 'none'}).encode())}.{b64(json.dumps(body).encode())}.",
        "none in capitals": forge({**head, "alg": "NONE"}, body, key),
        "no signature": f"{signed}.",
        "half a signature": f"{signed}.{signature[:20]}",
        "signature of another": f"{signed}.{b64(b'0' * 32)}",
        "HS384": forge({**head, "alg": "HS384"}, body, key, "sha384"),
        "HS512": forge({**head, "alg": "HS512"}, body, key, "sha512"),
        "HS256 announced as RS256": forge({**head, "alg": "RS256"}, body, key),
        "RS256": jwt.encode(body, private, algorithm="RS256", headers={"typ": "at+jwt", "kid": kid}),
        "alg missing": forge({"typ": "at+jwt", "kid": kid}, body, key),
        "alg empty": forge({**head, "alg": ""}, body, key),
        "alg a list": forge({**head, "alg": ["HS256"]}, body, key),
        "foreign key": forge(head, body, FOREIGN),
        "empty key": forge(head, body, b""),
    }


def headers(one):
    """Hostile headers."""
    _keys, head, body, key, _good = one
    kid = head["kid"]
    return {
        "kid missing": forge({"alg": "HS256", "typ": "at+jwt"}, body, key),
        "kid unknown": forge({**head, "kid": "1999"}, body, key),
        "kid a path": forge({**head, "kid": "../../dev/null"}, body, b""),
        "kid sql": forge({**head, "kid": "x' UNION SELECT 'y"}, body, b"y"),
        "kid a list": forge({**head, "kid": [kid]}, body, key),
        "kid a dict": forge({**head, "kid": {}}, body, key),
        "kid null": forge({**head, "kid": None}, body, key),
        "typ missing": forge({"alg": "HS256", "kid": kid}, body, key),
        "typ JWT": forge({**head, "typ": "JWT"}, body, key),
        "typ of a refresh token": forge({**head, "typ": "rt+jwt"}, body, key),
        "crit": forge({**head, "crit": ["exp"]}, body, key),
        "crit unknown": forge({**head, "crit": ["b64"], "b64": False}, body, key),
        "jku": forge({**head, "jku": "https://evil.example/jwks"}, body, key),
        "x5u": forge({**head, "x5u": "https://evil.example/c.pem"}, body, key),
        "x5c": forge({**head, "x5c": ["MIIB"]}, body, key),
        "jwk": forge({**head, "jwk": {"kty": "oct", "k": b64(FOREIGN.encode())}}, body, FOREIGN),
        "zip": forge({**head, "zip": "DEF"}, body, key),
    }


def bodies(one):
    """Hostile claims."""
    keys, head, body, key, _good = one
    at = body["iat"]
    return {
        "iss foreign": forge(head, {**body, "iss": "xiaoneng-test"}, key),
        "iss a list": forge(head, {**body, "iss": [keys.issuer]}, key),
        "aud foreign": forge(head, {**body, "aud": "another-api"}, key),
        "aud a list with ours": forge(head, {**body, "aud": [keys.audience, "another-api"]}, key),
        "aud null": forge(head, {**body, "aud": None}, key),
        "expired": forge(head, {**body, "iat": at - 700, "exp": at - 1}, key),
        "expires now": forge(head, {**body, "exp": at}, key),
        "issued tomorrow": forge(head, {**body, "iat": at + 86_400, "exp": at + 90_000}, key),
        "not before tomorrow": forge(head, {**body, "nbf": at + 86_400}, key),
        "exp a text": forge(head, {**body, "exp": str(at + 600)}, key),
        "exp a fraction": forge(head, {**body, "exp": at + 600.5}, key),
        "exp true": forge(head, {**body, "exp": True}, key),
        "exp infinite": forge(head, json.dumps({**body, "exp": float("inf")}).encode(), key),
        "exp null": forge(head, {**body, "exp": None}, key),
        "iat a text": forge(head, {**body, "iat": "yesterday"}, key),
        "sub a number": forge(head, {**body, "sub": 7}, key),
        "sub no uuid": forge(head, {**body, "sub": "admin"}, key),
        "sid no uuid": forge(head, {**body, "sid": "' OR 1=1"}, key),
        "claim added": forge(head, {**body, "roles": ["SYS"]}, key),
    }


def shapes(one):
    """Texts that are no token at all."""
    _keys, head, body, key, good = one
    signed, _, _signature = good.rpartition(".")
    return {
        "body a list": forge(head, [body], key),
        "body no json": forge(head, b"{", key),
        "header no json": forge(b"{", body, key),
        "header a list": forge([head], body, key),
        "nested": forge(head, b"[" * 2000 + b"]" * 2000, key),
        "nested header": forge(b"[" * 1400, body, key),
        "two parts": signed,
        "four parts": f"{good}.x",
        "jwe": ".".join(["e30"] * 5),
        "dots": "..",
        "empty": "",
        "not ascii": good[:-1] + "。",
        "five megabytes": good + "A" * 5_000_000,
        "signed and too long": forge(head, json.dumps(body).encode() + b" " * 4000, key),
        "padded": good + "A" * tokens.MAX_BYTES,
        "random": b64(hashlib.sha512(b"refresh").digest()),
    }


def hostile(keys, claims, now):
    """The corpus: each differs from a good token in one point."""
    one = good_one(keys, claims, now)
    private, public = public_keys()
    made = signatures(one, private) | headers(one) | bodies(one) | shapes(one)
    lacking = {name: {key: value for key, value in one.body.items() if key != name} for name in one.body}
    made |= {f"{name} missing": forge(one.head, body, one.key) for name, body in lacking.items()}
    made |= {f"{name} as the secret": forge(one.head, one.body, bytes_) for name, bytes_ in public.items()}
    return one.token, made


class TestRules:
    def test_what_is_issued_is_read(self):
        now = clock.now()
        token = tokens.issue(KEYS, CLAIMS, now, MINUTES)
        assert tokens.verify(KEYS, token).at(now) == CLAIMS
        assert jwt.get_unverified_header(token) == {"alg": "HS256", "typ": "at+jwt", "kid": "2026"}

    def test_it_ends_when_it_says(self):
        now = clock.now()
        token = tokens.issue(KEYS, CLAIMS, now, MINUTES)
        assert tokens.verify(KEYS, token).at(now + timedelta(minutes=9, seconds=58)) == CLAIMS
        for later in (timedelta(minutes=10), timedelta(days=1), timedelta(seconds=-31)):
            with pytest.raises(NotAuthenticated):
                tokens.verify(KEYS, token).at(now + later)

    def test_a_key_being_retired_still_reads_and_one_dropped_does_not(self):
        now = clock.now()
        before = tokens.TokenKeys({"2025": OLD}, "2025", "xiaoneng", "xiaoneng-api")
        token = tokens.issue(before, CLAIMS, now, MINUTES)
        assert tokens.verify(KEYS, token).at(now) == CLAIMS
        with pytest.raises(NotAuthenticated):
            tokens.verify(tokens.TokenKeys({"2026": NEW}, "2026", "xiaoneng", "xiaoneng-api"), token).at(now)

    def test_the_key_of_one_id_is_no_good_under_another(self):
        now = clock.now()
        swapped = tokens.TokenKeys({"2026": OLD}, "2026", "xiaoneng", "xiaoneng-api")
        with pytest.raises(NotAuthenticated):
            tokens.verify(KEYS, tokens.issue(swapped, CLAIMS, now, MINUTES)).at(now)

    @pytest.mark.parametrize(("keys", "active"), [({"a": "x" * 31}, "a"), ({"a": "x" * 32}, "b"), ({}, "a")])
    def test_a_short_or_missing_key_does_not_start(self, keys, active):
        with pytest.raises(ValueError, match="key"):
            tokens.TokenKeys(keys, active, "xiaoneng", "xiaoneng-api")

    def test_each_of_the_corpus_is_refused(self):
        now = clock.now()
        good, corpus = hostile(KEYS, CLAIMS, now)
        assert len(corpus) >= 60
        assert tokens.verify(KEYS, good).at(now) == CLAIMS, "the corpus must start from a good token"
        for name, token in corpus.items():
            with pytest.raises(NotAuthenticated):
                pytest.fail(f"{name} was accepted: {tokens.verify(KEYS, token).at(now)}")


@pytest.mark.anyio
async def test_no_hostile_token_opens_any_protected_route(app, client, engage, open_for):
    """Over HTTP, with the claims of a real, living session of a system administrator."""
    someone = await engage(Role.SYS, unit="county")
    opened = await open_for(someone)
    claims = tokens.Claims(someone.account_id, opened.session_id)
    good, corpus = hostile(sessions.token_keys(), claims, clock.now())
    corpus["the refresh token"] = opened.refresh_token
    del corpus["not ascii"]  # a client cannot send it in a header
    assert (await client.get("/auth/me", headers={"Authorization": f"Bearer {good}"})).status_code == 200
    protected = [route for route in every_route(app) if not route.public]
    assert len(protected) >= len(corpus) / 3
    for number, (name, token) in enumerate(corpus.items()):
        for offset in (0, 1, 2):
            route = protected[(3 * number + offset) % len(protected)]
            answer = await client.request(route.method, route.path, headers={"Authorization": f"Bearer {token}"})
            assert (answer.status_code, answer.json()["code"]) == (401, "access.not_authenticated"), (name, route)
    forms = ("", "Bearer", "Bearer ", f"Basic {good}", f"Token {good}", good, f"Bearer {good} {good}")
    for number, route in enumerate(protected):  # all routes share one guard, which the access matrix proves
        for header in (forms[number % len(forms)], forms[(number + 3) % len(forms)]):
            answer = await client.request(route.method, route.path, headers={"Authorization": header})
            assert answer.status_code == 401, (header[:20], route)
            assert answer.headers["www-authenticate"] == "Bearer"
