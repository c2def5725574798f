"""The statements of a program from what libclang shows of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from oss.tools.migrate.gaps import Gaps, blank
from oss.tools.migrate.nodes import STATEMENTS, UNREAD, Decl, Node, Place, Problem
from oss.tools.migrate.read_expressions import ExpressionReader

__all__ = ["StatementReader"]

_OF_SWITCH = re.compile(rb"\b(?:case|default|break)\b")

_STATEMENTS = {
    "BREAK_STMT": "break", "CONTINUE_STMT": "continue", "NULL_STMT": "empty", "ASM_STMT": "asm", "MS_ASM_STMT": "asm",
}  # fmt: skip


class StatementReader(ExpressionReader):
    """Reads statements."""

    def top(self, cursor: Any) -> None:
        """Reads a declaration."""
        raise NotImplementedError

    def top_VAR_DECL(self, cursor: Any) -> None:
        """Reads a variable that other functions know, too."""
        raise NotImplementedError

    def variable(self, cursor: Any) -> Decl:
        """Reads a variable."""
        raise NotImplementedError

    def statement(self, cursor: Any) -> Node:
        """A statement; one in which something is not known is as a whole unknown, but for the blocks in it."""
        made = self.plain_statement(cursor)
        inner = [kid.place for kid in made.kids if kid is not None and (kid.kind in STATEMENTS or kid.name == UNREAD)]
        for problem in self.problems(made.place):
            if any(place.start <= problem.offset < place.end for place in inner):
                continue
            if made.kind in ("if", "while") and inner and problem.offset < inner[0].start:
                made.kids[0] = self.unread_head(made.place, inner[0].start, problem.reason)
            elif made.kind != "block":
                return self.unread_declared(made, problem)
            else:
                self.dropped(made, problem)
        if made.kind == "block":
            self.left_out(made)
        return made

    def left_out(self, block: Node) -> None:
        """Text of a block that belongs to none of its statements becomes an unknown statement."""
        place = block.place
        gaps = self.gaps(place.file)
        if gaps.text[place.start : place.start + 1] != b"{":
            return  # out of a macro
        known = [(kid.place.start, kid.place.end) for kid in block.kids if kid is not None]
        for start, end in gaps.between(place.start + 1, place.end - 1, known):
            near = [row for row in self.made.problems if row.file == place.file and place.start <= row.offset < end]
            reason = near[-1].reason if near else "a statement that cannot be read"
            first, last = (self.made.sources[place.file].count(b"\n", 0, at) + 1 for at in (start, end))
            made = self.unread(Place(place.file, first, start, end, last), reason)
            index = sum(kid is not None and kid.place.start < start for kid in block.kids)
            block.kids.insert(index, made)

    def gaps(self, file: str) -> Gaps:
        found = self.gaps_of.get(file)
        if found is None:
            found = self.gaps_of[file] = Gaps(self.made.sources[file], self.unit.skipped(file), self.macro_uses(file))
        return found

    def macro_uses(self, file: str) -> dict[tuple[int, int], bytes]:
        """Where a file uses macros, and the text that defines each."""
        texts = self.macro_texts
        for cursor in self.unit.cursor.get_children() if not texts else ():
            if cursor.kind.name == "MACRO_DEFINITION" and cursor.location.file:
                place = self.place(cursor)
                texts[cursor.spelling] = self.made.sources[place.file][place.start : place.end]
        rows = ((start, end, name) for (where, start, end), name in self.expansions.items() if where == file)
        return {(start, end): texts.get(name, b"?") for start, end, name in rows}

    def problems(self, place: Place) -> list[Problem]:
        return [
            problem
            for problem in self.made.problems
            if problem.file == place.file and place.start <= problem.offset < place.end
        ]

    def dropped(self, block: Node, problem: Problem) -> None:
        """A statement that libclang leaves out becomes an unknown one, where it stood."""
        if any(kid is not None and kid.place.start <= problem.offset < kid.place.end for kid in block.kids):
            return
        source = self.gaps(problem.file).text
        end = source.find(b";", problem.offset)
        end = block.place.end if end < 0 else min(end + 1, block.place.end)
        start = max(source.rfind(mark, 0, problem.offset) for mark in (b";", b"{", b"}")) + 1
        start += len(source[start : problem.offset]) - len(source[start : problem.offset].lstrip(b" \t\r\n"))
        line = source.count(b"\n", 0, end) + 1
        made = self.unread(Place(problem.file, problem.line, start, end, line), problem.reason)
        # what was read of its beginning is not all that it says
        kids = [kid for kid in block.kids if kid is not None and not start <= kid.place.start < kid.place.end <= end]
        index = next((number for number, kid in enumerate(kids) if kid.place.start > problem.offset), len(kids))
        block.kids = [*kids[:index], made, *kids[index:]]

    def unread(self, place: Place, reason: str) -> Node:
        """A statement that cannot be read; its value tells whether it may be about a ``switch`` around it."""
        text = blank(self.made.sources[place.file][place.start : place.end])
        return Node("unknown", place, name=UNREAD, value=bool(_OF_SWITCH.search(text)), reason=reason)

    def unread_head(self, place: Place, end: int, reason: str) -> Node:
        """The condition of a statement, which cannot be read: what stands in its parentheses."""
        source = self.made.sources[place.file]
        start = source.find(b"(", place.start, end) + 1 or place.start
        end = max(source.rfind(b")", start, end), start)
        return Node("unknown", Place(place.file, place.line, start, end, place.last_line), reason=reason)

    def unread_declared(self, made: Node, problem: Problem) -> Node:
        """A statement that cannot be read; the type of a variable is known if only what it is set to is not."""
        unread = self.unread(made.place, problem.reason)
        text = self.gaps(made.place.file).text
        for decl in made.decls if made.kind == "declare" else ():
            begins = re.search(rb"\b%s\b" % re.escape(decl.name.encode()), text[made.place.start : made.place.end])
            if decl.scope == "local" and begins and made.place.start + begins.end() <= problem.offset:
                decl.init = Node("unknown", made.place, decl.type, reason=problem.reason)
                unread.decls.append(decl)
        return unread

    def plain_statement(self, cursor: Any) -> Node:
        name = cursor.kind.name
        if name in _STATEMENTS:
            return Node(_STATEMENTS[name], self.place(cursor))
        reader = getattr(self, f"stmt_{name}", None)
        if reader is not None:
            made: Node = reader(cursor)
            return made
        if cursor.kind.is_expression() or cursor.kind.name == "StmtExpr":
            return Node("expression", self.place(cursor), kids=[self.expression(cursor)])
        return self.unknown(cursor, f"no counterpart of {name.lower()}")

    def stmt_COMPOUND_STMT(self, cursor: Any) -> Node:
        return Node("block", self.place(cursor), kids=[self.statement(item) for item in cursor.get_children()])

    def stmt_DECL_STMT(self, cursor: Any) -> Node:
        made = Node("declare", self.place(cursor))
        for child in cursor.get_children():
            kind = child.kind.name
            if kind == "VAR_DECL":
                if child.storage_class.name == "EXTERN":
                    self.announced(child)
                else:
                    made.decls.append(self.variable(child))
            elif kind in ("STRUCT_DECL", "UNION_DECL", "ENUM_DECL", "TYPEDEF_DECL"):
                self.top(child)
            elif kind == "FUNCTION_DECL":
                function, self.function = self.function, ""
                self.top(child)
                self.function = function
            else:
                made.kids.append(self.unknown(child, f"no counterpart of {kind.lower()}"))
        return made

    def announced(self, cursor: Any) -> None:
        """``extern int n;`` in a function: a variable of the module, which is there already or comes."""
        items = [item for item in self.made.items if isinstance(item, Decl) and item.name == cursor.spelling]
        if items:
            self.decls[cursor.hash] = items[-1]
            return
        function, self.function = self.function, ""
        self.top_VAR_DECL(cursor)
        self.function = function

    def stmt_IF_STMT(self, cursor: Any) -> Node:
        return self.headed(cursor, "if", 2, 3)

    def stmt_WHILE_STMT(self, cursor: Any) -> Node:
        return self.headed(cursor, "while", 2, 2)

    def stmt_SWITCH_STMT(self, cursor: Any) -> Node:
        return self.headed(cursor, "switch", 2, 2)

    def headed(self, cursor: Any, kind: str, least: int, most: int) -> Node:
        """A statement with a condition: expression, statements."""
        children = list(cursor.get_children())
        if not least <= len(children) <= most:
            return self.unknown(cursor, "a condition that cannot be read")
        first, *rest = children
        kids: list[Node | None] = [self.expression(first), *(self.statement(item) for item in rest)]
        return Node(kind, self.place(cursor), kids=kids)

    def stmt_DO_STMT(self, cursor: Any) -> Node:
        children = list(cursor.get_children())
        if len(children) != 2:
            return self.unknown(cursor, "a condition that cannot be read")
        return Node("do", self.place(cursor), kids=[self.statement(children[0]), self.expression(children[1])])

    def stmt_FOR_STMT(self, cursor: Any) -> Node:
        children = list(cursor.get_children())
        if not children:
            return self.unknown(cursor, "a loop that cannot be read")
        *head, body = children
        parts = self.for_parts(cursor, head)
        if parts is None:
            return self.unknown(cursor, "a loop that cannot be read")
        start, test, step = parts
        return Node("for", self.place(cursor), kids=[
            self.statement(start) if start is not None else None,
            self.expression(test) if test is not None else None,
            self.statement(step) if step is not None else None,
            self.statement(body),
        ])  # fmt: skip

    def for_parts(self, cursor: Any, head: Sequence[Any]) -> tuple[Any, Any, Any] | None:
        """Start, test and step of a loop, any of which may be missing: told by the semicolons between them."""
        if len(head) == 3:
            return head[0], head[1], head[2]
        place = self.place(cursor)
        cuts = _semicolons(self.made.sources[place.file], place.start, place.end)
        if cuts is None:  # a macro that is the whole head
            return (head[0], None, None) if len(head) == 1 and head[0].kind.name == "BINARY_OPERATOR" else None
        found: list[Any] = [None, None, None]
        for item in head:
            at = item.extent.start.offset
            index = (at > cuts[0]) + (at > cuts[1])
            if found[index] is not None:
                return None
            found[index] = item
        return found[0], found[1], found[2]

    def stmt_CASE_STMT(self, cursor: Any) -> Node:
        children = list(cursor.get_children())
        *values, body = children
        if not 1 <= len(values) <= 2:
            return self.unknown(cursor, "a case that cannot be read")
        shown: list[Node | None] = [self.expression(value) for value in values]
        if len(shown) == 2:  # ``case 'a' ... 'f':``
            shown = [Node("span", self.place(cursor), kids=shown)]
        return Node("case", self.place(cursor), kids=[*shown, self.statement(body)])

    def stmt_DEFAULT_STMT(self, cursor: Any) -> Node:
        return Node("default", self.place(cursor), kids=[self.statement(item) for item in cursor.get_children()])

    def stmt_RETURN_STMT(self, cursor: Any) -> Node:
        return Node("return", self.place(cursor), kids=[self.expression(item) for item in cursor.get_children()])

    def stmt_LABEL_STMT(self, cursor: Any) -> Node:
        kids: list[Node | None] = [self.statement(item) for item in cursor.get_children()]
        return Node("label", self.place(cursor), kids=kids, name=cursor.spelling)

    def stmt_UNEXPOSED_STMT(self, cursor: Any) -> Node:
        """A statement with an attribute, as ``[[fallthrough]];``."""
        inner = [child for child in cursor.get_children() if child.kind.is_statement()]
        place = self.place(cursor)
        if not self.made.text(place).startswith(("[[", "__attribute__")) or len(inner) > 1:
            return self.unknown(cursor, f"no counterpart of {cursor.kind.name.lower()}")
        return self.statement(inner[0]) if inner else Node("empty", place)

    def stmt_GOTO_STMT(self, cursor: Any) -> Node:
        label = next(iter(cursor.get_children()), None)
        if label is None:
            return self.unknown(cursor, "a jump to a label that is nowhere")
        return Node("goto", self.place(cursor), name=label.spelling)


_PIECE = re.compile(rb"""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[();{}]""", re.DOTALL)


def _semicolons(source: bytes, start: int, end: int) -> tuple[int, int] | None:
    """Where the two semicolons of a ``for`` stand."""
    depth, found = 0, []
    for match in _PIECE.finditer(source, start, end):
        piece = match[0]
        if piece in (b"(", b"{"):
            depth += 1
        elif piece in (b")", b"}"):
            depth -= 1
            if not depth:
                break
        elif piece == b";" and depth == 1:
            found.append(match.start())
    return (found[0], found[1]) if len(found) == 2 else None
