"""Refusals of notifications."""

from xiaoneng.kit.problems import TooManyRequests


class TooManyStreams(TooManyRequests):
    """An account follows the live stream in too many places."""

    code = "notifications.too_many_streams"
    title_zh = "实时连接过多，请关闭其他页面"
    title_en = "Too many live connections, please close other pages"
