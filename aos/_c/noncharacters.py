"""Characters that XML forbids and Mini-XML reads, and which keys may have: U+FFFE, U+FFFF, halves of surrogate pairs.

A reader that keeps to XML is given stand-ins for them: a private character and their number. That character itself has
one too. A carriage return in a text, which such a reader takes for a line feed and Mini-XML does not, becomes a
reference. CDATA, which Mini-XML does not read, is left to the reader.
"""

from __future__ import annotations

import re

from aos._c.text import decode

__all__ = ["MOST", "replaced", "restored"]

MOST = 400_000
"""How many are replaced at most, which bounds the memory."""
MARK = "\ue000"
_SIGNS = b"&#", b"\xed", b"\xef\xbf"
"""One of these is in every document with such a character."""
_CDATA = rb"(?s:<!\[CDATA\[.*?(?:\]\]>|\Z))"
_FOUND = re.compile(
    _CDATA + rb"|&#x0*(?P<hex>[dD][89a-fA-F][0-9a-fA-F]{2}|[eE]000|[fF]{3}[eEfF]);"
    rb"|&#0*(?P<decimal>55(?:29[6-9]|[3-9]\d\d)|56\d{3}|57(?:[0-2]\d\d|3(?:[0-3]\d|4[0-4]))|6553[45]);"
    rb"|(?P<raw>\xed[\xa0-\xbf][\x80-\xbf]|\xee\x80\x80|\xef\xbf[\xbe\xbf])"
)
_STAND_IN = re.compile(f"{MARK}([0-9A-F]{{4}})")
_TEXT_WITH_RETURN = re.compile(_CDATA + rb"|>[^<>\r]*\r[^<]*")
_OTHER_ENCODING = re.compile(
    rb"\xfe\xff|\xff\xfe|.?\0|(?:\xef\xbb\xbf)?\s*<\?xml[^>]*\sencoding\s*=\s*[\"'](?!utf-8[\"'])",
    re.IGNORECASE | re.DOTALL,
)


def replaced(document: bytes) -> tuple[bytes, int]:
    """Returns a document for a reader of XML, and how many stand-ins may be in it; from MOST on some may be missing.

    One in another encoding than UTF-8 stays as it is.
    """
    has_signs, count = any(sign in document for sign in _SIGNS), 0
    if (has_signs or b"\r" in document) and not _OTHER_ENCODING.match(document):
        if has_signs:
            marks = document.count(MARK.encode())
            document, count = _FOUND.subn(_stand_in, document, MOST)
            count += marks
        if b"\r" in document:
            document = _TEXT_WITH_RETURN.sub(_kept_returns, document, MOST)
    return document, count


def _stand_in(found: re.Match[bytes]) -> bytes:
    if found["raw"]:
        return _named(ord(found["raw"].decode("utf-8", "surrogatepass")))
    if found["hex"] or found["decimal"]:
        return _named(int(found["hex"], 16) if found["hex"] else int(found["decimal"]))
    return found[0].replace(MARK.encode(), _named(ord(MARK)))


def _named(code: int) -> bytes:
    return f"{MARK}{code:04X}".encode()


def _kept_returns(text: re.Match[bytes]) -> bytes:
    """Returns the text after a tag; white space alone, which may be outside the root, as it is."""
    kept = text[0].startswith(b"<") or text[0][1:].isspace()
    return text[0] if kept else text[0].replace(b"\r", b"&#13;")


def restored(text: str) -> str:
    """Returns a text with the characters for which stand-ins are in it: their bytes, where UTF-8 cannot have them."""
    return _STAND_IN.sub(lambda found: decode(chr(int(found[1], 16)).encode("utf-8", "surrogatepass")), text)
