"""Live channels (``oss_live.c``): the part of ``oss_api.h`` about streams pushed by RTMP and played by HLS.

Different from the C SDK: the name of a channel must not be empty, which would address the bucket.
"""

from __future__ import annotations

from aos import aos_http_io
from aos._c.text import text_of
from aos.aos_list import *
from aos.aos_status import *
from oss._call.api import Call, api, valid_name
from oss._request.errors import require
from oss.oss_auth import oss_get_rtmp_signed_url
from oss.oss_util import *
from oss.oss_xml import *

__all__ = [
    "oss_create_live_channel",
    "oss_delete_live_channel",
    "oss_gen_rtmp_signed_url",
    "oss_gen_vod_play_list",
    "oss_get_live_channel_history",
    "oss_get_live_channel_info",
    "oss_get_live_channel_stat",
    "oss_list_live_channel",
    "oss_put_live_channel_status",
]


@api
def oss_create_live_channel(
    options: oss_request_options_t,
    bucket: aos_text_t,
    config: oss_live_channel_configuration_t,
    publish_url_list: aos_list_t | None,
    play_url_list: aos_list_t | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_create_live_channel(const oss_request_options_t *options, const aos_string_t *bucket,
    oss_live_channel_configuration_t *config, aos_list_t *publish_url_list, aos_list_t *play_url_list, aos_table_t
    **resp_headers)

    Creates or replaces the channel ``config.name``; where to push and to play is appended to the lists. Returns a
    status: that of the service's answer, or a negative AOSE_* code for what failed on this side.

    :param config: settings of the channel, its name among them
    :param publish_url_list: gets the addresses to push to, ``oss_live_channel_publish_url_t``
    :param play_url_list: gets the addresses to play from, ``oss_live_channel_play_url_t``
    """
    call = _channel(options, HTTP_PUT, bucket, valid_name("live_channel", config.name)).document(
        build_create_live_channel_body, config
    )
    return call.parse(resp_headers, oss_create_live_channel_parse_from_body, publish_url_list, play_url_list)


@api
def oss_put_live_channel_status(
    options: oss_request_options_t,
    bucket: aos_text_t,
    live_channel: aos_text_t,
    live_channel_status: aos_text_t,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_put_live_channel_status(const oss_request_options_t *options, const aos_string_t *bucket, const
    aos_string_t *live_channel, const aos_string_t *live_channel_status, aos_table_t **resp_headers)

    Sets a channel's status: ``enabled`` or ``disabled``. Returns a status: that of the service's answer, or a negative
    AOSE_* code for what failed on this side.

    :param live_channel_status: ``enabled`` or ``disabled``
    """
    call = _channel(options, HTTP_PUT, bucket, live_channel)
    return call.query((OSS_LIVE_CHANNEL_STATUS, live_channel_status)).send(resp_headers)


@api
def oss_get_live_channel_info(
    options: oss_request_options_t,
    bucket: aos_text_t,
    live_channel: aos_text_t,
    info: oss_live_channel_configuration_t | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_get_live_channel_info(const oss_request_options_t *options, const aos_string_t *bucket, const
    aos_string_t *live_channel, oss_live_channel_configuration_t *info, aos_table_t **resp_headers)

    Gets the configuration of a channel; ``info.name`` becomes ``live_channel``. Returns a status: that of the service's
    answer, or a negative AOSE_* code for what failed on this side.

    :param info: gets the channel's settings
    """

    def parse(p: aos_pool_t | None, bc: aos_list_t, into: oss_live_channel_configuration_t | None) -> int:
        if into is not None:
            into.name = live_channel
        return oss_live_channel_info_parse_from_body(p, bc, into)

    return _channel(options, HTTP_GET, bucket, live_channel).parse(resp_headers, parse, info)


@api
def oss_get_live_channel_stat(
    options: oss_request_options_t,
    bucket: aos_text_t,
    live_channel: aos_text_t,
    stat: oss_live_channel_stat_t | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_get_live_channel_stat(const oss_request_options_t *options, const aos_string_t *bucket, const
    aos_string_t *live_channel, oss_live_channel_stat_t *stat, aos_table_t **resp_headers)

    Gets whether a stream is being pushed, from where, and what its video and audio are. Returns a status: that of the
    service's answer, or a negative AOSE_* code for what failed on this side.

    :param stat: gets the stream's state
    """
    call = _channel(options, HTTP_GET, bucket, live_channel).query((OSS_COMP, OSS_LIVE_CHANNEL_STAT))
    return call.parse(resp_headers, oss_live_channel_stat_parse_from_body, stat)


@api
def oss_delete_live_channel(
    options: oss_request_options_t,
    bucket: aos_text_t,
    live_channel: aos_text_t,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_delete_live_channel(const oss_request_options_t *options, const aos_string_t *bucket, const
    aos_string_t *live_channel, aos_table_t **resp_headers)

    Deletes a channel; what was recorded stays. Returns a status: that of the service's answer, or a negative AOSE_*
    code for what failed on this side.
    """
    return _channel(options, HTTP_DELETE, bucket, live_channel).send(resp_headers)


@api
def oss_list_live_channel(
    options: oss_request_options_t,
    bucket: aos_text_t,
    params: oss_list_live_channel_params_t,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_list_live_channel(const oss_request_options_t *options, const aos_string_t *bucket,
    oss_list_live_channel_params_t *params, aos_table_t **resp_headers)

    Lists a page of a bucket's channels, which are appended to ``params.live_channel_list``. While ``params.truncated``,
    the next page follows ``params.next_marker``. Returns a status: that of the service's answer, or a negative AOSE_*
    code for what failed on this side.

    :param params: what to list; gets the page
    """
    call = Call.bucket(options, HTTP_GET, bucket, OSS_LIVE_CHANNEL)
    call.query((OSS_PREFIX, params.prefix), (OSS_MARKER, params.marker), (OSS_MAX_KEYS, params.max_keys))
    found = (params.live_channel_list, params.next_marker)
    return call.parse_page(resp_headers, oss_list_live_channel_parse_from_body, params, *found)


@api
def oss_get_live_channel_history(
    options: oss_request_options_t,
    bucket: aos_text_t,
    live_channel: aos_text_t,
    live_record_list: aos_list_t | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_get_live_channel_history(const oss_request_options_t *options, const aos_string_t *bucket,
    const aos_string_t *live_channel, aos_list_t *live_record_list, aos_table_t **resp_headers)

    Gets when a stream was pushed lately, and from where; the records are appended to the list. Returns a status: that
    of the service's answer, or a negative AOSE_* code for what failed on this side.

    :param live_record_list: gets the pushes, ``oss_live_record_content_t``
    """
    call = _channel(options, HTTP_GET, bucket, live_channel).query((OSS_COMP, OSS_LIVE_CHANNEL_HISTORY))
    return call.parse(resp_headers, oss_live_channel_history_parse_from_body, live_record_list)


@api
def oss_gen_vod_play_list(
    options: oss_request_options_t,
    bucket: aos_text_t,
    live_channel: aos_text_t,
    play_list_name: aos_text_t,
    start_time: int,
    end_time: int,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_gen_vod_play_list(const oss_request_options_t *options, const aos_string_t *bucket, const
    aos_string_t *live_channel, const aos_string_t *play_list_name, const int64_t start_time, const int64_t end_time,
    aos_table_t **resp_headers)

    Makes the playlist ``<live_channel>/<play_list_name>`` of what was recorded from ``start_time`` to ``end_time``, in
    seconds since 1970. Returns a status: that of the service's answer, or a negative AOSE_* code for what failed on
    this side.

    :param start_time: from when, seconds since the epoch
    :param end_time: until when, seconds since the epoch
    """
    name = require(text_of(play_list_name), "play_list_name")
    call = Call.object(options, HTTP_POST, bucket, f"{text_of(live_channel)}/{name}")
    call.query((OSS_LIVE_CHANNEL_VOD, ""), (OSS_LIVE_CHANNEL_START_TIME, start_time))
    call.query((OSS_LIVE_CHANNEL_END_TIME, end_time))
    return call.header(OSS_CONTENT_TYPE, OSS_MULTIPART_CONTENT_TYPE).send(resp_headers)


@api
def oss_gen_rtmp_signed_url(
    options: oss_request_options_t,
    bucket: aos_text_t,
    live_channel: aos_text_t,
    play_list_name: aos_text_t,
    expires: int,
) -> str | None:
    """char *oss_gen_rtmp_signed_url(const oss_request_options_t *options, const aos_string_t *bucket, const
    aos_string_t *live_channel, const aos_string_t *play_list_name, const int64_t expires)

    Returns the URL to push a stream to until ``expires``, in seconds since 1970; None for what cannot be signed. The
    names are not checked.
    """
    url, req = aos_string_t(), aos_http_io.aos_http_request_create(options.pool)
    oss_get_rtmp_uri(options, bucket, live_channel, req)
    code = oss_get_rtmp_signed_url(options, req, str(expires), play_list_name, None, url)
    return url.data if code == AOSE_OK else None


def _channel(options: oss_request_options_t, method: int, bucket: aos_text_t, live_channel: aos_text_t) -> Call:
    """Returns a request about a live channel."""
    return Call.object(options, method, bucket, live_channel).query((OSS_LIVE_CHANNEL, ""))
