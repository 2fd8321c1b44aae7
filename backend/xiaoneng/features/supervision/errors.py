"""What supervision refuses."""

from xiaoneng.kit.problems import Conflict, InvalidInput


class CaseNotListable(Conflict):
    """A case without a lead, a closed one, or a report against somebody is not supervised in the open."""

    code = "supervision.case_not_open"
    title_zh = "该诉求没有主办单位、已经办结或属于保密举报，不能督办"
    title_en = "The case has no lead, is closed, or is a report against somebody"


class ListedAlready(Conflict):
    """A case is listed once at a time."""

    code = "supervision.listed_already"
    title_zh = "该诉求已在挂牌中"
    title_en = "The case is listed already"


class SecondPerson(Conflict):
    """Proposing and approving, writing and publishing, asking and unlisting are for two people."""

    code = "supervision.second_person"
    title_zh = "提出与审批、撰写与发布必须由两人完成"
    title_en = "Proposing and approving, writing and publishing are for two people"


class NoDecision(Conflict):
    """A major matter is decided at a meeting on record before it ends (S2-09)."""

    code = "supervision.no_decision"
    title_zh = "还没有定案会议记录，不能申请摘牌"
    title_en = "There is no record of a decision meeting yet"


class NotPublished(Conflict):
    """What was never shown cannot be concluded in public."""

    code = "supervision.not_published"
    title_zh = "公开内容尚未发布，不能摘牌"
    title_en = "The public text is not published yet"


class NothingToPublish(Conflict):
    """There is no text, or it is published as it is."""

    code = "supervision.nothing_to_publish"
    title_zh = "没有待发布的公开内容"
    title_en = "There is no text to publish"


class PersonalData(InvalidInput):
    """What the public reads names no telephone, identity number or caller."""

    code = "supervision.personal_data"
    title_zh = "公开内容中含有电话、身份证号或来电人姓名，请删去"
    title_en = "The text contains a telephone number, an identity number or the caller's name"


class LeaderRefused(InvalidInput):
    """Whoever answers for a matter holds a post today."""

    code = "supervision.leader_refused"
    title_zh = "包案领导须为在任人员"
    title_en = "The leader in charge must hold a post today"


class AddresseeRefused(InvalidInput):
    """A person who is addressed works in the unit that is addressed."""

    code = "supervision.addressee_refused"
    title_zh = "批示对象须为该单位在任人员，且不得是被举报人"
    title_en = "The person addressed must hold a post in the unit"
