"""The words of access control."""

from enum import StrEnum


class Role(StrEnum):
    """The subjects of the authorization matrix. Roles come from posts and bodies, and end with them."""

    LGO = "LGO"
    """领导小组办公室 office of the leading group"""
    LGL = "LGL"
    """its leader, who approves"""
    INS = "INS"
    """明察暗访组 inspection group"""
    ACC = "ACC"
    """追责问责组 accountability group"""
    UHD = "UHD"
    """一把手 head of a unit"""
    ULN = "ULN"
    """联络员 liaison of a unit"""
    HDL = "HDL"
    """承办人 handler"""
    HOP = "HOP"
    """话务员 hotline operator"""
    HSY = "HSY"
    """12345 system, a machine key"""
    MON = "MON"
    """效能监督员 monitor"""
    AUD = "AUD"
    """business auditor, reads only"""
    SYS = "SYS"
    """系统管理员 system administrator"""
    SEC = "SEC"
    """安全管理员 security administrator"""
    AUA = "AUA"
    """审计管理员 audit administrator"""


class Relation(StrEnum):
    """How far a grant reaches: the region, the post's subtree, by name, made by oneself, or the hotline's desk."""

    JURISDICTION = "jurisdiction"
    UNIT = "unit"
    ASSIGNED = "assigned"
    OWN = "own"
    DESK = "desk"


class Audit(StrEnum):
    """What a route leaves behind."""

    NONE = "none"
    CHANGE = "change"
    READ_SENSITIVE = "read_sensitive"
