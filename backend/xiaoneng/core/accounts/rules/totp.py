"""Time-based codes (RFC 6238): six digits every thirty seconds, each good once."""

import hmac
from datetime import datetime

import pyotp

STEP_SECONDS = 30
_WINDOW = 1


def matching_step(secret: str, code: str, now: datetime, last_step: int | None) -> int | None:
    """The step whose code this is, at most one step off, and later than the last one used; None for a wrong code."""
    generator = pyotp.TOTP(secret)
    present = int(now.timestamp()) // STEP_SECONDS
    found = None
    for step in range(present - _WINDOW, present + _WINDOW + 1):
        fits = hmac.compare_digest(generator.generate_otp(step).encode(), code.encode())
        if fits and (last_step is None or step > last_step):
            found = step
    return found
