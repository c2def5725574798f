"""Live channels, selections, signed URLs."""

from __future__ import annotations

from oss.tools.crosscheck.scene import KEY, Call, InFuture, ResultOf, Row, Stored

__all__ = ["LIVE", "SELECT", "SIGNED_URLS"]

CHANNEL = {"live_channel": "channel"}
CREATED = (Call("oss_create_live_channel", {"config": {"name": "channel", "description": "a <d>"}}),)
TARGET = {"type": "HLS", "frag_duration": 10, "frag_count": 4, "play_list_name": "my.m3u8"}

LIVE = (
    Row("oss_create_live_channel", args={"config": {"name": "channel", "description": "a <d>"}}),
    Row("oss_create_live_channel", "target", {"config": {"name": "channel", "status": "disabled", "target": TARGET}}),
    Row("oss_put_live_channel_status", args=CHANNEL | {"live_channel_status": "disabled"}, before=CREATED),
    Row("oss_put_live_channel_status", "unknown", CHANNEL | {"live_channel_status": "sleeping"}, CREATED),
    Row("oss_get_live_channel_info", args=CHANNEL, before=CREATED),
    Row("oss_get_live_channel_info", "missing", CHANNEL),
    Row("oss_get_live_channel_stat", args=CHANNEL, before=CREATED),
    Row("oss_get_live_channel_stat", "missing", CHANNEL),
    Row("oss_delete_live_channel", args=CHANNEL, before=CREATED),
    Row("oss_delete_live_channel", "missing", CHANNEL),
    Row("oss_list_live_channel", "none", {"params": {}}),
    Row("oss_list_live_channel", "one", {"params": {"max_keys": 1}}, CREATED),
    Row("oss_get_live_channel_history", args=CHANNEL, before=CREATED),
    Row(
        "oss_gen_vod_play_list",
        args=CHANNEL | {"play_list_name": "play.m3u8", "start_time": InFuture(-600), "end_time": InFuture(-60)},
        before=CREATED,
    ),
)

CSV = (Stored(content="name,age\nalice,41\nbob,39\ncarol,62\n"),)
SQL = {"expression": "select * from ossobject where _2 > 40", "select_params": {}}
NAMED = {
    "expression": "select name from ossobject where age > 40",
    "select_params": {
        "input_param": {"file_header_info": "USE", "record_delimiter": "\n", "field_delimiter": ","},
        "output_param": {"enable_payload_crc": 1},
    },
}

SELECT = (
    Row("oss_select_object_to_buffer", args=SQL, before=CSV),
    Row("oss_select_object_to_buffer", "named", NAMED, CSV),
    Row(
        "oss_select_object_to_buffer",
        "raw",
        {"expression": "select _1 from ossobject", "select_params": {"output_param": {"output_rawdata": 1}}},
        CSV,
    ),
    Row("oss_select_object_to_buffer", "nonsense", {"expression": "selekt", "select_params": {}}, CSV),
    Row("oss_select_object_to_buffer", "missing", SQL | {"object": "none"}),
    Row("oss_do_select_object_to_buffer", args=NAMED | {"progress_callback": True}, before=CSV),
    Row("oss_select_object_to_file", args=NAMED | {"filename": "sel.csv"}, before=CSV),
    Row("oss_do_select_object_to_file", args=NAMED | {"filename": "sel.csv", "progress_callback": True}, before=CSV),
    Row("oss_create_select_object_meta", args={"meta_params": {}}, before=CSV),
    Row("oss_create_select_object_meta", "missing", {"object": "none", "meta_params": {}}),
)

HOUR = InFuture(3600)
METHODS = {"get": 0, "head": 1, "put": 2, "post": 3, "delete": 4}


def _url(method: str, key: str = KEY) -> Call:
    return Call("oss_gen_signed_url", {"object": key, "expires": HOUR, "req": {"method": METHODS[method]}})


def _with_url(
    function: str, method: str, what: str = "ok", *, key: str = KEY, here: bool = True, **args: object
) -> Row:
    before = (_url(method, key), *((Stored(),) if here else ()))
    return Row(function, what, {"signed_url": ResultOf(0), **args}, before, FILES)


TEXT = "put by a signed URL\n"
FILES = {"up.txt": TEXT}
SIGNED_URLS = (
    *(
        Row("oss_gen_signed_url", name, {"expires": HOUR, "req": {"method": number}})
        for name, number in METHODS.items()
    ),
    Row(
        "oss_gen_signed_url",
        "headers",
        {"expires": HOUR, "req": {"method": 2, "headers": [["Content-Type", "text/x"], ["x-oss-meta-a", "1"]]}},
    ),
    Row(
        "oss_gen_signed_url",
        "params",
        {
            "expires": HOUR,
            "req": {
                "method": 0,
                "query_params": [["x-oss-process", "image/resize,w_1"], ["response-content-type", "a/b c"]],
            },
        },
    ),
    Row("oss_gen_signed_url", "odd_key", {"object": "目录/名 字+100%?&=#.txt", "expires": HOUR, "req": {"method": 0}}),
    Row("oss_gen_signed_url", "cname", {"expires": HOUR, "req": {"method": 0}}, addresses=("cname",)),
    Row(
        "oss_gen_rtmp_signed_url", args={"live_channel": "channel", "play_list_name": "playlist.m3u8", "expires": HOUR}
    ),
    _with_url("oss_put_object_from_buffer_by_url", "put", buffer=TEXT, here=False),
    _with_url("oss_put_object_from_buffer_by_url", "get", "other_method", buffer=TEXT, here=False),
    _with_url("oss_put_object_from_file_by_url", "put", filename="up.txt", here=False),
    _with_url("oss_get_object_to_buffer_by_url", "get"),
    _with_url("oss_get_object_to_buffer_by_url", "get", "range", headers=[["Range", "bytes=4-12"]]),
    _with_url("oss_get_object_to_buffer_by_url", "get", "missing", here=False),
    _with_url("oss_get_object_to_buffer_by_url", "get", "odd_key", key="目录/名 字+100%?&=#.txt", here=False),
    _with_url("oss_get_object_to_file_by_url", "get", filename="down.txt"),
    _with_url("oss_get_object_to_file_by_url", "get", "missing", filename="down.txt", here=False),
    _with_url("oss_head_object_by_url", "head"),
    _with_url("oss_head_object_by_url", "head", "missing", here=False),
    _with_url("oss_get_object_meta_by_url", "head"),
)
