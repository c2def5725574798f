"""Unions, the structs that stand in them, and those whose bytes are asked for: what lies in bytes here as in C."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from oss.tools.migrate.c_types import Array, CType, Float, Function, Int, Pointer, Struct
from oss.tools.migrate.names import element_type
from oss.tools.migrate.nodes import Decl, StructDef
from oss.tools.migrate.values import Untranslatable

__all__ = ["flexible", "member", "overlaid"]


def overlaid(structs: Mapping[str, StructDef], asked: Collection[str], outer: Collection[Decl]) -> frozenset[str]:
    """The unions, the structs with a union without a name, and all structs in these.

    So are those whose bytes are ``asked`` for, or whose length is open, where all that they have can lie in bytes, and
    nothing leads from a field to them, as from those in ``outer``.
    """
    own = {name: made for name, made in structs.items() if not made.system}
    found: set[str] = set()
    for name, made in own.items():
        if made.union or made.overlaid:
            found |= _within(name, own)
        elif name in asked or flexible(made):
            inner = _within(name, own)
            if all(_lies(own[item], structs, outer) for item in inner):
                found |= inner
    return frozenset(found)


def _within(name: str, own: Mapping[str, StructDef]) -> set[str]:
    """A struct, and all structs in it."""
    left, found = [name], set[str]()
    while left:
        item = left.pop()
        if item not in found:
            found.add(item)
            inner = (_element(field.type) for field in own[item].fields)
            left += [kind.name for kind in inner if isinstance(kind, Struct) and kind.name in own]
    return found


def _lies(made: StructDef, structs: Mapping[str, StructDef], outer: Collection[Decl]) -> bool:
    try:
        for field in made.fields:
            member(field, structs)
    except Untranslatable:
        return False
    return not any(field in outer or field.name.startswith("_") for field in made.fields)


def flexible(made: StructDef) -> bool:
    """Whether a struct ends with an array of no length of its own."""
    last = made.fields[-1].type if len(made.fields) > 1 else None
    return isinstance(last, Array) and not last.count and not made.union


def _element(kind: CType) -> CType:
    while isinstance(kind, Array):
        kind = kind.of
    return kind


def member(field: Decl, structs: Mapping[str, StructDef]) -> str:
    """What stands for a field in the class of a union."""
    kind, counts = field.type, []
    while isinstance(kind, Array):
        owner = structs.get(field.owner)
        if not kind.count and (owner is None or not flexible(owner) or owner.fields[-1] is not field):
            raise Untranslatable("the bytes of an array whose length is not known")
        counts.append(str(kind.count or 0))
        kind = kind.of
    at = field.offset // 8
    more = ""
    if field.bits is not None:
        if not isinstance(kind, Int) or kind.bits < 8:
            raise Untranslatable("the bytes of a bit field of this type")
        at, first = field.offset // kind.bits * (kind.bits // 8), field.offset % kind.bits
        if first + field.bits > kind.bits:
            raise Untranslatable("the bytes of a bit field of this type")
        more = f", bits=({first}, {field.bits})"
    place = f", {at}" if at or counts else ""
    return f"member({_name(kind, structs)}{place}{''.join(f', {count}' for count in counts)}{more})"


def _name(kind: CType, structs: Mapping[str, StructDef]) -> str:
    if isinstance(kind, Struct):
        made = structs.get(kind.name)
        if made is None or made.system:
            raise Untranslatable(f"the bytes of a {kind.name}")
    elif not isinstance(kind, (Int, Float, Pointer, Function)) or (isinstance(kind, (Int, Float)) and kind.bits > 64):
        raise Untranslatable("the bytes of a field of this type")
    elif isinstance(kind, Int) and kind.name == "pthread_t":
        raise Untranslatable("the bytes of a thread")
    return element_type(kind)
