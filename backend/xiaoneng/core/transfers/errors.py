"""Refusals."""

from xiaoneng.kit.problems import Conflict, InvalidInput, TooManyRequests


class ReasonMissing(InvalidInput):
    """Personal data leave the system only with a reason that goes on record (个人信息保护法 6)."""

    code = "transfers.reason_missing"
    title_zh = "导出含个人信息，请写明事由"
    title_en = "An export with personal data needs a reason"


class OwnExport(Conflict):
    """Whoever asks for an export does not approve it (I4)."""

    code = "transfers.own_export"
    title_zh = "不能审批自己申请的导出"
    title_en = "Nobody decides on an export of their own"


class NothingToDecide(Conflict):
    """The export does not wait for anybody's approval."""

    code = "transfers.nothing_to_decide"
    title_zh = "这项导出不在等待审批"
    title_en = "The export does not wait for approval"


class ApprovalMissing(Conflict):
    """The list has grown beyond what may be taken out without a second person, since it was asked for."""

    code = "transfers.approval_missing"
    title_zh = "行数已超过无需审批的上限，请重新申请"
    title_en = "The list has grown beyond what needs no approval; ask again"


class TransferOver(Conflict):
    """The transfer has ended; there is nothing to stop."""

    code = "transfers.over"
    title_zh = "任务已经结束"
    title_en = "The transfer has ended"


class TooManyTransfers(TooManyRequests):
    """Somebody has as many transfers under way as one person may have."""

    code = "transfers.too_many"
    title_zh = "您还有未完成的任务，请等它们完成后再试"
    title_en = "You have transfers under way; wait for them to end"


class TooManyRows(InvalidInput):
    """More rows than one workbook holds."""

    code = "transfers.too_many_rows"
    title_zh = "行数超过一个工作簿的上限，请缩小范围"
    title_en = "More rows than one workbook holds"


class NoLongerAllowed(Conflict):
    """The requester may not read these rows any more."""

    code = "transfers.no_longer_allowed"
    title_zh = "申请人已无权读取这些数据"
    title_en = "The requester may not read these rows any more"


class TransferBroken(Conflict):
    """The transfer stopped for a reason of the system's own, after several tries."""

    code = "transfers.broken"
    title_zh = "任务中断，请重新发起；若再次中断请联系管理员"
    title_en = "The transfer broke off; start it again"


class UnknownImporter(InvalidInput):
    """Rows of this kind cannot be brought in."""

    code = "transfers.unknown_kind"
    title_zh = "不支持导入这类数据"
    title_en = "Rows of this kind cannot be brought in"


class WrongStep(Conflict):
    """The import is at another step."""

    code = "transfers.wrong_step"
    title_zh = "导入任务不在这一步，请刷新后再试"
    title_en = "The import is at another step"


class MappingRefused(InvalidInput):
    """A field is unknown or missing, or a heading does not stand in the file."""

    code = "transfers.mapping_refused"
    title_zh = "列的对应关系有误"
    title_en = "The mapping of columns is not acceptable"


class UnreadableTable(InvalidInput):
    """The file is no table that can be read: damaged, of another kind, or without a heading."""

    code = "transfers.unreadable"
    title_zh = "读不出表格：请上传 xlsx 或 csv（UTF-8、GB18030），第一行非空行为表头"
    title_en = "No table can be read from the file"


class TableTooLarge(InvalidInput):
    """More rows, columns or unpacked bytes than an import takes."""

    code = "transfers.table_too_large"
    title_zh = "表格过大：每次最多 200,000 行、200 列"
    title_en = "The table is too large: at most 200,000 rows and 200 columns"
