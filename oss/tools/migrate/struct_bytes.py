"""Which structs of a program are read or written as bytes: these lie in bytes here, too."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from oss.tools.migrate.asked import callee_name, is_pointer
from oss.tools.migrate.c_types import LONG, Array, CType, Int, Pointer, Struct, Void, is_byte, pointee
from oss.tools.migrate.embedded import is_outer
from oss.tools.migrate.nodes import Node, bare, is_null
from oss.tools.migrate.slots import Slot

__all__ = ["BY_NUMBER", "asked", "measured", "recast", "through_void"]

BY_NUMBER = frozenset(("fread", "fwrite", "read", "write", "pread", "pwrite", "send", "recv", "sendto", "recvfrom",
                       "memcmp", "memchr", "memset", "memcpy", "memmove", "bcopy", "bzero", "EVP_DigestUpdate",
                       "HMAC_Update", "MD5_Update", "SHA1_Update", "SHA256_Update", "MD5", "SHA1", "SHA256",
                       "aos_crc64"))  # fmt: skip
"""Functions that read or write bytes by their number."""


def asked(node: Node) -> Iterator[Struct]:
    """The structs whose bytes a call reads or writes."""
    name, arguments = callee_name(node), [kid for kid in node.kids[1:] if kid is not None]
    if name not in BY_NUMBER:
        return
    kinds = [_struct(argument) for argument in arguments]
    if name in ("memcpy", "memmove") and len(arguments) == 3:
        kind, _ = measured(arguments[2])
        whole = kinds[0] is not None and kinds[0] == kinds[1] == kind
    else:
        kind, _ = measured(arguments[-1])
        whole = name == "memset" and kinds[0] is not None and kinds[0] == kind and is_null(arguments[1])
    if not whole:
        yield from (kind for kind in kinds if kind is not None)


def _struct(argument: Node) -> Struct | None:
    kind = pointee(bare(argument).type) if is_pointer(argument.type) else None
    return kind if isinstance(kind, Struct) else None


def measured(size: Node) -> tuple[CType | None, Node | None]:
    """What a size is that of, and, where it is that of several, how many."""
    measure = bare(size)
    if measure.kind == "binary" and measure.name == "*":
        for one, other in ((0, 1), (1, 0)):
            kind, count = measured(measure.kid(one))
            if kind is not None and count is None:
                return kind, measure.kid(other)
    if measure.kind != "sizeof":
        return None, None
    kind = measure.decl.type if measure.decl is not None else measure.kid(0).type if measure.kids else None
    if isinstance(kind, Array):
        return kind.of, Node("number", measure.place, LONG, value=kind.count)
    return kind, None


def recast(node: Node) -> Iterator[Struct]:
    """The structs that casts in an expression turn into bytes, or make of bytes."""
    for part in node.kids:
        if part is None or part.kind != "cast" or is_outer(node) or is_outer(bare(part)):
            continue
        to, source = pointee(part.type), pointee(bare(part).type)
        if isinstance(to, Struct) and is_byte(source):
            yield to
        elif isinstance(source, Struct) and is_byte(to):
            yield source


def through_void(slots: Iterable[Slot], views: Iterable[tuple[Slot, Struct]], able: Collection[str]) -> set[Struct]:
    """The structs, of those that are ``able`` to, that become bytes or are made of them behind a ``void *``.

    Such pointers are noted.
    """
    rows = [slot for slot in slots if isinstance(slot.type, Pointer) and isinstance(slot.type.to, Void)]
    kinds: dict[int, set[CType | None]] = {}
    for slot in rows:
        kinds[id(slot)] = {*slot.kinds, *(pointee(into.type) for into in slot.into)}
    for slot, kind in views:
        kinds.setdefault(id(slot.root()), set()).add(kind)
    structs = {
        key: {kind for kind in led if isinstance(kind, Struct) and kind.name in able} for key, led in kinds.items()
    }
    found: set[Struct] = set()
    for slot in rows:
        if structs[id(slot)] and _in_bytes(slot):
            found |= structs[id(slot)]
            slot.uses.add("seen")
    changed = True
    while changed:
        changed = False
        for slot in rows:
            if "seen" not in slot.uses and any(
                "seen" in other.uses and other in rows for other in (*slot.into, *slot.sources)
            ):
                slot.uses.add("seen")
                found |= structs[id(slot)]
                changed = True
    return found


def _in_bytes(slot: Slot) -> bool:
    """Whether what is behind a ``void *`` is seen as bytes somewhere."""
    others = (pointee(other.type) for other in (*slot.into, *slot.sources))
    kinds = {*slot.kinds, *slot.views, *(kind for kind in others if kind is not None)}
    return bool(slot.uses & {"sliced", "sized"}) or any(isinstance(kind, Int) and kind.bits == 8 for kind in kinds)
