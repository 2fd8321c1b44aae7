"""Refusals at the door."""

from xiaoneng.kit.problems import AppError, Conflict, InvalidInput, TooManyRequests, Unavailable


class InvalidCredentials(AppError):
    """Login, password or code is wrong; which of them is not said."""

    code = "accounts.invalid_credentials"
    status = 401
    title_zh = "账号、密码或验证码不正确"
    title_en = "Login, password or code is not right"


class TotpRequired(AppError):
    """The password is right; the code of the second factor is missing."""

    code = "accounts.totp_required"
    status = 401
    title_zh = "请输入动态验证码"
    title_en = "The code of the second factor is required"


class Locked(AppError):
    """Too many failures; `Retry-After` says for how long. Names without an account are locked alike."""

    code = "accounts.locked"
    status = 423
    title_zh = "登录失败次数过多，账号已暂时锁定"
    title_en = "Locked after too many failures"


class SourceThrottled(TooManyRequests):
    """Too many failures from one address."""

    code = "accounts.source_throttled"
    title_zh = "该地址登录失败次数过多，请稍后再试"
    title_en = "Too many failures from this address"


class LoginBusy(Unavailable):
    """More logins wait than can be checked in time."""

    code = "accounts.login_busy"
    title_zh = "登录人数过多，请稍后再试"
    title_en = "Too many logins at once"


class RefreshInvalid(AppError):
    """There is no refresh token, it is unknown, or its session is over."""

    code = "accounts.refresh_invalid"
    status = 401
    title_zh = "登录已失效，请重新登录"
    title_en = "The session is over; log in again"


class RefreshReused(AppError):
    """The refresh token was used before: whoever holds a copy, the whole session is closed."""

    code = "accounts.refresh_reused"
    status = 401
    title_zh = "登录凭证被重复使用，会话已关闭，请重新登录"
    title_en = "The refresh token was used twice; the session is closed"


class EnrolmentRequired(AppError):
    """Staff must set up a second factor before anything else."""

    code = "accounts.enrolment_required"
    status = 403
    title_zh = "请先绑定动态验证码"
    title_en = "Set up the second factor first"


class NewPasswordRequired(AppError):
    """The password was set by somebody else and must be changed before anything else."""

    code = "accounts.new_password_required"
    status = 403
    title_zh = "请先修改初始密码"
    title_en = "Change the initial password first"


class WrongPassword(InvalidInput):
    """The current password is wrong."""

    code = "accounts.wrong_password"
    title_zh = "当前密码不正确"
    title_en = "The current password is not right"


class WeakPassword(InvalidInput):
    """The new password is too easy."""

    code = "accounts.weak_password"
    title_zh = "密码须为 10 至 128 个字符，含大写字母、小写字母、数字、符号中的三类，且不包含账号名"
    title_en = "A password has 10 to 128 characters of three of four kinds and does not contain the login"


class WrongCode(InvalidInput):
    """The code of the second factor is wrong or was used."""

    code = "accounts.wrong_code"
    title_zh = "动态验证码不正确或已被使用"
    title_en = "The code is not right or was used"


class AlreadyEnrolled(Conflict):
    """A second factor is set up; an administrator can reset it."""

    code = "accounts.already_enrolled"
    title_zh = "已绑定动态验证码，如需更换请联系系统管理员"
    title_en = "A second factor is set up already"


class NotEnrolling(Conflict):
    """There is no second factor waiting to be confirmed."""

    code = "accounts.not_enrolling"
    title_zh = "请先获取动态验证码密钥"
    title_en = "Ask for a secret first"


class LoginTaken(Conflict):
    """An account of this name exists, or the person has one."""

    code = "accounts.login_taken"
    title_zh = "账号名已被使用，或该人员已有账号"
    title_en = "The login is taken or the person has an account"


class KeyClosed(Conflict):
    """The key is revoked or has expired."""

    code = "accounts.key_closed"
    title_zh = "该密钥已吊销或已过期"
    title_en = "The key is revoked or has expired"
