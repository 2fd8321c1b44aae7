"""What a password must be like (GB/T 22239 8.1.4.1 a)."""

import re

MIN_LENGTH, MAX_LENGTH = 10, 128
_KINDS = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^a-zA-Z0-9]")
_KINDS_NEEDED = 3


def is_strong(password: str, login: str) -> bool:
    """Long enough, of three of four kinds of characters, without the login in it."""
    kinds = sum(re.search(kind, password) is not None for kind in _KINDS)
    return MIN_LENGTH <= len(password) <= MAX_LENGTH and kinds >= _KINDS_NEEDED and login not in password.casefold()


def fold_login(login: str) -> str:
    """The one spelling of a login under which it is kept and looked for."""
    return login.strip().casefold()
