"""Makes calls of the SDK according to the options and the settings."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from aos.apr_strings import apr_psprintf
from oss._call.api import Call, api
from oss._command.address import Address
from oss._command.failures import describe
from oss._command.progress import Progress
from oss._command.settings import Settings, resolve
from oss._command.text import Failure, printable
from oss.oss_api import (
    AOS_LOG_DEBUG,
    AOS_LOG_OFF,
    AOS_LOG_WARN,
    HTTP_GET,
    OSS_DELIMITER,
    OSS_MARKER,
    OSS_MAX_KEYS,
    OSS_PREFIX,
    aos_atoi64,
    aos_http_controller_create,
    aos_http_io_deinitialize,
    aos_http_io_initialize,
    aos_http_request_options_create,
    aos_list_init,
    aos_list_t,
    aos_log_set_format,
    aos_log_set_level,
    aos_pool_t,
    aos_status_is_ok,
    aos_status_t,
    aos_table_t,
    aos_text_t,
    oss_config_create,
    oss_config_resolve,
    oss_config_t,
    oss_create_list_object_params,
    oss_create_resumable_clt_params_content,
    oss_head_object,
    oss_list_object_params_t,
    oss_request_options_create,
    oss_request_options_t,
    oss_resumable_clt_params_t,
    oss_resumable_download_file,
    oss_resumable_upload_file,
)
from oss.oss_xml import oss_list_objects_parse_from_body

__all__ = ["Client", "Done", "Found", "Transfer"]

USER_AGENT = "command"
BITS = 8


class Found(NamedTuple):
    """An object of a listing, or a common prefix, which has no size."""

    key: str
    size: int | None
    last_modified: str


class Done(NamedTuple):
    """The outcome of a call: its status, and the headers of the answer."""

    status: aos_status_t
    headers: aos_table_t


class Transfer(NamedTuple):
    """One object and one file; ``threads`` is how many connections it may have."""

    address: Address
    path: str
    threads: int
    on_progress: Callable[[int, int], object]
    pool: aos_pool_t


class Client:
    """The SDK as the commands use it; a context manager: the SDK is initialised while it is entered."""

    def __init__(self, options: argparse.Namespace, bucket: str | None = None) -> None:
        self.options = options
        self.settings: Settings = resolve(options, bucket)
        self.display: Progress | None = None
        if not options.quiet:
            for text in self.settings.warnings:
                self.warn(text)
        self.settings.check()
        self.config = self._config()

    def __enter__(self) -> Client:
        aos_http_io_initialize(USER_AGENT, 0)
        aos_log_set_level(
            AOS_LOG_OFF if self.options.quiet else AOS_LOG_DEBUG if self.options.verbose else AOS_LOG_WARN
        )
        if not self.options.verbose:
            aos_log_set_format(self._log)
        return self

    def __exit__(self, *_: object) -> None:
        aos_http_io_deinitialize()

    def _log(self, level: int, _file: str, _line: int, _function: str, fmt: str, *args: object) -> None:
        if level == AOS_LOG_WARN:  # errors are also returned as a status, and reported from there
            self.warn(apr_psprintf(None, fmt, *args))

    def warn(self, text: str) -> None:
        """Prints a warning on standard error, above the progress bar if there is one."""
        line = f"warning: {printable(text.strip())}"
        if self.display is not None:
            self.display.note(line)
        else:
            print(line, file=sys.stderr, flush=True)

    # ---- how requests are made ----

    def request_options(self, pool: aos_pool_t | None = None) -> oss_request_options_t:
        """Request options for one call, or for several in sequence."""
        options, config = self.options, self.config
        made = oss_request_options_create(pool)
        made.config = config
        made.ctl = aos_http_controller_create(made.pool, 0)
        how = made.ctl.options = aos_http_request_options_create(made.pool)
        how.verify_ssl, how.ca_file = int(not options.insecure), options.ca_file
        how.connect_timeout = options.connect_timeout or how.connect_timeout
        made.retry_times = getattr(options, "retry", 0)  # of every request, also of a listing or a comparison before
        if self.settings.proxy:
            oss_config_resolve(made.pool, config, made.ctl)
        elif self.settings.value("proxy") is not None:
            how.proxy_host = ""  # none, whatever the environment says
        return made

    def _config(self) -> oss_config_t:
        """The configuration that all requests share, and so the keys of now."""
        value, config = self.settings.value, oss_config_create(None)
        config.endpoint, config.region = value("endpoint"), value("region")
        config.access_key_id, config.access_key_secret = value("access_key_id"), value("access_key_secret")
        config.sts_token = value("session_token")
        config.credentials_callback = self.settings.renew
        config.signature_version, config.is_cname = self.settings.signature, int(self.settings.cname)
        if proxy := self.settings.proxy:
            config.proxy_host = proxy.place
            config.proxy_user, config.proxy_passwd = proxy.user or None, proxy.password or None
        return config

    def headers(self) -> aos_table_t:
        """The headers that the user wants to be sent, and that of the rate limit."""
        table = _table(self.options.header)
        if getattr(self.options, "limit_rate", None):
            table.add("x-oss-traffic-limit", str(self.options.limit_rate * BITS))
        return table

    def _clt_params(self, threads: int) -> oss_resumable_clt_params_t:
        options, record = self.options, not self.options.no_checkpoint
        made = oss_create_resumable_clt_params_content(
            None, options.part_size, threads, int(record), options.checkpoint
        )
        made.verify_file, made.durable = (int(getattr(options, name, False)) for name in ("verify", "durable"))
        made.parts_per_request = getattr(options, "parts_per_request", 1)
        return made

    # ---- calls ----

    def download(self, what: Transfer) -> Done:
        return self._transfer(oss_resumable_download_file, what)

    def upload(self, what: Transfer) -> Done:
        body = aos_list_t()
        aos_list_init(body)
        return self._transfer(oss_resumable_upload_file, what, body)

    def _transfer(self, function: Callable[..., aos_status_t], what: Transfer, *more: object) -> Done:
        """Makes a resumable call; both directions have the same parameters, but for ``more`` at the end."""
        options, (bucket, key), headers = self.request_options(what.pool), what.address, aos_table_t()
        params, how = _table(getattr(self.options, "param", ())), self._clt_params(what.threads)
        status = function(
            options, bucket, key, what.path, self.headers(), params, how, what.on_progress, headers, *more
        )
        return Done(status, headers)

    def head(self, address: Address) -> Done:
        headers = aos_table_t()
        given = _table(self.options.header)
        return Done(oss_head_object(self.request_options(), address.bucket, address.key, given, headers), headers)

    def list(self, address: Address, delimiter: str = "") -> Iterator[Found]:
        """The objects and common prefixes below a prefix, in the order of the keys. Raises Failure."""
        options = self.request_options()
        params = oss_create_list_object_params(options.pool)
        params.prefix, params.delimiter = address.key, delimiter
        while params.truncated:
            status = _list_page(options, address.bucket, params)
            self.check(status, f"listing {address}")
            found = [
                Found(str(one.key), aos_atoi64(str(one.size)), str(one.last_modified)) for one in params.object_list
            ]
            found += [Found(str(one.prefix), None, "") for one in params.common_prefix_list]
            yield from sorted(found, key=lambda one: one.key.encode(errors="surrogatepass"))
            if params.truncated and str(params.next_marker) in ("", str(params.marker)):
                raise Failure(f"listing {address}: the service says that there is more, but not where")
            params.marker = str(params.next_marker)
            aos_list_init(params.object_list)
            aos_list_init(params.common_prefix_list)

    @staticmethod
    def check(status: aos_status_t, what: str) -> None:
        """Raises Failure, unless the status is a success."""
        if not aos_status_is_ok(status):
            raise Failure(describe(what, status))


@api
def _list_page(options: oss_request_options_t, bucket: aos_text_t, params: oss_list_object_params_t) -> aos_status_t:
    """Lists objects like ``oss_list_object``, but with keys URL-encoded, as XML cannot hold every key unchanged."""
    call = Call.bucket(options, HTTP_GET, bucket)
    call.query((OSS_PREFIX, params.prefix), (OSS_DELIMITER, params.delimiter), (OSS_MARKER, params.marker))
    call.query((OSS_MAX_KEYS, params.max_ret), ("encoding-type", "url"))
    found = (params.object_list, params.common_prefix_list, params.next_marker)
    return call.parse_page(None, oss_list_objects_parse_from_body, params, *found)


def _table(pairs: Iterable[tuple[str, str]]) -> aos_table_t:
    table = aos_table_t()
    for name, value in pairs:
        table.add(name, value)
    return table
