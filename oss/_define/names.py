"""The service's words for the numbers of the C API: ACLs, storage classes, restore tiers."""

from __future__ import annotations

from aos._c.contract import check_arguments
from oss._define.constants import (
    OSS_ACL_DEFAULT,
    OSS_ACL_PRIVATE,
    OSS_ACL_PUBLIC_READ,
    OSS_ACL_PUBLIC_READ_WRITE,
    OSS_STORAGE_CLASS_ARCHIVE,
    OSS_STORAGE_CLASS_COLD_ARCHIVE,
    OSS_STORAGE_CLASS_IA,
    OSS_STORAGE_CLASS_STANDARD,
    OSS_TIER_BULK,
    OSS_TIER_EXPEDITED,
    OSS_TIER_STANDARD,
)

__all__ = ["get_oss_acl_str", "get_oss_storage_class_str", "get_oss_tier_type_str"]

_ACL = {
    OSS_ACL_PRIVATE: "private",
    OSS_ACL_PUBLIC_READ: "public-read",
    OSS_ACL_PUBLIC_READ_WRITE: "public-read-write",
    OSS_ACL_DEFAULT: "default",
}
_STORAGE_CLASS = {
    OSS_STORAGE_CLASS_STANDARD: "Standard",
    OSS_STORAGE_CLASS_IA: "IA",
    OSS_STORAGE_CLASS_ARCHIVE: "Archive",
    OSS_STORAGE_CLASS_COLD_ARCHIVE: "ColdArchive",
}
_TIER = {OSS_TIER_EXPEDITED: "Expedited", OSS_TIER_STANDARD: "Standard", OSS_TIER_BULK: "Bulk"}


def get_oss_acl_str(oss_acl: int) -> str | None:
    """const char *get_oss_acl_str(oss_acl_e oss_acl)

    Returns the service's word for an ACL, such as ``public-read``; None for a number that is none.
    """
    return _ACL.get(oss_acl)


def get_oss_storage_class_str(storage_class: int) -> str | None:
    """const char *get_oss_storage_class_str(oss_storage_class_type_e storage_class)

    Returns the service's word for a storage class, such as ``Standard``; None for a number that is none.

    :param storage_class: how the objects of a bucket are stored
    """
    return _STORAGE_CLASS.get(storage_class)


def get_oss_tier_type_str(tier: int) -> str | None:
    """const char *get_oss_tier_type_str(oss_tier_type_e tier)

    Returns the service's word for a restore tier, such as ``Bulk``; None for a number that is none.

    :param tier: how fast an object is restored
    """
    return _TIER.get(tier)


check_arguments(globals())
