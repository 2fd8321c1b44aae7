"""Anyone can repeat the draw of a look-back; no database."""

from hypothesis import given, settings
from hypothesis import strategies as st

from xiaoneng.features.rectification.rules import draws as rules

NUMBERS = st.lists(st.text("0123456789-ZG", min_size=1, max_size=12), unique=True, max_size=60)


@settings(max_examples=60)
@given(NUMBERS, st.text(min_size=4, max_size=20), st.integers(1, 100), st.randoms())
def test_the_sample_depends_on_seed_and_population_alone(numbers: list[str], seed: str, percent: int, order) -> None:
    drawn = rules.drawn(seed, numbers, percent)
    shuffled = list(numbers)
    order.shuffle(shuffled)
    assert rules.drawn(seed, shuffled, percent) == drawn
    assert rules.fingerprint(shuffled) == rules.fingerprint(numbers)
    assert set(drawn) <= set(numbers)
    assert len(drawn) == len(set(drawn)) == rules.sample_size(percent, len(numbers))


def test_a_percentage_of_a_few_is_not_none() -> None:
    assert [rules.sample_size(10, count) for count in (0, 1, 10, 11, 20)] == [0, 1, 1, 2, 2]
    assert rules.sample_size(100, 7) == 7


def test_another_seed_draws_others() -> None:
    numbers = [f"ZG-2026-{number:05d}" for number in range(200)]
    assert rules.drawn("seed-one", numbers, 10) != rules.drawn("seed-two", numbers, 10)
