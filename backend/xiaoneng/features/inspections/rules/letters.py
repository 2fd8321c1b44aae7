"""How a letter is worded and how answers are counted; pure."""

from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal

from xiaoneng.features.inspections.models.letters import LetterSource, LetterType

NAMES = {
    LetterType.SUGGESTION: "整改建议书",
    LetterType.REMINDER: "提醒书",
    LetterType.ADMONITION: "告诫书",
    LetterType.SUPERVISION: "督办通知书",
}
SUBJECTS = {
    LetterSource.CASE: "case",
    LetterSource.SELF_CHECK: "self_check",
    LetterSource.FINDING: "inspection_finding",
    LetterSource.LETTER: "letter",
}
"""Sources inside the product, by the kind of object; the others stand in words."""
_DIGITS = "零一二三四五六七八九"
_TEN = 10
_ENDS = ("。", "！", "？", "；", "：", ".", "”")


def chinese(number: int) -> str:
    """1 to 99 as headings count: 一, 十, 十二, 二十."""
    tens, ones = divmod(number, _TEN)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{_DIGITS[tens]}十")
    return head + (_DIGITS[ones] if ones or not tens else "")


def body_of(
    letter_type: LetterType, opening: str, problems: Sequence[str], requirements: str, until: str | None
) -> str:
    """The text between main recipient and signature; `until` is the day of the answer, none before it is issued."""
    whole = [text if text.endswith(_ENDS) else f"{text}。" for text in problems]
    named = whole if len(whole) == 1 else [f"{at}. {text}" for at, text in enumerate(whole, start=1)]
    day = f"于{until}前" if until else "自签发之日起在规定期限内"
    ask = f"请你单位{day}书面回复整改方案，并按方案确定的期限报送整改情况。"
    counts = "整改情况纳入单位年终绩效评估。" if letter_type is LetterType.SUGGESTION else ""
    basis = "二、有关要求" if letter_type is not LetterType.SUGGESTION else "二、整改建议"
    return "\n".join([opening, "一、存在的主要问题", *named, basis, requirements, ask + counts])


def percent(part: int, whole: int) -> Decimal | None:
    """A share with two decimals, cut off so that only all is 100; none of nothing."""
    if not whole:
        return None
    return (Decimal(100 * part) / whole).quantize(Decimal("0.01"), ROUND_DOWN)
