"""Names and numbers with the part that identifies somebody covered."""

_MOBILE_DIGITS = 11


def mask_name(name: str) -> str:
    """王小明 → 王**: the family name stays, the rest does not even tell its length."""
    return f"{name[:1]}**"


def mask_phone(phone: str) -> str:
    """13812345678 → 138****5678; shorter numbers show their last two digits only."""
    if len(phone) >= _MOBILE_DIGITS:
        return f"{phone[:3]}****{phone[-4:]}"
    return f"****{phone[-2:]}"
