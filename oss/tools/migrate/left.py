"""What is left to hand: the marks, and what keeps the statements around them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from oss.tools.migrate.c_types import Unknown
from oss.tools.migrate.context import Context
from oss.tools.migrate.layout import Layout
from oss.tools.migrate.mentions import Mentions
from oss.tools.migrate.nodes import Decl, Node, bare, walk
from oss.tools.migrate.spelling import literal
from oss.tools.migrate.values import Untranslatable

__all__ = ["Left"]


class Left:
    """The part of the statement writer that marks."""

    context: Context
    out: Layout
    mentions: Mentions | None
    done: int  # the statements that were translated
    annotated: Callable[[Decl], str]  # how the type of a variable is shown

    def __init__(self) -> None:
        self.done = 0
        self.unset: set[Decl] = set()  # variables that nothing is written of where they are declared

    def mark(self, node: Node, reason: str) -> None:
        self.marked(node, self.context.text(node) or node.kind, reason)
        self.left_to_set(node)

    def marked(self, node: Node, text: str, reason: str) -> None:
        self.out.mark(text, reason, node.place)

    def left_to_set(self, node: Node) -> None:
        """Announces the variables that a marked statement would have set, for the statements that read them."""
        assert self.mentions is not None
        rows = list(node.decls) if node.kind in ("unknown", "declare") else []
        for decl in rows:
            self.context.opened(decl)
        rows += [found for part in walk(node) if (found := _set_by(part)) is not None and found in self.unset]
        for decl in dict.fromkeys(rows):
            if self.mentions.rows[decl] and not self._cleans_up(decl) and not isinstance(decl.type, Unknown):
                shown = "ptr" if self.context.boxed(decl) else self.annotated(decl)
                self.out.add(f"{self.context.name(decl)}: {shown}")

    def _cleans_up(self, decl: Decl) -> bool:
        """Whether something must be done when a variable ends."""
        return False

    @contextmanager
    def by_hand(self, node: Node, word: str, reason: str) -> Iterator[None]:
        """A condition that is left to hand is marked alone, unless nothing of what it is about can be kept."""
        self.context.before, self.context.after, self.context.pure = [], [], 0
        done, test, opposite = self.done, node.kid(0), False
        while _is_turned(test, self.context.text(test)):
            test, opposite = test.kid(0), not opposite
        text = self.context.text(test)
        self.marked(node, f"{word} ({text})", reason)
        self.out.add(f"{word} by_hand({literal(f'!({text})' if opposite else text)}):")
        yield
        if self.done == done:
            raise Untranslatable(reason)
        self.done -= 1  # the statement itself is none of those that are done


def _is_turned(test: Node, text: str) -> bool:
    """Whether a condition is the opposite of one that stands in the text."""
    return test.kind == "unary" and test.name == "!" and (test.place == test.kid(0).place or text[:1] != "!")


def _set_by(part: Node) -> Decl | None:
    """The variable that an expression sets."""
    target = bare(part.kid(0)) if part.kind == "assign" else None
    return target.decl if target is not None and target.kind == "name" else None
