"""Refusals of acceptance, public notice and look-back."""

from xiaoneng.kit.problems import Conflict, InvalidInput


class JointRequired(Conflict):
    """S4-10: this item is accepted by several bodies, each of which signs."""

    code = "rectification.joint_required"
    title_zh = "本项须联合验收，由各验收机构签署"
    title_en = "This item is accepted jointly: every body signs"


class AcceptanceOpen(Conflict):
    """The bodies have been called already."""

    code = "rectification.acceptance_open"
    title_zh = "已组织联合验收，待各机构签署"
    title_en = "The bodies have been called and have not all signed yet"


class NothingToSign(Conflict):
    """No joint acceptance is open, or this body was not called."""

    code = "rectification.nothing_to_sign"
    title_zh = "没有待该机构签署的验收"
    title_en = "There is no acceptance for this body to sign"


class SignedAlready(Conflict):
    """A body signs once, and a person for one body."""

    code = "rectification.signed_already"
    title_zh = "该机构或本人已签署"
    title_en = "This body, or this person, has signed already"


class NotAMember(Conflict):
    """A body signs through somebody who serves in it today."""

    code = "rectification.not_a_member"
    title_zh = "不是该验收机构的成员"
    title_en = "Only a member of the body signs for it"


class BodiesRefused(InvalidInput):
    """R-07: at least two bodies that exist, none of them at the units concerned."""

    code = "rectification.bodies_refused"
    title_zh = "联合验收至少两个机构，且不得是被整改单位的机构"
    title_en = "Joint acceptance takes two bodies or more, none at the units concerned"


class NoticeNeeded(Conflict):
    """The item is announced to the public before it closes."""

    code = "rectification.notice_needed"
    title_zh = "销号前须先公示"
    title_en = "The item must be announced to the public before it closes"


class NoticeRunning(Conflict):
    """The notice has not run out."""

    code = "rectification.notice_running"
    title_zh = "公示期未满"
    title_en = "The public notice is still running"


class NoNotice(Conflict):
    """Objections are raised while the notice runs."""

    code = "rectification.no_notice"
    title_zh = "没有公示"
    title_en = "There is no public notice"


class ObjectionWaiting(Conflict):
    """Every objection is answered first."""

    code = "rectification.objection_waiting"
    title_zh = "公示异议尚未答复"
    title_en = "An objection waits for its answer"


class ObjectionUnknown(InvalidInput):
    """The objection is not one of this item's that wait."""

    code = "rectification.objection_unknown"
    title_zh = "没有这条待答复的异议"
    title_en = "There is no such objection waiting"


class CheckUnknown(InvalidInput):
    """The look-back does not ask for this item, or has its answer."""

    code = "rectification.check_unknown"
    title_zh = "本项没有这条待办的回头看"
    title_en = "No such look-back waits for this item"
