"""Arguments of calls that one must evaluate in the order that gcc does, where that can be noticed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from oss.tools.migrate.asked import callee_name, is_pointer
from oss.tools.migrate.c_types import Array, CType, Function, Pointer, Struct, is_byte, pointee
from oss.tools.migrate.nodes import Decl, Node, bare
from oss.tools.migrate.questions import Questions
from oss.tools.migrate.values import ATOM, Untranslatable

__all__ = ["Turns"]


class Turns(Questions):
    """The part of the expression writer that keeps the order of arguments."""

    def in_order(self, node: Node) -> Node:
        """A call whose arguments can stand in their order: what must be evaluated before is a variable."""
        arguments = [kid for kid in node.kids[1:] if kid is not None]
        ordered = self.ordered(arguments, self.context.uses.functions.get(callee_name(node)))
        if ordered == arguments:
            return node
        return Node(node.kind, node.place, node.type, [node.kids[0], *ordered], node.name, node.value, node.decl)

    def ordered(self, arguments: Sequence[Node], function: Decl | None, kinds: Sequence[CType] = ()) -> list[Node]:
        """Arguments, of which what must be evaluated before those to its left is a variable.

        ``kinds`` are the types of the parameters of an operator that is no ``function``.
        """
        if len(arguments) < 2:
            return list(arguments)
        if function is not None and not function.system:
            kinds = [item.type for item in function.params]
        late = {index for index, argument in enumerate(arguments) if self.read_late(argument, index, function)}
        made_first = list(arguments)
        for index in self.context.order.first(arguments, kinds, late):
            argument = arguments[index]
            if isinstance(argument.type, Struct) and not self.context.order.acts(argument):
                raise Untranslatable("an object that is copied before another argument is evaluated")
            made = self(argument)
            if made.form == "none" or made.of == "single":
                continue
            made = self.settled(made) if made.form in ("place", "offset") else made
            name = self.context.temporary()
            self.context.hoist(f"{name} = {made.code}", origin=argument, role="argument")
            value = replace(made, code=name, level=ATOM)
            made_first[index] = Node("written", argument.place, argument.type, [argument], value=value)
        return made_first

    def read_late(self, node: Node, position: int, function: Decl | None) -> bool:
        """Whether an argument leads to bytes that a function reads as a text, which another argument may change."""
        kinds = function.type.params if function is not None and isinstance(function.type, Function) else ()
        if function is not None and position < len(kinds):
            kind = kinds[position]
            given = function.system or position >= len(function.params)
            text = kind.const if given and isinstance(kind, Pointer) else self.is_text(function, position)
            if not text:
                return False
        inner = _begun(node)
        if inner.kind not in ("name", "member") or inner.decl is None or not is_byte(pointee(inner.type)):
            return False
        local = inner.kind == "name" and inner.decl.scope in ("local", "param")
        return self.context.form(inner.decl) != "text" or (isinstance(inner.type, Array) and not local)

    def is_text(self, function: Decl, position: int) -> bool:
        """Whether a parameter is a str."""
        return position < len(function.params) and self.context.form(function.params[position]) == "text"


def _begun(node: Node) -> Node:
    """What ``buffer + 1`` and ``&buffer[1]`` are places in."""
    inner = bare(node)
    while inner.kind == "binary" and inner.name in ("+", "-") and is_pointer(inner.type):
        inner = bare(inner.kid(0))
    if inner.kind == "unary" and inner.name == "&" and bare(inner.kid(0)).kind == "index":
        return bare(bare(inner.kid(0)).kid(0))
    return inner
