"""The recorded helper calls whose arguments are not simply those of one C function."""

from __future__ import annotations

from typing import Any

from aos import apr_time
from aos.aos_define import aos_pool_t, aos_ref_t
from aos.aos_string import aos_string_t
from oss.tools.crosscheck.replay import build
from oss.tools.crosscheck.replay.corpus import text_of
from oss.tools.crosscheck.replay.names import constructor_of, find
from oss.tools.crosscheck.replay.show import show
from oss.tools.crosscheck.replay.world import clock

__all__ = ["ODD"]

Results = dict[str, Any]
GMT_FORMAT = "%s, %.2d %s %.4d %.2d:%.2d:%.2d GMT"
PARTS_LISTED = 20


def _call(name: str, *args: Any) -> Any:
    function: Any = find(name)
    return function(*args)


def _text(array: bytearray) -> str:
    return array.split(b"\0", 1)[0].decode()


def _gmt_time(epoch: int) -> Results:
    parts, date = apr_time.apr_time_exp_t(), bytearray(128)
    apr_time.apr_time_exp_gmt(parts, epoch * 1_000_000)
    returned = _call("aos_convert_to_gmt_time", date, GMT_FORMAT, parts)
    return {"return": returned, "date": _text(date)}


def _iso8601_time(epoch: int) -> Results:
    date = bytearray(128)
    returned = _call("aos_get_iso8601_str_time_ex", date, epoch * 1_000_000)
    return {"return": returned, "date": _text(date)}


def _times_now(now_us: int) -> Results:
    gmt, iso8601 = bytearray(128), bytearray(128)
    with clock(now_us):
        returns = [_call("aos_get_gmt_str_time", gmt), _call("aos_get_iso8601_str_time", iso8601)]
    return {"gmt": _text(gmt), "iso8601": _text(iso8601), "returns": returns}


def _number(name: str) -> Any:
    def parse(nptr: Any, base: int) -> Results:
        end = aos_ref_t(None)
        returned = _call(name, text_of(nptr), end, base)
        return {"return": returned, "consumed": end.value}

    return parse


def _gnome_sort(headers: list[str]) -> Results:
    _call("aos_gnome_sort", headers, len(headers))
    return {"sorted": headers}


def _should_retry(code: int | None) -> Results:
    status = None
    if code is not None:
        status = _call("aos_status_create", build.new_pool())
        status.code = code
    return {"return": _call("aos_should_retry", status)}


def _status_from_body(body: Any, code: int) -> Results:
    pool = build.new_pool()
    status = _call("aos_status_create", pool)
    _call("aos_status_parse_from_body", pool, build.body_list(pool, body), code, status)
    return {"status": show(status)}


def _part_size(filesize: int, part_size: int) -> Results:
    size = aos_ref_t(part_size)
    _call("oss_get_part_size", filesize, size)
    return {"part_size": size.value}


def _build_parts(file_size: int, part_size: int) -> Results:
    kind: Any = find("oss_checkpoint_part_t")
    parts = [kind() for _ in range(_call("oss_get_part_num", file_size, part_size))]
    _call("oss_build_parts", file_size, part_size, parts)
    return {"parts": show(parts)}


def _thread_num(thread_num: int | None) -> Results:
    params = None
    if thread_num is not None:
        params = _call("oss_create_resumable_clt_params_content", build.new_pool(), 1, thread_num, 0, None)
    return {"return": _call("oss_get_thread_num", params)}


def _checkpoint_path(name: str) -> Any:
    def path(enable_checkpoint: int, checkpoint_path: Any, filepath: Any) -> Results:
        pool, result = build.new_pool(), aos_string_t()
        params = zeroed("oss_resumable_clt_params_t")
        params.enable_checkpoint, params.checkpoint_path = enable_checkpoint, text_of(checkpoint_path)
        _call(name, params, aos_string_t(text_of(filepath)), pool, result)
        return {"checkpoint_path": result.data}

    return path


def zeroed(kind: str) -> Any:
    """A zeroed struct, whatever its constructor does."""
    made: Any = find(kind)
    return made()


def _request(pool: aos_pool_t, fields: dict[str, Any]) -> Any:
    request = _call("aos_http_request_create", pool)
    build.fill(pool, request, fields)
    return request


def _sign_request(config: dict[str, Any], now: int, req: dict[str, Any]) -> Results:
    pool = build.new_pool()
    request = _request(pool, req)
    with clock(now * 1_000_000):
        returned = _call("oss_sign_request", request, build.config(pool, config))
    return {"return": returned, "headers": show(request.headers)}


def _signed_url(config: dict[str, Any], now: int, expires: str, req: dict[str, Any]) -> Results:
    pool, url = build.new_pool(), aos_string_t()
    request = _request(pool, req)
    with clock(now * 1_000_000):
        options = build.options(pool, {"config": config})
        returned = _call("oss_get_signed_url", options, request, aos_string_t(expires), url)
    return {"return": returned, "signed_url": url.data, "query_params": show(request.query_params)}


def _both_urls(
    config: dict[str, Any], bucket: str, object: str, live_channel: str, play_list_name: str, expires: int, now: int
) -> Results:
    pool = build.new_pool()
    with clock(now * 1_000_000):
        options = build.options(pool, {"config": config})
        request = _call("aos_http_request_create", pool)
        return {
            "oss_gen_signed_url": _call("oss_gen_signed_url", options, bucket, object, expires, request),
            "oss_gen_rtmp_signed_url": _call(
                "oss_gen_rtmp_signed_url", options, bucket, live_channel, play_list_name, expires
            ),
        }


def _add_range(offset: int, size: int) -> Results:
    headers = build.table([["range", "bytes=0-"]])  # the recorded calls had this header before
    _call("oss_headers_add_range", build.new_pool(), headers, offset, size)
    return {"headers": show(headers)}


def _check_crc(crc: str, resp_headers: list[list[str]]) -> Results:
    status = _call("aos_status_create", build.new_pool())
    returned = _call("oss_check_crc_consistent", int(crc), build.table(resp_headers), status)
    return {"return": returned, "status": show(status)}


def _checkpoint(fields: dict[str, Any]) -> Any:
    pool = build.new_pool()
    return build.struct(pool, "oss_checkpoint_t", fields)


def checkpoint_fields(checkpoint: Any) -> Results:
    """A checkpoint as the recordings list it."""
    fields: Results = show(checkpoint)
    del fields["thefile"]
    fields["parts"] = (fields["parts"] or [])[: min(checkpoint.part_num, PARTS_LISTED)]
    return fields


def parsed_checkpoint(xml: Any) -> tuple[int, Any]:
    pool = build.new_pool()
    checkpoint = constructor_of("oss_checkpoint_t")(pool)
    return _call("oss_checkpoint_parse_from_body", pool, text_of(xml), checkpoint), checkpoint


def _checkpoint_xml(checkpoint: dict[str, Any]) -> Results:
    return {"xml": _call("oss_build_checkpoint_xml", build.new_pool(), _checkpoint(checkpoint))}


def _checkpoint_roundtrip(checkpoint: dict[str, Any]) -> Results:
    returned, parsed = parsed_checkpoint(_checkpoint_xml(checkpoint)["xml"])
    return {"return": returned, "checkpoint": checkpoint_fields(parsed)}


def _checkpoint_parse(xml_body: Any) -> Results:
    returned, parsed = parsed_checkpoint(xml_body)
    return {"return": returned, "checkpoint": checkpoint_fields(parsed)}


def _checkpoint_valid(xml_body: Any, override: dict[str, Any]) -> Results:
    _, parsed = parsed_checkpoint(xml_body)
    parsed.cp_type = override.get("cp_type", parsed.cp_type)
    asked = {
        "object_name": parsed.object_name.data,
        "object_size": parsed.object_size,
        "object_last_modified": parsed.object_last_modified.data,
        "object_etag": parsed.object_etag.data,
        **{name: value for name, value in override.items() if name != "cp_type"},
    }
    return {"return": _call("oss_is_download_checkpoint_valid", build.new_pool(), parsed, *asked.values())}


ODD: dict[str, Any] = {
    "aos_convert_to_gmt_time": _gmt_time,
    "aos_get_gmt_str_time": _times_now,
    "aos_get_iso8601_str_time_ex": _iso8601_time,
    "aos_gnome_sort": _gnome_sort,
    "aos_should_retry": _should_retry,
    "aos_status_parse_from_body": _status_from_body,
    "aos_strtoll": _number("aos_strtoll"),
    "aos_strtoull": _number("aos_strtoull"),
    "checkpoint_roundtrip": _checkpoint_roundtrip,
    "oss_build_checkpoint_xml": _checkpoint_xml,
    "oss_build_parts": _build_parts,
    "oss_check_crc_consistent": _check_crc,
    "oss_checkpoint_parse_from_body": _checkpoint_parse,
    "oss_gen_signed_url+oss_gen_rtmp_signed_url": _both_urls,
    "oss_get_download_checkpoint_path": _checkpoint_path("oss_get_download_checkpoint_path"),
    "oss_get_part_size": _part_size,
    "oss_get_signed_url": _signed_url,
    "oss_get_thread_num": _thread_num,
    "oss_get_upload_checkpoint_path": _checkpoint_path("oss_get_upload_checkpoint_path"),
    "oss_headers_add_range": _add_range,
    "oss_is_download_checkpoint_valid": _checkpoint_valid,
    "oss_sign_request": _sign_request,
}
