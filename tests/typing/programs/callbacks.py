"""Callbacks: functions that take something else than they are given."""

from oss.oss_api import *

options = oss_request_options_create(None)


def show(consumed_bytes: int, total_bytes: int) -> None:
    print(consumed_bytes, total_bytes)


def show_one(consumed_bytes: int) -> None:
    print(consumed_bytes)


def show_texts(consumed_bytes: str, total_bytes: str) -> None:
    print(consumed_bytes + total_bytes)


oss_do_get_object_to_file(options, "b", "k", None, None, "f", show, None)
oss_do_get_object_to_file(options, "b", "k", None, None, "f", show_one, None)  # error: arg-type, reportArgumentType
oss_do_get_object_to_file(options, "b", "k", None, None, "f", show_texts, None)  # error: arg-type, reportArgumentType
oss_do_get_object_to_file(options, "b", "k", None, None, "f", "show", None)  # error: arg-type, reportArgumentType
