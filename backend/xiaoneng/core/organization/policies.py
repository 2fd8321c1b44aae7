"""Which roles go together in one person."""

from collections.abc import Set as AbstractSet

from xiaoneng.core.access.models import Role

ADMINISTRATIONS = frozenset({Role.SYS, Role.SEC, Role.AUA})


def are_separate(roles: AbstractSet[Role]) -> bool:
    """Whether one natural person may hold `roles` at the same time (I2).

    At most one of the system, security and audit administrations, and then nothing else.
    """
    return len(roles) <= 1 or not roles & ADMINISTRATIONS
