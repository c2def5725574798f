"""Live channels: their configuration and state, and playlists of the recordings."""

from __future__ import annotations

import json
import sqlite3
from typing import Any
from urllib.parse import quote

from oss.local_server.context import Call, check_key, iso_time, whole
from oss.local_server.errors import OssError
from oss.local_server.http_message import Headers, Response
from oss.local_server.store import ObjectInfo
from oss.local_server.xmldoc import Node, Value

__all__ = [
    "delete_channel",
    "get_channel",
    "get_playlist",
    "list_channels",
    "post_playlist",
    "put_channel",
    "put_status",
]

_STATUSES = ("enabled", "disabled")


def _channel(call: Call) -> sqlite3.Row:
    row = call.store.row("SELECT * FROM channels WHERE bucket=? AND name=?", call.bucket_name, call.key)
    if row is None:
        raise OssError("NoSuchLiveChannel", LiveChannelName=call.key)
    return row


def _urls(call: Call, name: str, playlist: str) -> list[tuple[str, Value]]:
    base = call.request.host or call.server.endpoint_host
    path = "" if call.by_host else f"/{call.bucket_name}"
    channel = quote(name)
    return [
        ("PublishUrls", [("Url", f"rtmp://{base}{path}/live/{channel}")]),
        ("PlayUrls", [("Url", f"{call.server.scheme}://{base}{path}/{channel}/{quote(playlist)}")]),
    ]


# configuration


def put_channel(call: Call) -> Response:
    check_key(call.key, new=True)
    if "/" in call.key:
        raise OssError("InvalidArgument", ArgumentName="LiveChannelName", ArgumentValue=call.key)
    config = _configuration(call.xml("LiveChannelConfiguration"))
    with call.store.transaction():
        old = call.store.row("SELECT * FROM channels WHERE bucket=? AND name=?", call.bucket_name, call.key)
        call.store.execute(
            "REPLACE INTO channels VALUES(?,?,?,?,?)",
            call.bucket_name,
            call.key,
            call.now,
            json.dumps(config),
            old["records"] if old else "[]",
        )
    return call.reply("CreateLiveChannelResult", _urls(call, call.key, config["PlaylistName"]))


def _configuration(node: Node) -> dict[str, Any]:
    target = node.find("Target")
    if target is None:
        raise OssError("MalformedXML", ErrorDetail="Target is required")
    config = {
        "Description": node.value("Description") or "",
        "Status": node.value("Status") or "enabled",
        "Type": target.value("Type") or "",
        "FragDuration": _number(target, "FragDuration", 5),
        "FragCount": _number(target, "FragCount", 3),
        "PlaylistName": target.value("PlaylistName") or "playlist.m3u8",
    }
    playlist = str(config["PlaylistName"])
    if config["Status"] not in _STATUSES or config["Type"] != "HLS" or len(str(config["Description"]).encode()) > 128:
        raise OssError("InvalidArgument", "The live channel configuration is not valid.")
    if not playlist.endswith(".m3u8") or not 6 <= len(playlist.encode()) <= 128 or "/" in playlist:
        raise OssError("InvalidArgument", ArgumentName="PlaylistName", ArgumentValue=playlist)
    return config


def _number(node: Node, name: str, default: int) -> int:
    text = node.value(name) or str(default)
    value = whole(text, 1, 100)
    if value is None:
        raise OssError("InvalidArgument", ArgumentName=name, ArgumentValue=text)
    return value


def get_channel(call: Call) -> Response:
    """GET ?live - the configuration; with ``comp`` the statistics or the history."""
    row = _channel(call)
    config, comp = json.loads(row["config"]), call.query.get("comp", "")
    if comp == "stat":
        return call.reply("LiveChannelStat", [("Status", "Disabled" if config["Status"] == "disabled" else "Idle")])
    if comp == "history":
        records = json.loads(row["records"])[-10:]
        return call.reply("LiveChannelHistory", [("LiveRecord", list(record.items())) for record in records])
    if comp:
        raise OssError("InvalidArgument", ArgumentName="comp", ArgumentValue=comp)
    target = [(name, config[name]) for name in ("Type", "FragDuration", "FragCount", "PlaylistName")]
    general = [(name, config[name]) for name in ("Description", "Status")]
    return call.reply("LiveChannelConfiguration", [*general, ("Target", target)])


def put_status(call: Call) -> Response:
    status = call.query.get("status", "")
    if status not in _STATUSES:
        raise OssError("InvalidArgument", ArgumentName="status", ArgumentValue=status)
    config = json.loads(_channel(call)["config"]) | {"Status": status}
    call.store.execute(
        "UPDATE channels SET config=? WHERE bucket=? AND name=?", json.dumps(config), call.bucket_name, call.key
    )
    return Response()


def delete_channel(call: Call) -> Response:
    _channel(call)
    call.store.execute("DELETE FROM channels WHERE bucket=? AND name=?", call.bucket_name, call.key)
    return Response(204)


def list_channels(call: Call) -> Response:
    prefix, marker = call.query.get("prefix", ""), call.query.get("marker", "")
    limit = call.number("max-keys", 100, 1, 1000)
    rows = call.store.rows(
        "SELECT * FROM channels WHERE bucket=? AND name>? AND substr(name,1,?)=? ORDER BY name LIMIT ?",
        call.bucket_name,
        marker,
        len(prefix),
        prefix,
        limit + 1,
    )
    truncated, rows = len(rows) > limit, rows[:limit]
    return call.reply(
        "ListLiveChannelResult",
        [
            ("Prefix", prefix),
            ("Marker", marker),
            ("MaxKeys", limit),
            ("IsTruncated", truncated),
            ("NextMarker", rows[-1]["name"] if truncated else None),
            *(("LiveChannel", _entry(call, row)) for row in rows),
        ],
    )


def _entry(call: Call, row: sqlite3.Row) -> Value:
    config = json.loads(row["config"])
    return [
        ("Name", row["name"]),
        ("Description", config["Description"]),
        ("Status", config["Status"]),
        ("LastModified", iso_time(row["created"])),
        *_urls(call, row["name"], config["PlaylistName"]),
    ]


# playlists


def _playlist(call: Call, channel: str) -> bytes:
    """An HLS playlist of the fragments (``channel/*.ts``) stored in a span of time."""
    start, end = call.number("startTime", -1, 0, 1 << 40), call.number("endTime", -1, 0, 1 << 40)
    if start < 0 or not start < end <= start + 86400:
        raise OssError("InvalidArgument", "endTime must be later than startTime, and not more than one day.")
    row = call.store.row("SELECT * FROM channels WHERE bucket=? AND name=?", call.bucket_name, channel)
    duration = json.loads(row["config"])["FragDuration"] if row else 5
    prefix = f"{channel}/"
    fragments = [
        found["key"][len(prefix) :]
        for found in call.store.rows(
            "SELECT key FROM objects WHERE bucket=? AND substr(key,1,?)=? AND key LIKE '%.ts' "
            "AND modified BETWEEN ? AND ? ORDER BY key",
            call.bucket_name,
            len(prefix),
            prefix,
            start,
            end,
        )
    ]
    if not fragments:
        raise OssError("InvalidArgument", "No ts file found in specified time span.")
    lines = ["#EXTM3U", "#EXT-X-VERSION:3", "#EXT-X-MEDIA-SEQUENCE:0", f"#EXT-X-TARGETDURATION:{duration}"]
    for fragment in fragments:
        lines += [f"#EXTINF:{duration}.000,", fragment]
    return "\n".join([*lines, "#EXT-X-ENDLIST", ""]).encode()


def post_playlist(call: Call) -> Response:
    """POST channel/playlist?vod - make a playlist and store it under that key."""
    check_key(call.key, new=True)
    channel, slash, name = call.key.rpartition("/")
    if not slash or not name.endswith(".m3u8"):
        raise OssError("InvalidArgument", "The playlist name is not valid.", ArgumentName="PlaylistName")
    blob = call.store.receive([_playlist(call, channel)])
    headers = {"Content-Type": "application/x-mpegURL"}
    with call.store.exclusive(call.bucket_name, call.key):
        call.store.put_object(
            ObjectInfo(call.bucket_name, call.key, blob.file, blob.size, blob.md5, blob.crc, call.now, headers=headers)
        )
    return Response()


def get_playlist(call: Call) -> Response:
    """GET channel?vod - the playlist itself."""
    _channel(call)
    return Response(200, Headers([("Content-Type", "application/x-mpegURL")]), _playlist(call, call.key))
