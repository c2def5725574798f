"""Initialising the SDK, controllers, and sending a request (``aos_http_io.h``).

``aos_http_transport_create``, ``aos_http_transport_perform`` and the other variables of the header are attributes of
this module, looked up at each call: assign to them as ``aos_http_io.aos_http_transport_perform = f``.

Different from the C SDK:

* Initialising twice, deinitialising twice and never initialising are harmless: ``aos_http_io_initialize`` only sets
  the user agent and the defaults, which a program that forgot it has too. Deinitialising closes the idle connections;
  a log file that the caller opened stays open.
* Names that exist for libcurl's handles alone (``aos_request_get``, ``request_release``, ``request_release2``) do not
  exist: the default transport keeps the connections of the process.

What a parameter is, unless a function says otherwise:

:param ctl: controller: how requests are made, and how the last one went
:param req: request: method, host, headers, query and body
:param resp: answer: status, headers and body
:param buffer: the bytes, or room for them: a bytearray
:param len: how many bytes
:param op: the new defaults; they are shared, not copied
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from aos import aos_log, aos_transport
from aos._c.args import required
from aos._c.contract import check_arguments
from aos._c.fork import let_forks_wait
from aos._c.text import text_of
from aos._http.bodies import *
from aos.aos_buf import *
from aos.aos_define import *
from aos.aos_list import *
from aos.aos_string import aos_text_t
from aos.aos_transport import *

if not TYPE_CHECKING:  # a type checker follows the star imports, and cannot evaluate this
    __all__ = [
        "aos_http_controller_create",
        "aos_http_controller_get_reason",
        "aos_http_io_deinitialize",
        "aos_http_io_initialize",
        "aos_http_request_create",
        "aos_http_request_options_create",
        "aos_http_response_create",
        "aos_http_send_request",
        "aos_read_http_body_file",
        "aos_read_http_body_memory",
        "aos_set_default_request_options",
        "aos_set_default_transport_options",
        "aos_write_http_body_file",
        "aos_write_http_body_memory",
    ]
    __all__ += aos_transport.__all__

USER_AGENT_LENGTH = 254

aos_global_pool: aos_pool_t | None = None
aos_stderr_file: Any = None
aos_log.output_stands_in(sys.modules[__name__])
aos_http_transport_create = aos_curl_http_transport_create
aos_http_transport_perform = aos_curl_http_transport_perform


def aos_http_request_options_create(p: aos_pool_t | None) -> aos_http_request_options_t:
    """aos_http_request_options_t *aos_http_request_options_create(aos_pool_t *p)

    Returns request options with the defaults: 10 seconds to connect, at least 1024 bytes a second over 15 seconds, at
    most 1 GiB of a body in memory, CRC64, TLS verification and the environment's proxies on.
    """
    options = aos_http_request_options_t()
    options.speed_limit = AOS_MIN_SPEED_LIMIT
    options.speed_time = AOS_MIN_SPEED_TIME
    options.dns_cache_timeout = AOS_DNS_CACHE_TIMOUT
    options.connect_timeout = AOS_CONNECT_TIMEOUT
    options.max_memory_size = AOS_MAX_MEMORY_SIZE
    options.enable_crc = AOS_TRUE
    options.verify_ssl = AOS_TRUE
    options.verify_object_strict = AOS_TRUE
    options.use_env_proxy = AOS_TRUE
    return options


def _transport_options(user_agent_info: str | None) -> aos_http_transport_options_t:
    """Returns transport options whose user agent has ``user_agent_info`` in it."""
    options = aos_http_transport_options_t()
    options.user_agent = f"{AOS_VER}(Compatible {user_agent_info or 'Unknown'})"[:USER_AGENT_LENGTH]
    return options


aos_default_http_request_options = aos_http_request_options_create(None)
aos_default_http_transport_options = _transport_options(None)
aos_transport.default_options_from(lambda: aos_default_http_transport_options)


def aos_http_io_initialize(user_agent_info: aos_text_t, flag: int) -> int:
    """int aos_http_io_initialize(const char *user_agent_info, int flag)

    Initialises the SDK; to be called once, before anything else. ``user_agent_info``, if it is not NULL, is put into
    the User-Agent header; ``flag`` has no effect. Returns AOSE_OK.

    :param user_agent_info: goes into the User-Agent header; None for ``Unknown``
    :param flag: AOS_INIT_WINSOCK on Windows, else 0
    """
    global aos_global_pool, aos_default_http_request_options, aos_default_http_transport_options
    let_forks_wait()  # here, where there are no other threads yet
    if aos_global_pool is None:
        aos_global_pool = aos_pool_t()
        aos_pool_create(aos_global_pool, None)
    aos_default_http_request_options = aos_http_request_options_create(aos_global_pool)
    aos_default_http_transport_options = _transport_options(text_of(user_agent_info, "user_agent_info"))
    return AOSE_OK


def aos_http_io_deinitialize() -> None:
    """void aos_http_io_deinitialize(void)

    Closes the idle connections and destroys the global pool.
    """
    global aos_global_pool, aos_stderr_file
    client = sys.modules.get("aos._http.client")  # loaded by the first request; without one there is nothing to close
    if client is not None:
        client.close()
    aos_stderr_file = None
    aos_log.aos_log_set_output(None)
    if aos_global_pool is not None:
        aos_pool_destroy(aos_global_pool)
        aos_global_pool = None


def aos_set_default_request_options(op: aos_http_request_options_t) -> None:
    """void aos_set_default_request_options(aos_http_request_options_t *op)

    Makes ``op`` the request options that all controllers created from now on share.
    """
    global aos_default_http_request_options
    aos_default_http_request_options = required(op, aos_http_request_options_t, "op")


def aos_set_default_transport_options(op: aos_http_transport_options_t) -> None:
    """void aos_set_default_transport_options(aos_http_transport_options_t *op)

    Makes ``op`` the transport options of all requests made from now on.
    """
    global aos_default_http_transport_options
    aos_default_http_transport_options = required(op, aos_http_transport_options_t, "op")


def _open_pool(p: aos_pool_t | None) -> aos_pool_t:
    """Returns ``p``, or a new pool in place of NULL."""
    if p is not None:
        return p
    pool = aos_pool_t()
    aos_pool_create(pool, None)
    return pool


def aos_http_controller_create(p: aos_pool_t | None, owner: int) -> aos_http_controller_t:
    """aos_http_controller_t *aos_http_controller_create(aos_pool_t *p, int owner)

    Returns a controller that shares the process's default request options; give it options of its own with
    ``ctl.options = aos_http_request_options_create(p)``. A NULL pool becomes a new one.

    :param owner: a number kept for the caller; 0 will do
    """
    controller = aos_http_controller_ex_t()
    controller.pool = _open_pool(p)
    controller.owner = owner
    controller.options = aos_default_http_request_options
    return controller


def aos_http_controller_get_reason(ctl: aos_http_controller_t) -> str | None:
    """const char *aos_http_controller_get_reason(aos_http_controller_t *ctl)

    Returns the error text of the last request made with ``ctl``; None where it did not fail.
    """
    return ctl.reason if isinstance(ctl, aos_http_controller_ex_t) else None


def aos_http_request_create(p: aos_pool_t | None) -> aos_http_request_t:
    """aos_http_request_t *aos_http_request_create(aos_pool_t *p)

    Returns a GET request without headers, whose body is read from memory and empty.
    """
    request = aos_http_request_t()
    request.method = HTTP_GET
    request.headers = aos_table_t()
    request.query_params = aos_table_t()
    aos_list_init(request.body)
    request.type = BODY_IN_MEMORY
    request.pool = p
    request.read_body = aos_read_http_body_memory
    return request


def aos_http_response_create(p: aos_pool_t | None) -> aos_http_response_t:
    """aos_http_response_t *aos_http_response_create(aos_pool_t *p)

    Returns an answer to be filled, whose body is written to memory. Its status is -1 until an answer is received.
    """
    response = aos_http_response_t()
    response.status = -1
    response.headers = aos_table_t()
    aos_list_init(response.body)
    response.type = BODY_IN_MEMORY
    response.pool = p
    response.write_body = aos_write_http_body_memory
    return response


def aos_http_send_request(ctl: aos_http_controller_t, req: aos_http_request_t, resp: aos_http_response_t) -> int:
    """int aos_http_send_request(aos_http_controller_t *ctl, aos_http_request_t *req, aos_http_response_t *resp)

    Sends ``req`` and fills ``resp``. Returns AOSE_OK for any HTTP status, or the AOSE_* code of a failure, whose error
    text is then ``ctl.reason``.
    """
    transport = aos_http_transport_create(ctl.pool)
    transport.req, transport.resp = req, resp
    transport.controller = ctl  # type: ignore[assignment]  # all controllers are made as extended ones
    return aos_http_transport_perform(transport)


check_arguments(
    globals(),
    late=(
        "aos_http_request_create",
        "aos_http_response_create",
        "aos_http_send_request",
    ),
)
