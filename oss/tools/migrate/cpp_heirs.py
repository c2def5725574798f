"""Classes that are made of a template for their own heir: what their methods do is told once the heir is known."""

from __future__ import annotations

import re

__all__ = ["heir_later"]

_NAME = re.compile(rb"(operator\s*(?:\(\s*\)|[^\s\w(]+)|~?\w+)\s*\(")
_ACCESS = re.compile(rb"^\s*(?:(?:public|private|protected)\s*:\s*)+")
_WORDS = re.compile(rb"\b(?:friend|static|virtual|explicit|inline|override|final)\b\s*")
_ALIAS = re.compile(rb"using (\w+) = ([^;]+);")


def heir_later(text: bytes, heir: str, template: str, name: str) -> tuple[bytes, bytes]:
    """A class as its heir needs it, on one line, and what its functions do, for behind the heir."""
    start = text.index(b"{") + 1
    inside, outside = [b"struct " + heir.encode() + b"; " + text[:start]], []
    aliases = dict(_ALIAS.findall(text[start : text.find(b" public:", start)] or text[start:]))
    at = last = start
    while at < len(text):
        if text[at : at + 1] in (b";", b"}"):
            inside.append(text[last : at + 1])
            last = at + 1
        elif text[at : at + 1] == b"{":
            end = _closed(text, at)
            head, body = text[last:at], text[at:end]
            shown = _outside(head, template, name)
            if shown is None:
                inside.append(head + body)
            else:
                inside.append(head.rstrip() + b";")
                outside.append(_named(shown + body, aliases))
            at, last = end - 1, end
        at += 1
    return b"".join([*inside, text[last:]]), b" ".join(outside)


def _closed(text: bytes, at: int) -> int:
    """Where the brace that opens there is closed."""
    depth = 0
    for index in range(at, len(text)):
        depth += (text[index : index + 1] == b"{") - (text[index : index + 1] == b"}")
        if not depth:
            return index + 1
    return len(text)


def _outside(head: bytes, template: str, name: str) -> bytes | None:
    """The head of a function outside of its class; None for what stays in it."""
    plain = _WORDS.sub(b"", _ACCESS.sub(b"", head)).strip()
    found = _NAME.search(plain)
    word = template.encode()
    if found is None or found[1] in (word, b"~" + word) or b"=" in plain[found.end() :] or b"auto" in plain.split():
        return None
    if re.search(rb"\b(?:template|class|struct|enum|union)\b", plain) or b"'" in head or b'"' in head:
        return None
    owner = b"" if re.search(rb"\bfriend\b", head) else name.encode() + b"::"
    return b"inline " + plain[: found.start()] + owner + plain[found.start() :]


def _named(text: bytes, aliases: dict[bytes, bytes]) -> bytes:
    return re.sub(rb"\b\w+\b", lambda found: aliases.get(found[0], found[0]), text)
