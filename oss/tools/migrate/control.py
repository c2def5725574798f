"""Control flow: conditions, loops, ``switch``, ``goto``, ``return``."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from oss.tools.migrate.asked import callee_name, constant
from oss.tools.migrate.c_types import CType, Function, Int, Pointer, Struct, Unknown, Void
from oss.tools.migrate.context import Context, Hoist
from oss.tools.migrate.layout import Layout
from oss.tools.migrate.left import Left
from oss.tools.migrate.loops import each_of, high, is_int, low, same_entries, shifted, step_of, written
from oss.tools.migrate.mentions import Mentions
from oss.tools.migrate.nodes import Decl, Node, bare, walk
from oss.tools.migrate.switches import Case, cases, chain, continues, ends, flat
from oss.tools.migrate.values import COMPARISON, Untranslatable, Value, integer, negated, stored
from oss.tools.migrate.writer import Writer

__all__ = ["Control"]


_SHORT_TAIL = 6  # a clean-up of so many statements is repeated where C jumps to it
_Head = tuple[str, tuple[list[str], str] | None]
"""The condition of a loop, or ``True`` and what leaves the loop at its start."""

_FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


class Control(Left):
    """The part of the statement writer that branches, repeats and jumps."""

    def __init__(self, context: Context, write: Writer, out: Layout, blank: Callable[[str], frozenset[int]]) -> None:
        super().__init__()
        self.context, self.write, self.out, self.blank = context, write, out, blank
        self.steps: list[Callable[[], None] | None] = []  # what ``continue`` must do first, for each open loop
        self.tails: dict[str, list[Node]] = {}  # what follows each label, to the function's end
        self.jumps: dict[str, str] = {}  # labels that are reached by an exception, and what it carries
        self.once: list[str] = []  # for each open switch that is a loop, the flag that its ``continue`` sets
        self.body_of_function: Node | None = None
        self.mentions: Mentions | None = None
        self.uses_jump = False

    # given by the other part of the writer

    def statement(self, node: Node) -> None:
        raise NotImplementedError

    def emit(self, rows: Sequence[str], node: Node | None) -> None:
        raise NotImplementedError

    def expression(self, node: Node) -> str:
        raise NotImplementedError

    # blocks

    def block(self, items: list[Node]) -> None:
        self.context.active.append({})
        self._rows(items)
        self.context.active.pop()

    def _rows(self, items: list[Node]) -> None:
        """Statements; those that are jumped over, to a label further down, are left by an exception."""
        cut = self._ahead(items)
        if cut is None:
            self._in_turn(items)
            return
        label = items[cut].name
        self.jumps[label] = f'"{label}"'
        self.uses_jump = True
        self.out.add("try:")
        with self.out.indented():
            self._rows(items[:cut])
        del self.jumps[label]
        self.out.add("except Jump as jump:")
        with self.out.indented():
            self.out.add(f'if jump.args[0] != "{label}":')
            with self.out.indented():
                self.out.add("raise")
        self._rows(items[cut:])

    def _ahead(self, items: list[Node]) -> int | None:
        """The last label of a block that only what stands before it jumps to, in a way that has no plainer form."""
        for index in range(len(items) - 1, 0, -1):
            name = items[index].name
            if items[index].kind != "label" or name in self.tails or name in self.jumps:
                continue
            sides = [any(part.kind == "goto" and part.name == name for item in side for part in walk(item))
                     for side in (items[:index], items[index:])]  # fmt: skip
            if sides == [True, False]:
                return index
        return None

    def _in_turn(self, items: list[Node]) -> None:
        previous: Node | None = None
        for item in items:
            self._gap(previous, item)
            self.statement(item)
            if item.place.start:
                previous = item

    def _gap(self, previous: Node | None, item: Node) -> None:
        """An empty line where C has one between two statements."""
        if previous is None or not previous.place.last_line < item.place.line:
            return
        between = range(previous.place.last_line + 1, item.place.line)
        blank = self.blank(item.place.file)
        if any(line in blank for line in between):
            self.out.gap(1)

    def body(self, node: Node | None, end: int = 0) -> None:
        with self.out.indented():
            self.block(flat(node))
            if end:
                self.out.comments(end)

    def on_block(self, node: Node) -> None:
        self.block(flat(node))

    # branches

    def on_if(self, node: Node) -> None:
        self.branch(node, "if")

    def branch(self, node: Node, word: str) -> None:
        saved = self.out.saved()
        try:
            test = self.tested(node.kid(0))
            if test.code in ("True", "False") and word == "if" and not self.context.before:
                self._decided(node, test.code == "True")
                return
            self.emit([f"{word} {test.code}:"], node)
        except Untranslatable as error:
            self.out.restored(saved)
            with self.by_hand(node, word, str(error)):
                self.branches(node)
        else:
            self.branches(node)

    def branches(self, node: Node) -> None:
        self.body(node.kids[1])
        self.otherwise(node.kids[2] if len(node.kids) > 2 else None)

    def _decided(self, node: Node, truth: bool) -> None:
        """A condition that C decides when it compiles."""
        kept = node.kids[1] if truth else node.kids[2] if len(node.kids) > 2 else None
        self.out.comments(node.place.line)
        self.block(flat(kept))

    def otherwise(self, rest: Node | None) -> None:
        items = flat(rest)
        if not items:
            return
        if len(items) == 1 and items[0].kind == "if" and rest is not None and rest.kind == "if":
            inner = items[0]
            saved, waiting = self.context.before, self.out.saved()
            self.context.before = []
            try:
                test = self.tested(inner.kid(0))
                simple = not self.context.before and test.code not in ("True", "False")
            except Untranslatable:
                simple = False
            self.context.before = saved
            self.out.restored(waiting)
            if simple:
                self.branch(inner, "elif")
                return
        self.out.comments(items[0].place.line)
        self.out.add("else:")
        with self.out.indented():
            self.block(items)

    def tested(self, node: Node) -> Value:
        """A condition; what must run before it is in the context."""
        with self.writing(node):
            made = self.write.condition(node)
        return Value(_alone(made.code), made.form, made.level)

    @contextmanager
    def writing(self, node: Node, simple: bool = False) -> Iterator[None]:
        """One statement's expressions are written in here."""
        self.context.simple = simple
        self.write.calls = simple and any(part.kind == "call" for part in walk(node))
        try:
            yield
        finally:
            self.context.simple = False

    # loops

    def on_while(self, node: Node) -> None:
        try:
            head = self._head(node.kid(0))
        except Untranslatable as error:
            with self.by_hand(node, "while", str(error)), self.loop(None):
                self.body(node.kids[1])
        else:
            self.repeat(node, head, node.kids[1], None)

    def repeat(self, node: Node, head: _Head, body: Node | None, step: Node | None) -> None:
        """``while``, with what C does after each round at its end and before each ``continue``."""

        def advance() -> None:
            if step is not None:
                with self.out.elsewhere():
                    self.statement(step)

        code, before = head
        self.emit([f"while {code}:"], node)
        with self.loop(advance if step is not None else None), self.out.indented():
            if before is not None:
                self.emit([*before[0], f"if {before[1]}:", "    break"], None)
            items = flat(body)
            self.block(items)
            if not ends(items):
                advance()

    def _head(self, test: Node | None) -> _Head:
        """The condition of a loop, or ``True`` and what leaves the loop at its start."""
        if test is None:
            return "True", None
        try:
            with self.context.purely():
                return self.tested(test).code, None
        except Hoist:
            saved, self.context.before = self.context.before, []
            made = negated(self.tested(test))
            rows, self.context.before = self.context.before, saved
            return "True", (rows, made.code)

    @contextmanager
    def loop(self, step: Callable[[], None] | None) -> Iterator[None]:
        self.steps.append(step)
        once, self.once = self.once, []
        yield
        self.once = once
        self.steps.pop()

    def on_do(self, node: Node) -> None:
        """``while True`` with its test at the end, and before each ``continue``."""
        condition = bare(node.kid(1))
        constant = condition.kind == "number"

        def test() -> None:
            if constant and not condition.value:
                self.out.add("break")
            elif not constant:
                made = negated(self.tested(node.kid(1)))
                self.emit([f"if {made.code}:", "    break"], None)

        self.emit(["while True:"], node)
        with self.loop(test), self.out.indented():
            items = flat(node.kids[0])
            self.block(items)
            if not ends(items):
                test()

    def on_for(self, node: Node) -> None:
        first = node.kids[0]
        if first is not None and (each := each_of(first)) is not None:
            self._for_each(node, each)
            return
        self.context.active.append({})
        found = self._range(node)
        if found is not None:
            self.emit([f"for {found[0]} in range({found[1]}):"], node)
            with self.loop(None):
                self.body(node.kids[3])
        else:
            if first is not None:
                self.statement(first)
            self.repeat(node, self._head(node.kids[1]), node.kids[3], node.kids[2])
        self.context.active.pop()

    def _for_each(self, node: Node, each: Node) -> None:
        same_entries(each)
        target = each.kid(0)
        slot = self.context.uses.slot(target)
        call = bare(each.kid(1))
        made = self.write.called(call, slot, target.type)
        self.emit([f"for {self.write.target(target)} in {made.code}:"], node)
        with self.loop(None):
            self.body(node.kids[3])

    def _range(self, node: Node) -> tuple[str, str] | None:
        """The variable and the arguments of the ``range`` that a loop counts through, where it is one."""
        step, test = step_of(node.kids[2]), node.kids[1]
        if step is None or test is None or test.kind != "binary" or test.name not in _FLIPPED:
            return None
        decl, by = step
        left, right, op = test.kid(0), test.kid(1), test.name
        if bare(right).decl is decl and bare(right).kind == "name":
            left, right, op = right, left, _FLIPPED[op]
        if (
            bare(left).decl is not decl
            or bare(left).kind != "name"
            or not self._countable(node, decl, left, right, op, by)
        ):
            return None
        start = self._start(node.kids[0], decl)
        if start is None:
            return None
        try:
            with self.context.purely():
                limit = self.write.number(right)
        except Hoist:
            return None
        stop = shifted(limit, (op in ("<=", ">=")) * (1 if by > 0 else -1))
        if node.kids[0] is not None and node.kid(0).kind == "declare":
            self.context.opened(decl)
        name = self.context.name(decl)
        if by != 1:
            return name, f"{start}, {stop}, {by}"
        return name, stop if start == "0" else f"{start}, {stop}"

    def _countable(self, node: Node, decl: Decl, left: Node, right: Node, op: str, by: int) -> bool:
        kind = decl.type
        if decl.scope != "local" or not isinstance(kind, Int) or self.context.boxed(decl):
            return False
        if (op in ("<", "<=")) != (by > 0) or not is_int(right):
            return False
        counted, limit = self.context.ranges.of(left), self.context.ranges.of(right)
        if counted is None or limit is None or not counted.within(low(left), high(left)):
            return False
        last = (limit.high if by > 0 else limit.low) + (op in ("<=", ">=")) * (1 if by > 0 else -1)
        if kind.bits < 32 and not kind.low <= last <= kind.high:
            return False
        if not kind.signed and by < 0 and (op == ">=" or by != -1):
            return False
        return self._steady(node, decl, right)

    def _start(self, first: Node | None, decl: Decl) -> str | None:
        """What a loop counts from."""
        value: Node | None = None
        if first is None:
            return self.context.name(decl)
        if first.kind == "declare" and len(first.decls) == 1 and first.decls[0] is decl:
            value = decl.init
        elif first.kind == "expression" and first.kid(0).kind == "assign" and first.kid(0).name == "=":
            inner = first.kid(0)
            value = inner.kid(1) if bare(inner.kid(0)).decl is decl else None
        if value is None:
            return None
        try:
            with self.context.purely():
                return self.write.number(value).code
        except Hoist:
            return None

    def _steady(self, node: Node, decl: Decl, limit: Node) -> bool:
        """Whether nothing in the loop changes what is counted, and nothing reads it after the loop."""
        asked = [] if constant(limit) is not None else list(walk(limit))
        fixed = {part.decl for part in asked if part.kind == "name"} | {decl}
        if any(part.kind == "call" and callee_name(part) != "strlen" for part in asked):
            return False
        fields = any(part.kind in ("member", "index", "call") or part.name == "*" for part in asked)
        body = node.kids[3]
        if fields and any(part.kind == "call" for part in walk(body)):
            return False
        if any(part is not None and part.scope in ("global", "static") and not part.const for part in fixed) and any(
            part.kind == "call" for part in walk(body)
        ):
            return False
        if any(item is not None and item.scope != "function" and self.context.boxed(item) for item in fixed):
            return False
        for target in written(body):
            if target.decl in fixed or (fields and target.kind != "name"):
                return False
        assert self.mentions is not None and self.body_of_function is not None
        return (node.kids[0] is not None and node.kid(0).kind == "declare") or not self.mentions.read_after(
            decl, node, self.body_of_function
        )

    # jumps

    def on_break(self, node: Node) -> None:
        self.emit(["break"], node)

    def on_continue(self, node: Node) -> None:
        if self.once:
            self.emit([f"{self.once[-1]} = True", "break"], node)
            return
        step = self.steps[-1] if self.steps else None
        self.emit([], node)
        if step is not None:
            step()
        self.out.add("continue")

    def on_return(self, node: Node) -> None:
        function = self.context.function
        assert function is not None and isinstance(function.type, Function)
        if not node.kids:
            self.emit(["return"], node)
            return
        value = node.kid(0)
        kind = function.type.result
        with self.writing(node):
            code = self._returned(value, kind, function)
        self.emit([f"return {code}"], node)

    def _returned(self, value: Node, kind: CType, function: Decl) -> str:
        if isinstance(kind, Unknown) and not kind.opaque:
            raise Untranslatable("the type of the result is not known")
        if isinstance(kind, Pointer):
            slot = self.context.slots.returned(function, kind)
            made = self.write.given(value, slot, kind)
            return self.write.settled(made).code if made.form in ("place", "offset") else made.code
        made = stored(self.write(value))
        if isinstance(kind, Struct) and bare(value).kind in ("name", "member", "index", "unary"):
            decl = bare(value).decl
            if bare(value).kind != "name" or decl is None or decl.scope not in ("local", "param"):
                return f"copy.copy({made.code})"
        if isinstance(kind, Void):
            raise Untranslatable("a value that is returned from a function without one")
        return _alone(made.code)

    def on_label(self, node: Node) -> None:
        self.block(flat(node.kids[0] if node.kids else None))

    def on_goto(self, node: Node) -> None:
        """A jump to a clean-up: what stands there, and a return; another one is an exception."""
        if node.name in self.tails:
            self.emit([], node)
            rest = self.tails[node.name]
            steps, self.steps = self.steps, []
            once, self.once = self.once, []
            with self.out.elsewhere():
                self.block(rest)
            self.steps, self.once = steps, once
            if not ends(rest):
                self.out.add("return")
        elif node.name in self.jumps:
            self.uses_jump = True
            self.emit([f"raise Jump({self.jumps[node.name]})"], node)
        else:
            raise Untranslatable("a jump into the middle of a block")

    def function_body(self, items: list[Node]) -> None:
        """The statements of a function, with the labels among them."""
        found = [index for index, item in enumerate(items) if item.kind == "label"]
        wanted = {node.name for item in items for node in walk(item) if node.kind == "goto"}
        labels = [index for index in found if items[index].name in wanted]
        if all(self._tail(items, index) for index in labels):
            self.block(items)
            return
        self.tails.clear()
        self._machine(items, labels)

    def _tail(self, items: list[Node], index: int) -> bool:
        """Whether all jumps to a label come from before it, and what follows it is short."""
        name = items[index].name
        rest = [*flat(items[index].kids[0] if items[index].kids else None), *items[index + 1 :]]
        backward = any(node.kind == "goto" and node.name == name for item in items[index:] for node in walk(item))
        long = len(rest) > _SHORT_TAIL or any(
            part.kind in ("for", "while", "do", "switch", "declare") for item in rest for part in walk(item)
        )
        if backward or long:
            return False
        self.tails[name] = rest
        return True

    def _machine(self, items: list[Node], labels: list[int]) -> None:
        """Jumps of any kind between the labels of a function: the pieces between them in a loop."""
        for number, index in enumerate(labels):
            self.jumps[items[index].name] = str(number + 1)
        cuts = [0, *labels, len(items)]
        at = self.context.temporary("at")
        declared = [item for item in items if item.kind == "declare" and all(decl.init is None for decl in item.decls)]
        self.block(list(declared))
        self.uses_jump = True
        self.out.add(f"{at} = 0")
        self.out.add("while True:")
        with self.out.indented():
            self.out.add("try:")
            with self.out.indented():
                self._pieces(items, cuts, at, declared)
                self.out.add("break")
            self.out.add("except Jump as jump:")
            with self.out.indented():
                self.out.add(f"{at} = jump.args[0]")

    def _pieces(self, items: list[Node], cuts: list[int], at: str, declared: list[Node]) -> None:
        for number, (start, end) in enumerate(itertools.pairwise(cuts)):
            piece = [item for item in items[start:end] if item not in declared]
            if not piece:
                continue
            if number == len(cuts) - 2:
                self.block(piece)
                continue
            self.out.add(f"if {at} <= {number}:")
            with self.out.indented():
                self.block(piece)

    # switch

    def on_switch(self, node: Node) -> None:
        """``if`` and ``elif``; where a case falls into the next in a way that an ``if`` cannot, a loop of one round."""
        with self.writing(node):
            subject = integer(self.write(node.kid(0)))
        if subject.form != "int":
            raise Untranslatable("a switch over what is no number")
        found = cases(node)
        rows = chain(found)
        if rows is not None:
            self._chain(node, self._named(subject, node), rows)
        else:
            self._rounds(node, subject, found)

    def _named(self, subject: Value, node: Node) -> Value:
        if subject.code.replace(".", "").replace("_", "").isalnum():
            self.emit([], node)
            return subject
        name = self.context.temporary("case")
        self.emit([f"{name} = {subject.code}"], node)
        return Value(name, "int")

    def _chain(self, node: Node, subject: Value, rows: list[Case]) -> None:
        word = "if"
        default: list[Node] | None = None
        for case in rows:
            if None in case.tests:
                default = case.body
                continue
            first = case.tests[0]
            self.out.comments(first.place.line if first is not None else 0)
            self.out.add(f"{word} {self._case(subject, case.tests)}:")
            word = "elif"
            with self.out.indented():
                self.block(case.body)
        if not default:
            return
        if word == "if":
            self.block(default)
            return
        start = len(self.out.rows)
        self.out.add("else:")
        with self.out.indented():
            self.block(default)
        if self.out.rows[start + 1 :] == ["    " * (self.out.depth + 1) + "pass"]:
            del self.out.rows[start:]

    def _case(self, subject: Value, tests: list[Node | None]) -> str:
        spans = [test.kids for test in tests if test is not None and test.kind == "span"]
        singles = [test for test in tests if test is not None and test.kind != "span"]
        code = subject.at(COMPARISON + 1)
        rows = [f"{self._limit(low)} <= {code} <= {self._limit(high)}" for low, high in spans]
        codes = [self._limit(test) for test in singles]
        if codes:
            rows.insert(0, f"{code} == {codes[0]}" if len(codes) == 1 else f"{code} in ({', '.join(codes)})")
        return " or ".join(rows)

    def _limit(self, test: Node | None) -> str:
        return integer(self.write(test)).at(COMPARISON + 1)

    def _rounds(self, node: Node, subject: Value, found: list[Case]) -> None:
        at = self.context.temporary("at")
        places: list[str] = []
        default = len(found)
        for number, case in enumerate(found):
            for test in case.tests:
                if test is None:
                    default = number
                elif test.kind == "span":
                    raise Untranslatable("a range of cases that others fall into")
                else:
                    places.append(f"{integer(self.write(test)).code}: {number}")
        again = self.context.temporary("again") if any(continues(part) for case in found for part in case.body) else ""
        self.emit([f"{at} = {{{', '.join(places)}}}.get({subject.code}, {default})"], node)
        if again:
            self.out.add(f"{again} = False")
        self.out.add("while True:")
        if again:
            self.once.append(again)
        with self.out.indented():
            for number, case in enumerate(found):
                if not case.body:
                    continue
                self.out.add(f"if {at} <= {number}:")
                with self.out.indented():
                    self.block(case.body)
            self.out.add("break")
        if again:
            self.once.pop()
            self.out.add(f"if {again}:")
            with self.out.indented():
                self.on_continue(node)


def _alone(code: str) -> str:
    """Code without the brackets around all of it."""
    if not (code.startswith("((") and code.endswith("))")):
        return code
    depth = 0
    for index, letter in enumerate(code):
        depth += (letter == "(") - (letter == ")")
        if not depth and index < len(code) - 1:
            return code
    return code[1:-1]
