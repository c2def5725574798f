"""Secrets, the forms in which a peer may say them again, and a listener that hears everything the SDK says."""

from __future__ import annotations

import base64
import logging
import re
import traceback
from collections.abc import Callable, Iterator
from urllib.parse import quote, unquote
from xml.sax.saxutils import escape

from oss.oss_api import aos_http_transport_t

__all__ = ["FORMS", "GIVEN_AWAY", "KEY_SECRET", "PASSWORD", "TOKEN", "Listener", "undone"]

KEY_SECRET, TOKEN, PASSWORD = "sEcReT+kEy/0", "t0ken+of/sTs==", "p@ss:w%rd/"
GIVEN_AWAY = [
    *(KEY_SECRET, TOKEN, PASSWORD, quote(TOKEN, safe=""), quote(PASSWORD, safe="")),
    base64.b64encode(f"user:{PASSWORD}".encode()).decode(),
]


def in_base64(text: str, before: str = "") -> str:
    return base64.b64encode((before + text).encode()).decode()


FORMS: dict[str, Callable[[str], str]] = {
    "bare": str,
    "quoted": lambda text: f'"{text}"',
    "percent-encoded": lambda text: quote(text, safe=""),
    "percent-encoded in small letters": lambda text: re.sub("%..", lambda code: code[0].lower(), quote(text, safe="")),
    "percent-encoded twice": lambda text: quote(quote(text, safe=""), safe=""),
    "percent-encoded to the last letter": lambda text: "".join(f"%{byte:02X}" for byte in text.encode()),
    "XML": lambda text: escape(text).replace("+", "&#43;").replace("=", "&#x3D;"),
    "JSON": lambda text: text.replace("/", "\\/").replace("+", "\\u002b"),
    "base64": in_base64,
    "base64 that begins before": lambda text: in_base64(text, "a") + in_base64(text + "behind", "bc"),
    "base64 for URLs": lambda text: in_base64(text).translate(str.maketrans("+/", "-_")).rstrip("="),
    "base64 in a URL": lambda text: quote(in_base64(text), safe=""),
    "base64 in lines": lambda text: re.sub("(.{20})", r"\1 ", in_base64(text)),
    "hexadecimal": lambda text: text.encode().hex(),
}
"""What a peer may make of what it was sent."""


def undone(text: str) -> Iterator[str]:
    """The text, and what somebody finds in it who undoes the forms above."""
    plain, code = [text], re.sub(r"[\s%]|\\\\.", "", text)
    for _ in range(2):
        plain.append(unquote(plain[-1]))
    entities = re.sub(r"&#x(..);|&#(..);", lambda found: chr(int(found[1] or hex(int(found[2]))[2:], 16)), text)
    plain += [entities, text.replace("\\/", "/").replace("\\u002b", "+")]
    yield from plain
    for run in re.findall(r"[A-Za-z0-9+/_-]{12,}", code + " " + re.sub(r"\s", "", unquote(text))):
        for start in range(4):
            piece = run[start:].translate(str.maketrans("-_", "+/"))
            yield base64.b64decode(piece[: len(piece) // 4 * 4]).decode("latin-1")
    for run in re.findall(r"(?:[0-9a-f]{2}){6,}", text):
        yield bytes.fromhex(run).decode("latin-1")


PACKAGES = ("/aos/", "/oss/", "/urllib3/", "/requests/", "/http/")


class Listener(logging.Handler):
    """Hears everything, and learns from the requests which signatures there are."""

    def __init__(self) -> None:
        super().__init__(1)
        self.heard: list[str] = []
        self.secrets = set(GIVEN_AWAY)

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(logging.Formatter("%(name)s %(message)s").format(record))

    def learn(self, t: aos_http_transport_t) -> None:
        texts = [*(t.req.headers or {}).values(), t.req.signed_url or ""]
        for text in map(str, texts):
            found = re.findall(r"(?:OSS [^:]*:|[Ss]ignature=)([^&]+)", text)
            self.secrets |= {*found, *map(unquote, found)}

    def hear(self, *things: object) -> None:
        for thing in things:
            self.heard += [repr(thing), str(thing)]

    def hear_exception(self, error: BaseException) -> None:
        """With the variables of each frame of the SDK and of what it uses; the caller's frames are the caller's."""
        told = traceback.TracebackException.from_exception(error, capture_locals=True)
        while told is not None:
            self.heard += [str(told)]
            for frame in told.stack:
                if any(package in frame.filename for package in PACKAGES) and "/tests/" not in frame.filename:
                    self.heard += [f"{frame.name} {name}={value}" for name, value in (frame.locals or {}).items()]
            told = told.__cause__ or told.__context__  # type: ignore[assignment]

    def told(self) -> list[str]:
        everything = "\n".join(self.heard)
        places = [everything.find(secret) for secret in self.secrets]
        return [everything[max(place - 150, 0) : place + 50] for place in places if place >= 0]
