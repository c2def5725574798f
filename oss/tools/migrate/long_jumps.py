"""``setjmp``: what follows it is repeated when a jump comes back to it."""

from __future__ import annotations

from collections.abc import Sequence

from oss.tools.migrate.asked import callee_name
from oss.tools.migrate.c_types import INT
from oss.tools.migrate.control import Control
from oss.tools.migrate.nodes import Node, walk
from oss.tools.migrate.switches import breaks, continues, ends
from oss.tools.migrate.values import ATOM, Untranslatable, Value

__all__ = ["LongJumps"]


class LongJumps(Control):
    """The part of the statement writer that comes back."""

    def _in_turn(self, items: list[Node]) -> None:
        index = next((index for index, item in enumerate(items) if _setjmp(item) is not None), len(items))
        super()._in_turn(items[:index])
        env = self._env(items[index:])
        if env:
            self._come_back(items[index:], env)
        else:
            super()._in_turn(items[index:])

    def _env(self, items: Sequence[Node]) -> str:
        """Where to come back to; nothing where the statements leave a loop around them, or labels are about."""
        call = _setjmp(items[0]) if items else None
        labels = any(part.kind in ("label", "goto") for part in walk(self.body_of_function))
        if call is None or labels or any(breaks(item) or continues(item) for item in items):
            return ""
        with self.context.probing():
            try:
                return self.write(call.kid(1)).code
            except Untranslatable:
                return ""

    def _come_back(self, items: list[Node], env: str) -> None:
        jumped, call = self.context.temporary("jumped"), _setjmp(items[0])
        assert call is not None
        call.kind, call.kids, call.value = "written", [], Value(jumped, "int", ATOM, INT)
        self.out.comments(items[0].place.line)
        if not env.isidentifier():
            place, env = env, self.context.temporary("env")
            self.out.add(f"{env} = {place}")
        self.out.add(f"{jumped} = 0")
        self.out.add("while True:")
        with self.out.indented():
            self.out.add("try:")
            with self.out.indented():
                self._in_turn(items)
                if not ends(items):
                    self.out.add("break")
            self.out.add("except LongJump as jump:")
            with self.out.indented():
                self.out.add(f"{jumped} = jump.to({env})")


def _setjmp(item: Node) -> Node | None:
    """The call of ``setjmp`` in what a statement evaluates when it begins."""
    heads: Sequence[Node | None] = ()
    if item.kind in ("if", "switch"):
        heads = item.kids[:1]
    elif item.kind in ("expression", "declare"):
        heads = [*item.kids, *(decl.init for decl in item.decls)]
    calls = (part for head in heads for part in walk(head) if part.kind == "call")
    return next((call for call in calls if callee_name(call) == "__setjmp"), None)
