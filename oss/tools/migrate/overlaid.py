"""Unions, and the structs that stand in them: whose members share bytes here as in C."""

from __future__ import annotations

from collections.abc import Mapping

from oss.tools.migrate.c_types import Array, CType, Float, Function, Int, Pointer, Struct
from oss.tools.migrate.names import element_type
from oss.tools.migrate.nodes import Decl, StructDef
from oss.tools.migrate.values import Untranslatable

__all__ = ["member", "overlaid"]


def overlaid(structs: Mapping[str, StructDef]) -> frozenset[str]:
    """The unions, the structs with a union without a name, and all structs in these."""
    left = [name for name, made in structs.items() if (made.union or made.overlaid) and not made.system]
    found: set[str] = set()
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            inner = (_element(field.type) for field in structs[name].fields)
            names = [kind.name for kind in inner if isinstance(kind, Struct) and kind.name in structs]
            left += [name for name in names if not structs[name].system]
    return frozenset(found)


def _element(kind: CType) -> CType:
    while isinstance(kind, Array):
        kind = kind.of
    return kind


def member(field: Decl, structs: Mapping[str, StructDef]) -> str:
    """What stands for a field in the class of a union."""
    kind, counts = field.type, []
    while isinstance(kind, Array):
        if not kind.count:
            raise Untranslatable("a union with an array whose length is not known")
        counts.append(str(kind.count))
        kind = kind.of
    at = field.offset // 8
    more = ""
    if field.bits is not None:
        if not isinstance(kind, Int) or kind.bits < 8:
            raise Untranslatable("a union with a bit field of this type")
        at, first = field.offset // kind.bits * (kind.bits // 8), field.offset % kind.bits
        if first + field.bits > kind.bits:
            raise Untranslatable("a union with a bit field of this type")
        more = f", bits=({first}, {field.bits})"
    place = f", {at}" if at or counts else ""
    return f"member({_name(kind, structs)}{place}{''.join(f', {count}' for count in counts)}{more})"


def _name(kind: CType, structs: Mapping[str, StructDef]) -> str:
    if isinstance(kind, Struct):
        made = structs.get(kind.name)
        if made is None or made.system:
            raise Untranslatable(f"a union with a {kind.name}")
    elif not isinstance(kind, (Int, Float, Pointer, Function)) or (isinstance(kind, (Int, Float)) and kind.bits > 64):
        raise Untranslatable("a union with a member of this type")
    elif isinstance(kind, Int) and kind.name == "pthread_t":
        raise Untranslatable("a union with a thread")
    return element_type(kind)
