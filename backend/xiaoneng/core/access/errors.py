"""Refusals."""

from xiaoneng.kit.problems import AppError


class NotAuthenticated(AppError):
    """Nobody, or somebody whose token is no longer good."""

    code = "access.not_authenticated"
    status = 401
    title_zh = "请先登录"
    title_en = "Please log in"

    def __init__(self) -> None:
        super().__init__(headers={"WWW-Authenticate": "Bearer"})


class PermissionDenied(AppError):
    """The function is not the caller's."""

    code = "access.permission_denied"
    status = 403
    title_zh = "您没有进行这一操作的权限"
    title_en = "You may not do this"
