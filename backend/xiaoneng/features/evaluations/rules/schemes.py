"""Whether the parts of a scheme fit each other; pure, exact."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from uuid import UUID

from xiaoneng.features.evaluations.models.content import SchemeContent
from xiaoneng.features.evaluations.models.schemes import ObjectKind

WHOLE = 100


class Clash(NamedTuple):
    """One contradiction: where, a stable code, and in words."""

    path: str
    code: str
    words: str


def clashes(content: SchemeContent) -> list[Clash]:
    """Everything in a scheme that does not fit; empty when it can be enacted."""
    return [*_sums(content), *_repeated(content), *_options(content), *_quotas(content)]


def _sums(content: SchemeContent) -> Iterator[Clash]:
    sums = {
        "raters": sum(one.weight for one in content.raters),
        "indicators": sum(one.weight for one in content.indicators),
        "survey": content.survey + content.monthly + content.work,
    }
    for path, total in sums.items():
        if total != WHOLE:
            yield Clash(f"body.content.{path}", "not_whole", f"权重合计应为 100，现为 {total}")


def _repeated(content: SchemeContent) -> Iterator[Clash]:
    named: dict[str, list[str]] = {
        "raters": [one.category for one in content.raters],
        "indicators": [one.name for one in content.indicators],
        "options": [one.name for one in content.options],
        "groups": [one.name for one in content.groups],
    }
    for path, values in named.items():
        if len(set(values)) < len(values):
            yield Clash(f"body.content.{path}", "repeated", "有重复的名称")
    objects = [(one.unit_id, one.kind, one.name) for group in content.groups for one in group.objects]
    whole = [unit for unit, kind, _ in objects if kind is ObjectKind.UNIT]
    if len(set(objects)) < len(objects) or len(set(whole)) < len(whole):
        yield Clash("body.content.groups", "object_repeated", "同一评议对象只能出现一次")


def _options(content: SchemeContent) -> Iterator[Clash]:
    scored = [one.score for one in content.options if one.score is not None]
    if len(set(scored)) <= 1:
        yield Clash("body.content.options", "too_few_scores", "至少需要两个分值不同的选项")


def _quotas(content: SchemeContent) -> Iterator[Clash]:
    """R-51: quotas are given for every stratum or for none, and add up to exactly what is drawn."""
    given = [one.quota for one in content.raters if one.quota is not None]
    if given and (len(given) < len(content.raters) or sum(given) != content.draw_size):
        yield Clash("body.content.raters", "quotas_do_not_sum", f"名额合计应等于抽取人数 {content.draw_size}")
    if content.draw_size > content.pool_minimum:
        yield Clash("body.content.draw_size", "over_pool", "抽取人数不能多于代表库下限")


def key_units_stand_apart(content: SchemeContent, key_units: Iterable[UUID]) -> bool:
    """R-57: the groups marked as key hold every key unit and nothing else; without key units there is no such group."""
    held = {one.unit_id for group in content.groups if group.is_key for one in group.objects}
    return held == set(key_units)
