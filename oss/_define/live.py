"""The structs of ``oss_define.h`` for live channels; programs take them from ``oss.oss_define``."""

from __future__ import annotations

from aos._c.lists import list_field, node_field
from aos._c.strings import string_field
from aos._c.structs import CStruct, int32_field, int_field, struct_field

__all__ = [
    "oss_audio_stat_t",
    "oss_list_live_channel_params_t",
    "oss_live_channel_configuration_t",
    "oss_live_channel_content_t",
    "oss_live_channel_play_url_t",
    "oss_live_channel_publish_url_t",
    "oss_live_channel_stat_t",
    "oss_live_channel_target_t",
    "oss_live_record_content_t",
    "oss_video_stat_t",
]


class oss_live_channel_target_t(CStruct):
    """``oss_live_channel_target_t``: how a live channel is stored."""

    type = string_field()
    """how the stream is stored; HLS"""
    frag_duration = int32_field()
    """length of a fragment in seconds"""
    frag_count = int32_field()
    """fragments in a playlist"""
    play_list_name = string_field()
    """name of the playlist, ending in ``.m3u8``"""


class oss_live_channel_configuration_t(CStruct):
    """``oss_live_channel_configuration_t``: a live channel."""

    name = string_field()
    """name of the channel"""
    description = string_field()
    """free text, up to 128 bytes"""
    status = string_field()
    """whether streams are taken: enabled or disabled"""
    target = struct_field(oss_live_channel_target_t)
    """how the stream is stored"""


class oss_live_channel_publish_url_t(CStruct):
    """``oss_live_channel_publish_url_t``: one address to push a stream to."""

    node = node_field()
    """its place in ``publish_url_list``"""
    publish_url = string_field()
    """RTMP address to push to"""


class oss_live_channel_play_url_t(CStruct):
    """``oss_live_channel_play_url_t``: one address to play a stream from."""

    node = node_field()
    """its place in ``play_url_list``"""
    play_url = string_field()
    """HTTP address of the playlist"""


class oss_video_stat_t(CStruct):
    """``oss_video_stat_t``: the video of a live stream."""

    width = int32_field()
    """width in pixels"""
    height = int32_field()
    """height in pixels"""
    frame_rate = int32_field()
    """frames per second"""
    band_width = int32_field()
    """bytes per second"""
    codec = string_field()
    """name of the codec"""


class oss_audio_stat_t(CStruct):
    """``oss_audio_stat_t``: the audio of a live stream."""

    band_width = int32_field()
    """bytes per second"""
    sample_rate = int32_field()
    """samples per second"""
    codec = string_field()
    """name of the codec"""


class oss_live_channel_stat_t(CStruct):
    """``oss_live_channel_stat_t``: the state of a live stream."""

    pushflow_status = string_field()
    """whether a stream comes in: Idle, Live or Disabled"""
    connected_time = string_field()
    """since when a stream comes in, ISO 8601"""
    remote_addr = string_field()
    """who pushes, ``address:port``"""
    video_stat = struct_field(oss_video_stat_t)
    """the stream's video"""
    audio_stat = struct_field(oss_audio_stat_t)
    """the stream's audio"""


class oss_live_channel_content_t(CStruct):
    """``oss_live_channel_content_t``: one live channel of a listing."""

    node = node_field()
    """its place in ``live_channel_list``"""
    name = string_field()
    """name of the channel"""
    description = string_field()
    """free text"""
    status = string_field()
    """whether streams are taken: enabled or disabled"""
    last_modified = string_field()
    """time of the last change, ISO 8601"""
    publish_url_list = list_field(oss_live_channel_publish_url_t)
    """addresses to push a stream to"""
    play_url_list = list_field(oss_live_channel_play_url_t)
    """addresses to play the stream from"""


class oss_list_live_channel_params_t(CStruct):
    """``oss_list_live_channel_params_t``: which live channels to list, and what was found."""

    prefix = string_field()
    """list only names that begin with this"""
    marker = string_field()
    """list only names after this one"""
    max_keys = int_field()
    """the most entries in a page, up to 1000"""
    truncated = int_field()
    """out: 1 when there are more channels"""
    next_marker = string_field()
    """out: where the next page begins"""
    live_channel_list = list_field(oss_live_channel_content_t)
    """out: the channels; a further page's are appended"""


class oss_live_record_content_t(CStruct):
    """``oss_live_record_content_t``: one push of a live channel."""

    node = node_field()
    """its place in a list of records"""
    start_time = string_field()
    """when the push began, ISO 8601"""
    end_time = string_field()
    """when the push ended, ISO 8601"""
    remote_addr = string_field()
    """who pushed, ``address:port``"""
