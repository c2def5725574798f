"""The user's service: how it is reached, and the buckets that are used there."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from oss._command.settings import resolve
from oss._command.text import UsageError
from oss.oss_api import (
    oss_abort_multipart_upload,
    oss_create_bucket,
    oss_create_list_live_channel_params,
    oss_create_list_multipart_upload_params,
    oss_create_list_object_params,
    oss_delete_bucket,
    oss_delete_live_channel,
    oss_delete_object,
    oss_list_live_channel,
    oss_list_multipart_upload,
    oss_list_object,
)
from oss.tools.crosscheck.replay import build
from oss.tools.crosscheck.scene import BUCKET, KEY

__all__ = ["Account"]

OTHER = "crosscheck-other"
"""The name of a second bucket in the tables of calls."""
SIGNATURES = {"v1": 1, "v4": 4}
CREATED, NOT_THERE = 200, 404


@dataclass
class Account:
    """A service with the user's settings. ``bucket`` and ``key`` are an object that is read; in a bucket for
    ``writing`` everything is done. ``owned``: that bucket was made here, and is removed at the end."""

    config: dict[str, Any]
    has_tls: bool
    bucket: str
    key: str
    writing: bool
    owned: bool = False

    @classmethod
    def of(cls, options: argparse.Namespace) -> Account:
        """The service that the options and the environment name, as the command reads them. UsageError."""
        bucket = options.write or options.bucket
        settings = resolve(
            argparse.Namespace(
                endpoint=options.endpoint,
                cname=False,
                **dict.fromkeys(("region", "proxy", "credentials_command", "config", "profile", "signature")),
            ),
            bucket,
        ).check()
        keys = [settings.value(name) for name in ("access_key_id", "access_key_secret", "session_token")]
        if settings.value("credentials_command") and settings.renew:
            keys = [*settings.renew()[:3]]
        scheme, _, place = (settings.value("endpoint") or "").partition("://")
        config = {"endpoint": f"http://{place}", "access_key_id": keys[0], "access_key_secret": keys[1]}
        config |= {"region": settings.value("region")} if settings.value("region") else {}
        config |= {"sts_token": keys[2]} if keys[2] else {}
        return cls(config, scheme == "https", bucket, options.key, bool(options.write))

    @property
    def signatures(self) -> tuple[str, ...]:
        """The versions with which requests can be signed: the fourth one needs a region."""
        return ("v1", "v4") if self.config.get("region") else ("v1",)

    @property
    def secrets(self) -> list[str]:
        """What is shown nowhere."""
        return [text for name in ("access_key_secret", "sts_token") if (text := self.config.get(name))]

    def name_of(self, bucket: str) -> str:
        """The bucket that stands for one of the tables."""
        return {BUCKET: self.bucket, OTHER: f"{self.bucket}-other"}.get(bucket, bucket)

    def key_of(self, key: Any) -> Any:
        """The key that stands for one of the tables."""
        return key if self.writing or key != KEY else self.key

    def options(self, port: int) -> Any:
        """Options for calls through the relay at a port, signed with the newest version there is."""
        return build.options(build.new_pool(), {"config": self.reached(port, self.signatures[-1])})

    def reached(self, port: int, signature: str) -> dict[str, Any]:
        """The configuration with which calls reach the service through the relay."""
        via = {"proxy_host": "127.0.0.1", "proxy_port": port, "signature_version": SIGNATURES[signature]}
        return self.config | via

    def prepare(self, port: int) -> None:
        """Makes sure that the bucket for writing is there, and that nothing of the user's is in its way. UsageError."""
        if not self.writing:
            return
        options = self.options(port)
        if self._is_there(options, self.bucket):
            return
        if self._is_there(options, self.name_of(OTHER)):
            raise UsageError(f"there is a bucket {self.name_of(OTHER)}, which --write {self.bucket} would create")
        created = oss_create_bucket(options, self.bucket, 0, None)
        if created.code != CREATED:
            raise UsageError(f"the bucket {self.bucket} cannot be created: {created.code} {created.error_code}")
        self.owned = True

    def _is_there(self, options: Any, bucket: str) -> bool:
        """Whether there is a bucket; nothing may be in it. UsageError."""
        params = oss_create_list_object_params(None)
        found = oss_list_object(options, bucket, params, None)
        if found.code not in (CREATED, NOT_THERE):
            raise UsageError(f"the bucket {bucket} cannot be listed: {found.code} {found.error_code}")
        if list(params.object_list):
            raise UsageError(f"the bucket {bucket} is not empty; --write wants one that is, or is not there")
        return bool(found.code == CREATED)

    def clean(self, port: int, thoroughly: bool = False) -> None:
        """Removes what calls have left. ``thoroughly``: also the settings of the bucket, by making it anew."""
        if not self.writing:
            return
        options = self.options(port)
        _emptied(options, self.bucket)
        if self.owned:
            _removed(options, self.name_of(OTHER))
        if self.owned and thoroughly:
            _removed(options, self.bucket)
            oss_create_bucket(options, self.bucket, 0, None)

    def leave(self, port: int) -> None:
        """Removes everything that was created."""
        self.clean(port)
        if self.owned:
            _removed(self.options(port), self.bucket)


def _removed(options: Any, bucket: str) -> None:
    """Removes a bucket and all in it, if it is there."""
    _emptied(options, bucket)
    oss_delete_bucket(options, bucket, None)


def _emptied(options: Any, bucket: str) -> None:
    """Removes the objects, unfinished uploads and live channels of a bucket."""
    for key in _keys(lambda params: oss_list_object(options, bucket, params, None), oss_create_list_object_params):
        oss_delete_object(options, bucket, key, None)
    made = oss_create_list_multipart_upload_params
    while oss_list_multipart_upload(options, bucket, uploads := made(None), None).code == 200:
        for upload in uploads.upload_list:
            oss_abort_multipart_upload(options, bucket, upload.key, upload.upload_id, None)
        if not list(uploads.upload_list):
            break
    channels = oss_create_list_live_channel_params(None)
    if oss_list_live_channel(options, bucket, channels, None).code == 200:
        for channel in channels.live_channel_list:
            oss_delete_live_channel(options, bucket, channel.name, None)


def _keys(listed: Callable[[Any], Any], made: Callable[[Any], Any]) -> Iterator[str]:
    """The keys in a bucket, page by page, until a page is empty: what was yielded is deleted meanwhile."""
    while listed(params := made(None)).code == 200:
        keys = [one.key.data for one in params.object_list]
        yield from keys
        if not keys:
            return
