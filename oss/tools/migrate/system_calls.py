"""Calls of POSIX's threads, signals and jumps: what they are given, and what they give back."""

from __future__ import annotations

from dataclasses import replace

from oss.tools.migrate import known
from oss.tools.migrate.calls import Calls
from oss.tools.migrate.nodes import Node, bare, is_null
from oss.tools.migrate.values import ATOM, Untranslatable, Value, integer

__all__ = ["SystemCalls"]


class SystemCalls(Calls):
    """The part of the expression writer that calls functions of ``pthread.h``, ``signal.h`` and ``setjmp.h``."""

    def call_pthread_create(self, node: Node, arguments: list[Node]) -> Value | None:
        run = self.context.uses.functions.get(bare(arguments[2]).name)
        if run is None or run.system or not run.params:
            raise Untranslatable("a thread whose function is not known")
        callee = known.function("pthread_create")
        codes = [self.to_known(callee, position, argument) for position, argument in enumerate(arguments[:3])]
        codes.append(self.passed(arguments[3], run.params[0]))
        return Value(f"pthread_create({', '.join(codes)})", "int", ATOM, node.type)

    def call_pthread_exit(self, node: Node, arguments: list[Node]) -> Value | None:
        ended = self.context.uses.ended
        if is_null(arguments[0]) or not ended:
            return None
        made = integer(self.given(arguments[0], ended[0].root(), arguments[0].type))
        return Value(f"pthread_exit({made.code})", "int", ATOM, node.type)

    def call_pthread_setspecific(self, node: Node, arguments: list[Node]) -> Value | None:
        slot = self.context.uses.of_key(arguments[0])
        if slot is None:
            raise Untranslatable("a key that is not a variable")
        made = integer(self.given(arguments[1], slot, slot.type))
        return Value(f"pthread_setspecific({self(arguments[0]).code}, {made.code})", "int", ATOM, node.type)

    def call_pthread_getspecific(self, node: Node, arguments: list[Node]) -> Value | None:
        slot = self.context.uses.of_key(arguments[0])
        if slot is None:
            raise Untranslatable("a key that is not a variable")
        made = self.of_slot(f"pthread_getspecific({self(arguments[0]).code})", slot, slot.type)
        return replace(made, code=f"({made.code} or 0)") if made.form == "int" else made

    def call_pthread_key_create(self, node: Node, arguments: list[Node]) -> Value | None:
        """A key; memory need not be freed."""
        place, end = self.to_known(known.function("pthread_key_create"), 0, arguments[0]), bare(arguments[1])
        if is_null(end) or end.name == "free":
            return Value(f"pthread_key_create({place}, None)", "int", ATOM, node.type)
        own = self.context.uses.functions.get(end.name)
        if own is None or own.system:
            raise Untranslatable("a key whose destructor is not known")
        return Value(f"pthread_key_create({place}, {self(end).code})", "int", ATOM, node.type)

    def call___setjmp(self, node: Node, arguments: list[Node]) -> Value | None:
        raise Untranslatable("setjmp where nothing can come back to it")
