"""What letters refuse."""

from xiaoneng.kit.problems import Conflict, InvalidInput


class SamePerson(Conflict):
    """Whoever drafted a letter does not countersign it."""

    code = "letters.same_person"
    title_zh = "拟稿人不能核签自己拟的文"
    title_en = "Whoever drafted a letter does not countersign it"


class OwnLetter(Conflict):
    """Nobody decides on a letter to the unit whose staff they are."""

    code = "letters.own_unit"
    title_zh = "不能办理发给本单位的文书"
    title_en = "Nobody decides on a letter to their own unit"


class NotOverdue(Conflict):
    """Only a unit whose day has passed is admonished or proposed for accountability."""

    code = "letters.not_overdue"
    title_zh = "尚未超过回复期限"
    title_en = "The day to answer has not passed"


class NotAdmonished(Conflict):
    """R-05: accountability is proposed after the last day that an admonition set."""

    code = "letters.not_admonished"
    title_zh = "应先告诫并给出最后期限"
    title_en = "The unit is to be admonished first, with a last day"


class AdmonishedAlready(Conflict):
    """A letter is admonished once; after that day accountability is proposed."""

    code = "letters.admonished_already"
    title_zh = "已经告诫过，逾期的应提出问责建议"
    title_en = "The unit has been admonished already"


class ProposedAlready(Conflict):
    """Accountability is proposed once for a letter."""

    code = "letters.proposed_already"
    title_zh = "已提出过问责建议"
    title_en = "Accountability has been proposed already"


class NoIssuer(Conflict):
    """The body of whoever drafts has no mark and no word for its numbers yet."""

    code = "letters.no_issuer"
    title_zh = "您所在的机构还没有设置发文机关标志和机关代字"
    title_en = "Your body has no issuing mark and no word for its numbers yet"


class WordTaken(InvalidInput):
    """Two bodies with one word would share their numbers."""

    code = "letters.word_taken"
    title_zh = "机关代字已被其他机构使用"
    title_en = "The word is used by another body"


class SourceRefused(InvalidInput):
    """A source inside the product is named by its key, one outside by words alone; and it has to be in sight."""

    code = "letters.source_refused"
    title_zh = "来源不存在或不在可见范围"
    title_en = "The source is unknown or out of sight"


class ProblemUnknown(InvalidInput):
    """A problem that is to become an item is none of the letter's, or is one already."""

    code = "letters.problem_unknown"
    title_zh = "问题不属于该文书，或已转为整改项"
    title_en = "A problem is none of the letter's, or an item already"
