"""Phones and identity numbers in one spelling; pure."""

import re

_PHONE = re.compile(r"1[3-9][0-9]{9}")
_IDENTITY = re.compile(r"[0-9]{17}[0-9X]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def phone_of(raw: str) -> str | None:
    """A mobile number in digits alone, or None."""
    digits = re.sub(r"[\s\-－()（）]", "", raw).removeprefix("+86").removeprefix("0086")
    return digits if _PHONE.fullmatch(digits) else None


def identity_of(raw: str) -> str | None:
    """A citizen identity number whose check digit is right (GB 11643), or None."""
    number = raw.strip().upper().replace(" ", "")
    if not _IDENTITY.fullmatch(number) or number[17] != check_digit(number[:17]):
        return None
    return number


def check_digit(body: str) -> str:
    """The last digit of an identity number by its first seventeen (ISO 7064, MOD 11-2)."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]
