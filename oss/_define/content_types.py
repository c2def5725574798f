"""File name suffixes and their content types.

Part of ``oss.oss_util``. The table is the C SDK's, in which a blank keeps ``doc`` from matching.
"""

from __future__ import annotations

from aos._c.args import required
from aos._c.contract import check_arguments
from aos._c.text import text_of
from aos.apr_tables import aos_table_t
from oss._define.constants import OSS_CONTENT_TYPE

__all__ = ["get_content_type", "get_content_type_by_suffix", "set_content_type"]

_DEFAULT = "application/octet-stream"

_TYPES = {
    "text/html": "html htm shtml",
    "text/css": "css",
    "text/xml": "xml",
    "image/gif": "gif",
    "image/jpeg": "jpeg jpg",
    "application/x-javascript": "js",
    "application/atom+xml": "atom",
    "application/rss+xml": "rss",
    "text/mathml": "mml",
    "text/plain": "txt",
    "text/vnd.sun.j2me.app-descriptor": "jad",
    "text/vnd.wap.wml": "wml",
    "text/x-component": "htc",
    "image/png": "png",
    "image/tiff": "tif tiff",
    "image/vnd.wap.wbmp": "wbmp",
    "image/x-icon": "ico",
    "image/x-jng": "jng",
    "image/x-ms-bmp": "bmp",
    "image/svg+xml": "svg svgz",
    "image/webp": "webp",
    "application/java-archive": "jar war ear",
    "application/mac-binhex40": "hqx",
    "application/msword": "doc",
    "application/pdf": "pdf",
    "application/postscript": "ps eps ai",
    "application/rtf": "rtf",
    "application/vnd.ms-excel": "xls",
    "application/vnd.ms-powerpoint": "ppt",
    "application/vnd.wap.wmlc": "wmlc",
    "application/vnd.google-earth.kml+xml": "kml",
    "application/vnd.google-earth.kmz": "kmz",
    "application/x-7z-compressed": "7z",
    "application/x-cocoa": "cco",
    "application/x-java-archive-diff": "jardiff",
    "application/x-java-jnlp-file": "jnlp",
    "application/x-makeself": "run",
    "application/x-perl": "pl pm",
    "application/x-pilot": "prc pdb",
    "application/x-rar-compressed": "rar",
    "application/x-redhat-package-manager": "rpm",
    "application/x-sea": "sea",
    "application/x-shockwave-flash": "swf",
    "application/x-stuffit": "sit",
    "application/x-tcl": "tcl tk",
    "application/x-x509-ca-cert": "der pem crt",
    "application/x-xpinstall": "xpi",
    "application/xhtml+xml": "xhtml",
    "application/zip": "zip",
    "application/x-nokia-widget": "wgz",
    "audio/midi": "mid midi kar",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/x-m4a": "m4a",
    "audio/x-realaudio": "ra",
    "video/3gpp": "3gpp 3gp",
    "video/mp4": "mp4",
    "video/mpeg": "mpeg mpg",
    "video/quicktime": "mov",
    "video/webm": "webm",
    "video/x-flv": "flv",
    "video/x-m4v": "m4v",
    "video/x-mng": "mng",
    "video/x-ms-asf": "asx asf",
    "video/x-ms-wmv": "wmv",
    "video/x-msvideo": "avi",
    "video/MP2T": "ts",
    "application/x-mpegURL": "m3u8",
    "application/vnd.android.package-archive": "apk",
}

_TYPE_OF = {suffix: kind for kind, suffixes in _TYPES.items() for suffix in suffixes.split()}
_TYPE_OF["doc "] = _TYPE_OF["doc"]  # as the C SDK spells it, which so does not know ``doc``


def get_content_type_by_suffix(suffix: str) -> str:
    """char *get_content_type_by_suffix(const char *suffix)

    Returns the content type of a suffix without its dot, in any case; ``application/octet-stream`` for an unknown one.

    :param suffix: suffix of a file's name, without the dot
    """
    text = required(text_of(suffix, "suffix"), str, "suffix")
    return _TYPE_OF.get(text.lower(), _DEFAULT) if text.isascii() else _DEFAULT


def get_content_type(name: str) -> str | None:
    """char *get_content_type(const char *name)

    Returns the content type by what follows the last dot of a name; None without a dot.

    :param name: name of a file
    """
    _, dot, suffix = required(text_of(name, "name"), str, "name").rpartition(".")
    return get_content_type_by_suffix(suffix) if dot else None


def set_content_type(filename: str | None, key: str | None, headers: aos_table_t) -> None:
    """void set_content_type(const char *filename, const char *key, aos_table_t *headers)

    Adds the Content-Type of a file name, or without one of an object key, unless ``headers`` has a Content-Type.

    :param headers: table that gets the Content-Type
    :param filename: name of the file; None for none
    :param key: name of the object
    """
    name = text_of(key if filename is None else filename, "filename")
    if name is not None and OSS_CONTENT_TYPE not in required(headers, aos_table_t, "headers"):
        headers[OSS_CONTENT_TYPE] = get_content_type(name) or _DEFAULT


check_arguments(globals())
