"""The commands ``oss-c-sdk ls``, ``head`` and ``rm``; each function returns the exit status."""

from __future__ import annotations

import argparse

from oss._command.address import SCHEME, Address
from oss._command.client import Client
from oss._command.text import UsageError, printable
from oss.oss_api import (
    aos_list_init,
    oss_create_list_buckets_params,
    oss_delete_object,
    oss_delete_objects_by_prefix,
    oss_list_bucket,
)

__all__ = ["head", "ls", "rm"]


def ls(options: argparse.Namespace) -> int:
    """Lists buckets, or what is below a prefix."""
    address = None if options.source in (None, SCHEME) else Address.parse(options.source)
    with Client(options, address.bucket if address else None) as client:
        if address is None:
            return _buckets(client)
        for found in client.list(address, "" if options.recursive else "/"):
            size = "" if found.size is None else found.size
            print(f"{printable(found.last_modified):24}  {size:>14}  {Address(address.bucket, found.key)}")
    return 0


def _buckets(client: Client) -> int:
    options = client.request_options()
    params = oss_create_list_buckets_params(options.pool)
    more = True
    while more:
        client.check(oss_list_bucket(options, params, None), "listing the buckets")
        for bucket in params.bucket_list:
            made, place = printable(bucket.create_date), printable(bucket.location)
            print(f"{made:24}  {place:24}  {SCHEME}{printable(bucket.name)}")
        more = bool(params.truncated)
        params.marker = str(params.next_marker)
        aos_list_init(params.bucket_list)
    return 0


def head(options: argparse.Namespace) -> int:
    """Prints the headers of an object."""
    address = Address.parse(options.source).one_object()
    with Client(options, address.bucket) as client:
        status, headers = client.head(address)
        client.check(status, str(address))
        for name, value in headers.items():
            print(printable(f"{name}: {value}"))
    return 0


def rm(options: argparse.Namespace) -> int:
    """Deletes an object, or all below a prefix."""
    address = Address.parse(options.source)
    with Client(options, address.bucket) as client:
        if not options.recursive:
            address.one_object()
            status = oss_delete_object(client.request_options(), address.bucket, address.key, None)
            client.check(status, f"deleting {address}")
        elif not address.key and not options.all:
            raise UsageError(f"{address} is the whole bucket; --all deletes it all")
        else:
            status = oss_delete_objects_by_prefix(client.request_options(), address.bucket, address.key)
            client.check(status, f"deleting what is below {address}")
    if not options.quiet:
        print(f"deleted: {address}{'*' if options.recursive else ''}")
    return 0
