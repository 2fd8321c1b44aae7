"""Anyone can repeat a draw; no database."""

from hypothesis import given, settings
from hypothesis import strategies as st

from xiaoneng.kit import lots

NAMES = st.lists(st.text("0123456789-ZG", min_size=1, max_size=12), unique=True, max_size=60)


@settings(max_examples=60)
@given(NAMES, st.text(min_size=4, max_size=20), st.integers(0, 70), st.randoms())
def test_the_sample_depends_on_seed_and_population_alone(names: list[str], seed: str, count: int, order) -> None:
    drawn = lots.drawn(seed, names, count)
    shuffled = list(names)
    order.shuffle(shuffled)
    assert lots.drawn(seed, shuffled, count) == drawn
    assert lots.fingerprint(shuffled) == lots.fingerprint(names)
    assert set(drawn) <= set(names)
    assert len(drawn) == len(set(drawn)) == min(count, len(names))


@given(NAMES.filter(bool), st.text(min_size=4, max_size=20))
def test_a_larger_sample_begins_with_the_smaller(names: list[str], seed: str) -> None:
    assert lots.drawn(seed, names, len(names))[:-1] == lots.drawn(seed, names, len(names) - 1)


def test_a_percentage_of_a_few_is_not_none() -> None:
    assert [lots.share(10, count) for count in (0, 1, 10, 11, 20)] == [0, 1, 1, 2, 2]
    assert lots.share(100, 7) == 7


def test_another_seed_draws_others() -> None:
    names = [f"ZG-2026-{number:05d}" for number in range(200)]
    assert lots.drawn("seed-one", names, 20) != lots.drawn("seed-two", names, 20)
