"""Live channels; one test a case of the C SDK's suite of that name."""

from __future__ import annotations

from typing import Any, cast

from oss.oss_api import (
    aos_status_t,
    aos_string_t,
    apr_time_now,
    oss_create_list_live_channel_params,
    oss_create_live_channel,
    oss_create_live_channel_configuration_content,
    oss_create_live_record_content,
    oss_delete_live_channel,
    oss_gen_rtmp_signed_url,
    oss_gen_vod_play_list,
    oss_get_live_channel_history,
    oss_get_live_channel_info,
    oss_get_live_channel_stat,
    oss_list_live_channel,
    oss_live_channel_stat_t,
    oss_put_live_channel_status,
)
from tests.service import INVALID_BUCKETS, Service, new_list, texts


def create(service: Service, name: str, **settings: str | int) -> tuple[list[str], list[str]]:
    """Creates a channel; where to push and to play."""
    config = oss_create_live_channel_configuration_content(None)
    config.name, config.description = name, "live channel description"
    for field, value in settings.items():
        setattr(config.target if hasattr(config.target, field) else config, field, value)
    publish, play = new_list(), new_list()
    status = oss_create_live_channel(*service.where, config, publish, play, service.headers)
    assert status.code == 200, status
    return texts(publish, "publish_url"), texts(play, "play_url")


def info_of(service: Service, name: str) -> tuple[str | int, ...]:
    info = oss_create_live_channel_configuration_content(None)
    status = oss_get_live_channel_info(*service.where, name, info, service.headers)
    assert status.code == 200, status
    target = info.target
    own = (str(info.name), str(info.description), str(info.status), str(target.type), str(target.play_list_name))
    return *own, target.frag_duration, target.frag_count


def test_create_live_channel_default(service: Service) -> None:
    (publish,), (play,) = create(service, "channel")
    assert publish.startswith("rtmp://") and publish.endswith("/channel")
    assert play.startswith("http://") and play.endswith("/channel/playlist.m3u8")
    assert info_of(service, "channel") == (
        *("channel", "live channel description", "enabled", "HLS", "playlist.m3u8", 5, 3),
    )
    config = oss_create_live_channel_configuration_content(None)
    config.name = "channel"
    status = oss_create_live_channel(service.options, service.no_bucket, config, None, None, service.headers)
    assert status.code == 404


def test_create_live_channel(service: Service) -> None:
    create(
        service, "chan <&> 中", description="<&>", status="disabled", play_list_name="myplay.m3u8",
        frag_duration=100, frag_count=99,
    )  # fmt: skip
    assert info_of(service, "chan <&> 中") == ("chan <&> 中", "<&>", "disabled", "HLS", "myplay.m3u8", 100, 99)


def test_put_live_channel_status(service: Service) -> None:
    create(service, "channel")
    for value in ("disabled", "enabled"):
        assert oss_put_live_channel_status(*service.where, "channel", value, service.headers).code == 200
        assert info_of(service, "channel")[2] == value
        assert "transfer-encoding" not in service.sent and "expect" not in service.sent


def test_get_live_channel_stat(service: Service) -> None:
    create(service, "channel")
    stat = oss_live_channel_stat_t()
    assert oss_get_live_channel_stat(*service.where, "channel", stat, service.headers).code == 200
    assert str(stat.pushflow_status) == "Idle"


def test_delete_live_channel(service: Service) -> None:
    create(service, "channel")
    assert oss_delete_live_channel(*service.where, "channel", service.headers).code == 204
    info = oss_create_live_channel_configuration_content(None)
    status = oss_get_live_channel_info(*service.where, "channel", info, None)
    assert (status.code, status.error_code, str(info.name)) == (404, "NoSuchLiveChannel", "")


def test_list_live_channel(service: Service) -> None:
    names = [f"list{number}" for number in range(1, 6)]
    for name in names:
        create(service, name)
    params = oss_create_list_live_channel_params(None)
    params.max_keys = 2
    while params.truncated:
        assert oss_list_live_channel(*service.where, params, service.headers).code == 200
        params.marker = params.next_marker
    assert texts(params.live_channel_list, "name") == names
    for entry in params.live_channel_list:
        assert (str(entry.description), str(entry.status)) == ("live channel description", "enabled")
        assert texts(entry.publish_url_list, "publish_url")[0].startswith("rtmp://")
        assert texts(entry.play_url_list, "play_url")[0].startswith("http://")
        assert str(entry.last_modified).startswith("20")
    params = oss_create_list_live_channel_params(None)
    params.prefix = "list2"
    assert oss_list_live_channel(*service.where, params, None).code == 200
    assert (texts(params.live_channel_list, "name"), params.truncated) == (["list2"], 0)


def test_get_live_channel_history(service: Service) -> None:
    create(service, "channel")
    records = new_list()
    assert oss_get_live_channel_history(*service.where, "channel", records, service.headers).code == 200
    for record in records:
        assert str(record.start_time).endswith("Z") and ":" in str(record.remote_addr)
    assert oss_get_live_channel_history(*service.where, "none", records, None).code == 404


def test_gen_vod_play_list(service: Service) -> None:
    create(service, "channel")
    now = apr_time_now() // 1_000_000
    status = oss_gen_vod_play_list(*service.where, "channel", "vod.m3u8", now - 3600, now, service.headers)
    assert status.code == 400, "nothing was recorded"
    assert service.server.requests[-1].target.endswith(f"?vod&startTime={now - 3600}&endTime={now}")
    assert service.sent["content-type"] == "application/x-www-form-urlencoded"


def test_gen_rtmp_signed_url(service: Service) -> None:
    expires = apr_time_now() // 1_000_000 + 120
    url = oss_gen_rtmp_signed_url(*service.where, "channel", "play.m3u8", expires)
    assert url is not None and url.startswith(
        f"rtmp://127.0.0.1:{service.server.port}/{service.bucket}%2Flive%2Fchannel?"
    )
    assert f"playlistName=play.m3u8&OSSAccessKeyId={service.server.access_key_id}&Expires={expires}&Signature=" in url
    assert not service.server.requests


def test_live_channel_misc_functions(service: Service) -> None:
    assert oss_create_live_record_content(service.options.pool) is not None


def test_live_invalid_parameter(service: Service) -> None:
    options, headers, nothing = service.options, service.headers, cast(Any, None)
    config = oss_create_live_channel_configuration_content(None)

    def calls(bucket: str | None, channel: str | None) -> list[aos_status_t]:
        return [
            oss_create_live_channel(options, bucket, config, nothing, nothing, headers),
            oss_put_live_channel_status(options, bucket, channel, "enabled", headers),
            oss_get_live_channel_info(options, bucket, channel, nothing, headers),
            oss_get_live_channel_stat(options, bucket, channel, nothing, headers),
            oss_delete_live_channel(options, bucket, channel, headers),
            oss_get_live_channel_history(options, bucket, channel, nothing, headers),
            oss_gen_vod_play_list(options, bucket, channel, "p", 0, 0, headers),
        ]

    for missing in (None, aos_string_t()):
        status = oss_gen_vod_play_list(options, service.bucket, "channel", missing, 0, 0, headers)
        assert (status.code, status.error_msg) == (-994, "play_list_name is NULL")
    for name in INVALID_BUCKETS:
        statuses = [*calls(name, None), oss_list_live_channel(options, name, nothing, headers)]
        assert {(status.code, status.error_code) for status in statuses} == {(-994, "BucketNameInvalidError")}
    for name in ("", None):
        assert {(s.code, s.error_code) for s in calls(service.bucket, name)} == {(-994, "ObjectNameInvalidError")}
    assert not service.server.requests
