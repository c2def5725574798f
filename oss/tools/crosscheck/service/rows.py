"""Which calls of the tables can be made against a service of the user's, and how they are fitted to it."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatch

from oss.tools.crosscheck.cases import GROUPS
from oss.tools.crosscheck.scene import BUCKET, KEY, Call, Row, Scene, Stored
from oss.tools.crosscheck.service.account import OTHER, Account

__all__ = ["changes_settings", "fitting"]

READING = ("oss_get_", "oss_do_get_", "oss_head_", "oss_list_", "oss_gen_", "oss_resumable_download_")
SELECTING = "select_object_to_"
PURE = "oss_gen_"
"""Functions that send nothing."""
SERVICE = "service"
"""How the service is addressed, in the names of calls."""


def fitting(account: Account, only: str) -> Iterator[Scene]:
    """The calls that can be made with an account, and whose id matches."""
    for group, rows in GROUPS.items():
        for row in rows:
            if _fits_everywhere(row) and (_writes_well(row, account) if account.writing else _reads(row)):
                for signature in (one for one in row.signatures if one in account.signatures):
                    name = f"{group}/{row.function.removeprefix('oss_')}.{row.what}.{signature}.{SERVICE}"
                    if fnmatch(name, only):
                        yield Scene(name, row, signature, SERVICE)


def _fits_everywhere(row: Row) -> bool:
    """Whether a call needs neither faults, nor a key or an address that only the local server has."""
    return not row.faults and not row.config and not {"cname", "proxy"} & {*row.addresses}


def _reads(row: Row) -> bool:
    """Whether a call changes nothing, and needs no more than an object, or a bucket as it is."""
    named = {name for name in ("bucket", "source_bucket") if row.args.get(name, BUCKET) != BUCKET}
    if named or not (row.function.startswith(READING) or SELECTING in row.function):
        return False
    return all(
        step.key == KEY if isinstance(step, Stored) else step.function.startswith(PURE)
        for step in row.before
        if not row.function.startswith("oss_list_object")
    ) and not any(isinstance(step, Call) and "object" in step.args for step in row.before)


def changes_settings(row: Row) -> bool:
    """Whether a call, or one before it, is about a bucket itself or its settings, which it changes."""
    functions = [row.function, *(step.function for step in row.before if isinstance(step, Call))]
    return any("_bucket" in name and ("put_" in name or "create_" in name or "delete_" in name) for name in functions)


def _writes_well(row: Row, account: Account) -> bool:
    """Whether a call can be made in the bucket for writing: in one that was there before, its settings stay."""
    touches = changes_settings(row) or row.args.get("bucket") == OTHER
    return account.owned or not touches
