"""The draw of representatives, so that anyone can repeat it (R-51); pure and exact.

Published first: the lots as lines `category label`, their SHA-256, the quotas, and which public entropy will be used
when. Drawn later: in each category the lots are put in the order of the SHA-256 of
`entropy / pool hash / category` followed by a line break and the label; the first of them fill the quota, the others
are the reserve in that order. Nobody who fixed the pool knew the entropy, and the entropy is known to everybody.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from xiaoneng.kit import lots


def line(category: str, label: str) -> str:
    """A lot as it is published."""
    return f"{category} {label}"


def largest_remainder(total: int, shares: Mapping[str, int | Fraction]) -> dict[str, int]:
    """`total` places by shares: whole parts first, the rest to the largest remainders, ties by name.

    Adds up to exactly `total`. Shares of nothing get nothing.
    """
    whole = sum(shares.values())
    if whole == 0:
        return dict.fromkeys(shares, 0)
    exact = {name: Fraction(total) * Fraction(share) / Fraction(whole) for name, share in shares.items()}
    places = {name: int(value) for name, value in exact.items()}
    rest = sorted(exact, key=lambda name: (places[name] - exact[name], name))
    for name in rest[: total - sum(places.values())]:
        places[name] += 1
    return places


def seed_of(entropy: str, pool_hash: str, category: str) -> str:
    """What puts the lots of one category in order."""
    return f"{entropy} / {pool_hash} / {category}"


def order(entropy: str, pool_hash: str, by_category: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """All labels of each category in the order in which they are drawn."""
    return {
        category: lots.drawn(seed_of(entropy, pool_hash, category), labels, len(labels))
        for category, labels in by_category.items()
    }
