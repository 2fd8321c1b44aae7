"""Refusals."""

from xiaoneng.kit.problems import AppError, BadRequest, Conflict, InvalidInput, Unavailable


class FileTooLarge(AppError):
    """The upload is larger than a deployment allows; the rest of it was not read."""

    code = "files.too_large"
    status = 413
    title_zh = "文件过大"
    title_en = "The file is too large"


class TypeRefused(InvalidInput):
    """The content is not of an accepted kind, does not match the name's ending, or carries something active."""

    code = "files.type_refused"
    title_zh = "不接受这种文件：请上传图片、PDF、Word、Excel、文本、MP4 或 MP3，且内容与扩展名一致、不含宏"
    title_en = "This kind of file is not accepted, or its content does not match its name"


class NotAnUpload(BadRequest):
    """The request is not a multipart form with exactly one file in the field `file`."""

    code = "files.not_an_upload"
    title_zh = "请以 multipart/form-data 上传一个名为 file 的文件"
    title_en = "Send multipart/form-data with exactly one file in the field `file`"


class NotAttachable(InvalidInput):
    """A file is unknown, somebody else's, or belongs to another object already."""

    code = "files.not_attachable"
    title_zh = "附件不存在、不是您上传的，或已用于其他事项"
    title_en = "A file is unknown, not yours, or in use elsewhere"


class NotCleanable(Conflict):
    """A photograph or film whose boxes do not fit: it might tell place or device, so no copy of it is given away."""

    code = "files.not_cleanable"
    title_zh = "文件结构异常，无法去除其中的位置和设备信息，不能下载；请重新拍摄或转换格式后上传"
    title_en = "The file is malformed: what it tells of place and device cannot be taken out"


class ContentMissing(Unavailable):
    """The row is there, its content cannot be read from the store."""

    code = "files.content_missing"
    title_zh = "文件内容暂时无法读取"
    title_en = "The file's content cannot be read at the moment"
