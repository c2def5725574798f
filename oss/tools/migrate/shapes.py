"""Which form each pointer has in Python: the plainest that is the same for all that the program does with it.

text      a str, or None: only ever given, compared and printed whole
bytes     a bytearray: filled and read by index, or by slices with a length
list      an array of numbers, pointers or structs whose address does not travel
object    a struct, or None: a pointer that leads to one struct
ptr       ``oss.c_runtime.pointers.ptr``: a place in a block of memory, right for everything
function  a callable, or None
any       a ``void *`` that is only handed on
number    a ``void *`` that holds an integer
"""

from __future__ import annotations

from oss.tools.migrate import known
from oss.tools.migrate.c_types import (
    Array,
    CType,
    Float,
    Function,
    Int,
    Pointer,
    Std,
    Struct,
    Void,
    is_byte,
    is_char,
    pointee,
    size_of,
)
from oss.tools.migrate.slots import Slot, Slots

__all__ = ["decide", "in_bytes", "keeps", "kinds_of_void", "lead", "settle", "told"]

_NO_TEXT = {"memory", "moved", "placed", "ordered", "sliced", "seen", "given", "grown", "stored", "filled", "part",
            "indexed", "number"}  # fmt: skip
_NO_LIST = {"moved", "placed", "ordered", "single", "seen", "given", "grown", "part", "outside", "sliced", "boxed",
            "number", "literal", "filled"}  # fmt: skip
_NO_OBJECT = {"moved", "ordered", "indexed", "seen", "given", "grown"}
_NO_BYTES = {"moved", "placed", "ordered", "part", "given", "grown", "boxed", "whole", "memory", "literal", "number",
             "duplicate", "outside", "found"}  # fmt: skip
_BYTES = {"sliced", "sized", "seen", "moved", "indexed"}
"""What shows that memory behind a ``void *`` is seen as bytes or elements."""
_LENT = {"lent", "given", "outside", "nullable", "sized"}
"""What bytes that the SDK gives are there for, where they are only handed on to it whole."""


def lead(slot: Slot) -> CType | None:
    """What a pointer leads to; for a ``void *``, what it leads to wherever it comes from."""
    to = pointee(slot.type)
    if isinstance(to, Void):
        return next(iter(slot.kinds)) if len(slot.kinds) == 1 else None
    return to


def decide(slots: Slots) -> None:
    """Sets the form of every slot."""
    rows = list(slots.all())
    kinds_of_void(rows)
    for decl, into in slots.numbers:
        if in_bytes(into.root(), decl.type):
            slots.decl(decl).uses.add("raw")
    for slot in rows:
        slot.form = _first(slot)
    while any(_step(slot) for slot in rows) or any(_alike(one.root(), other.root()) for one, other in slots.alike):
        pass


def _alike(one: Slot, other: Slot) -> bool:
    """Gives slots between which a pointer goes as it is one form; whether anything changed."""
    forms = {one.form, other.form}
    if len(forms) == 1 or forms in ({"object", "any"}, {"function", "any"}):
        return False
    one.form = other.form = "number" if forms == {"number", "any"} else "ptr"
    return True


def in_bytes(slot: Slot, kind: CType, seen: frozenset[int] = frozenset()) -> bool:
    """Whether a number whose address goes into a slot may be seen as bytes, or as another type."""
    if id(slot) in seen:
        return False
    if isinstance(pointee(slot.type), Void):
        if slot.uses & _BYTES or (slot.kinds | slot.views) - {kind}:
            return True
    elif pointee(slot.type) != kind:
        return True
    return any(in_bytes(into, kind, seen | {id(slot)}) for into in slot.into)


def told(slot: Slot, kind: CType) -> bool:
    """Whether the type of what a number's address is cast to tells apart what it leads to: nothing else is so large."""
    size, seen = size_of(kind) or 1, [slot]
    sizes: list[int | None] = []
    for item in seen:
        seen += [into for into in item.into if into not in seen]
        if item.uses & _BYTES:
            return False
        to = pointee(item.type)
        views = item.views if isinstance(to, Void) else {to} if to is not None else set()
        sizes += [size_of(view) for view in views if view != kind]
    return size > 1 and size not in sizes


def settle(slot: Slot) -> str:
    """The form of a slot that no flow led to."""
    slot.form = slot.form or _first(slot)
    return slot.form


def kinds_of_void(rows: list[Slot]) -> None:
    """Lets each ``void *`` know what it may lead to."""
    changed = True
    while changed:
        changed = False
        for slot in rows:
            if not isinstance(pointee(slot.type), Void):
                continue
            before = len(slot.kinds)
            for other in (*slot.sources, *slot.into):
                to = pointee(other.type)
                if not isinstance(to, Void) and to is not None:
                    slot.kinds.add(to)
                elif other in slot.sources or not slot.kinds:
                    slot.kinds |= other.kinds
            changed |= len(slot.kinds) != before


def _first(slot: Slot) -> str:
    """The plainest form that the uses of a slot alone allow."""
    to = lead(slot)
    decl = slot.decl
    if (
        decl is not None
        and decl.scope == "field"
        and decl.system
        and known.is_runtime_struct(decl.owner)
        and not isinstance(to, (Struct, Function))
    ):
        return "ptr"
    if slot.decl is not None and slot.decl.owner == "aos_buf_t" and slot.decl.name in ("pos", "last", "start", "end"):
        return "offset"
    if _is_given(slot) and is_char(to):
        return "text"
    if _is_number(slot):
        return "number"
    if to is None:
        numbers = slot.kinds and all(isinstance(kind, (Int, Float)) for kind in slot.kinds)
        return "ptr" if numbers or ("seen" in slot.uses and isinstance(pointee(slot.type), Void)) else "any"
    if isinstance(to, Function):
        return "function"
    if isinstance(to, Struct):
        if isinstance(slot.type, Array):
            return "ptr" if slot.uses & (_NO_LIST - {"single"}) or _in_struct(slot) else "list"
        return "ptr" if slot.uses & (_NO_OBJECT - {"indexed"}) else "list" if "indexed" in slot.uses else "object"
    if is_byte(to):
        return _first_of_bytes(slot, to)
    return "ptr" if slot.uses & _NO_LIST or _in_struct(slot) else "list"


def _is_number(slot: Slot) -> bool:
    """Whether a ``void *`` only ever holds a number, as what a thread is given often does."""
    led = slot.kinds or slot.uses & (_NO_LIST - {"number", "boxed"}) or slot.uses & {"fresh", "duplicate", "memory"}
    return "number" in slot.uses and isinstance(pointee(slot.type), Void) and not led


def _in_struct(slot: Slot) -> bool:
    """Whether an array is a part of a struct, with which it is copied; the library's objects have lists alone."""
    inner = slot.type
    while isinstance(inner, Array):
        inner = inner.of
    field = slot.decl is not None and slot.decl.scope == "field"
    return isinstance(slot.type, Array) and field and not isinstance(inner, Std)


def _first_of_bytes(slot: Slot, to: CType) -> str:
    if is_char(to) and not slot.uses & _NO_TEXT:
        if "whole" in slot.uses and slot.decl is not None and slot.decl.scope == "param":
            return "ptr"
        return "text"
    if "lent" in slot.uses and slot.uses <= _LENT and not slot.sources and not slot.into:
        return "bytes"
    signed = isinstance(to, Int) and to.signed and not is_char(to)  # what a bytearray cannot hold
    if signed or slot.uses & _NO_BYTES or not (slot.uses & {"fresh"} or isinstance(slot.type, Array)):
        return "ptr"
    return "bytes"


def _step(slot: Slot) -> bool:
    """One round of what the forms of a slot and of those around it ask of each other; whether anything changed."""
    changed = False
    for into in slot.into:
        changed |= _between(slot, into)
    if slot.form == "text" and "whole" in slot.uses and not _replaceable(slot) and not _is_given(slot):
        slot.form, changed = "ptr", True
    if slot.form == "text" and "sized" in slot.uses and _measured(slot) and not _is_given(slot):
        slot.form, changed = "ptr", True
    if slot.form == "list" and not isinstance(slot.type, Array) and not _whole_arrays(slot):
        slot.form, changed = "ptr", True
    return _rows(slot) or changed


def _rows(slot: Slot) -> bool:
    """An array of arrays is one block where its rows must be, or where a pointer may go from one to the next."""
    inner = slot.leads()
    if inner is None or not isinstance(inner.type, Array) or slot.form == inner.form:
        return False
    if slot.form == "ptr":
        inner.form = "ptr"
    elif inner.form == "ptr" and ("spanned" in inner.uses or not is_byte(inner.type.of)):
        slot.form = "ptr"
    else:
        return False
    return True


def _measured(slot: Slot) -> bool:
    """Whether memory of which so many bytes are read may be more than a text: an array, or what is one elsewhere."""
    if isinstance(slot.type, Array) or "whole" in slot.uses or "fresh" in slot.uses:
        return True
    for source in slot.sources:
        if "sized" not in source.uses:
            source.uses.add("sized")
    return any(source.form in ("ptr", "bytes") for source in slot.sources)


def _whole_arrays(slot: Slot) -> bool:
    """Whether a pointer that is indexed leads to the start of arrays alone."""
    if slot.decl is not None and slot.decl.scope == "param" and slot.decl.owner == "main":
        return True
    made = bool(slot.sources) or "fresh" in slot.uses or "nullable" in slot.uses
    return made and all(source.form == "list" for source in slot.sources)


def _between(slot: Slot, into: Slot) -> bool:
    before = slot.form, into.form, len(slot.uses), len(into.uses)
    to, other = lead(slot), lead(into)
    if slot.form == "number" and into.form == "any" and not into.kinds:
        into.form = "number"
    if is_byte(to) or is_byte(other):
        _bytes_between(slot, into)
    elif to is None or other is None:
        slot.uses |= into.uses & {"stored"}
        if slot.form == "list" and other is None and (into.form == "ptr" or into.views - {to}):
            slot.form = "ptr"
    elif isinstance(to, Struct) and isinstance(other, Struct):
        if to == other:
            _structs_between(slot, into)
    elif {slot.form, into.form} == {"list", "ptr"}:
        slot.form = into.form = "ptr"
    if to != other and isinstance(to, (Int,)) and isinstance(other, (Int,)):
        slot.form = into.form = "ptr"
    return before != (slot.form, into.form, len(slot.uses), len(into.uses))


def _bytes_between(slot: Slot, into: Slot) -> None:
    if slot.form == "offset":
        into.form = "ptr"
        return
    lent = into.form == "text" and not unsteady(into)
    if "bytes" in (slot.form, into.form) and slot.form != into.form and not lent:
        slot.form = "ptr" if slot.form == "bytes" else slot.form
        into.form = "ptr" if into.form == "bytes" else into.form
    written = "stored" in into.uses or ("whole" in into.uses and into.form == "ptr")
    if written and "stored" not in slot.uses:
        slot.uses.add("stored")
    if "placed" in into.uses or "ordered" in into.uses:
        slot.uses.add("placed")
    if slot.form == "text" and slot.uses & _NO_TEXT and not _is_given(slot):
        slot.form = "ptr"
    if slot.form == "ptr" and into.form == "text" and unsteady(into) and not _is_given(into):
        into.form = "ptr"


def _is_given(slot: Slot) -> bool:
    """Whether a text is a field of the SDK's, which is a str whatever the program does with it."""
    decl = slot.decl
    return decl is not None and decl.scope == "field" and decl.system and known.is_sdk(decl.owner)


def _structs_between(slot: Slot, into: Slot) -> None:
    if into.form in ("ptr", "list") and slot.form == "object":
        slot.form = into.form
    elif into.form == "ptr" and slot.form == "list":
        slot.form = "ptr"
    elif slot.form == "ptr" and into.form == "list":
        into.form = "ptr"


def keeps(slot: Slot, seen: frozenset[int] = frozenset()) -> bool:
    """Whether a pointer may outlive the call that it was given to."""
    if slot.decl is None or slot.decl.scope != "param" or id(slot) in seen:
        return slot.decl is None or slot.decl.scope != "param"
    return any(keeps(into, seen | {id(slot)}) for into in slot.into)


def unsteady(slot: Slot) -> bool:
    """Whether what a pointer leads to may change while it is in use, so that a str would not do."""
    return "loud" in slot.uses or keeps(slot)


def _replaceable(slot: Slot) -> bool:
    """Whether a text that is written as a whole can be a str that is set anew: nothing else sees its memory."""
    pointer = isinstance(slot.type, Pointer)
    if pointer and (slot.sources or "literal" in slot.uses or slot.uses & {"outside"}):
        return False
    local = slot.decl is not None and slot.decl.scope == "local"
    for into in slot.into:
        leaves = into.decl is None and local and pointer  # returned: the variable itself is gone then
        if unsteady(into) and not leaves:
            return False
    return True
