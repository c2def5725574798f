"""Control flow: conditions, loops, ``switch``, ``goto``, ``return``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from oss.tools.migrate import failing
from oss.tools.migrate.c_tree import c_ast, walk
from oss.tools.migrate.expressions import expressions
from oss.tools.migrate.layout import layout
from oss.tools.migrate.scopes import program, symbol
from oss.tools.migrate.shapes import bare, callee
from oss.tools.migrate.types import int_t, is_text
from oss.tools.migrate.values import SUM, Untranslatable, integer, negated, tail, text, value

__all__ = ["control"]

_LOOPS = (c_ast.For, c_ast.While, c_ast.DoWhile)
_EACH = "aos_list_for_each_entry"
_SHORT_TAIL = 4  # a clean-up of so many statements is repeated where C jumps to it
_FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


class control:
    """The part of the statement writer that branches, repeats and jumps."""

    def __init__(self, made: program, write: expressions, out: layout, blank_lines: frozenset[int]) -> None:
        self.made, self.write, self.out, self.blank_lines = made, write, out, blank_lines
        self.steps: list[Callable[[], None] | None] = []  # what ``continue`` must do first, for each open loop
        self.tails: dict[str, list[c_ast.Node]] = {}  # what follows each label, to the function's end
        self.backward: set[str] = set()
        self.in_switch = 0

    # Given by the other part of the writer

    def block(self, items: list[c_ast.Node]) -> None:
        raise NotImplementedError

    def statement(self, node: c_ast.Node) -> None:
        raise NotImplementedError

    def emit(self, code: str, node: c_ast.Node | None) -> None:
        raise NotImplementedError

    # Blocks

    def items(self, node: c_ast.Node | None) -> list[c_ast.Node]:
        """The statements of a body; ``do { } while (0)`` without a jump is one."""
        if node is None:
            return []
        if isinstance(node, c_ast.Compound):
            return [part for item in node.block_items or [] for part in self._flat(item)]
        return list(self._flat(node))

    def _flat(self, node: c_ast.Node) -> Iterator[c_ast.Node]:
        once = isinstance(node, c_ast.DoWhile) and isinstance(node.cond, c_ast.Constant) and node.cond.value == "0"
        if once and not any(isinstance(item, (c_ast.Break, c_ast.Continue)) for item in walk(node.stmt)):
            yield from self.items(node.stmt)
        elif isinstance(node, c_ast.Label) and node.name not in self.backward:
            yield from self._flat(node.stmt)
        else:
            yield node

    def body(self, node: c_ast.Node | None, end: int = 0) -> None:
        with self.out.indented():
            self.block(self.items(node))
            if end:
                self.out.comments(end)

    def _Compound(self, node: c_ast.Compound) -> None:
        self.block(self.items(node))

    # Branches

    def _If(self, node: c_ast.If) -> None:
        first = failing.hoisted(node, failing.FAILING)
        if first is not None:
            self.statement(first[0])
            node = first[1]
        if not failing.branch(self, node):
            self._branch("if", node)

    def _branch(self, word: str, node: c_ast.If) -> None:
        test = self.write.condition(node.cond)
        after = list(self.write.after)
        self.write.after.clear()
        if word == "elif" and self.write.before:
            raise Untranslatable("a condition that needs a statement before it")
        self.emit(f"{word} {_alone(test.code)}:", node)
        if after:
            raise Untranslatable("a condition that needs a statement after it")
        self.body(node.iftrue)
        other = node.iffalse
        if other is None:
            return
        if isinstance(other, c_ast.If) and not _fails(other.cond) and self._simple(other.cond):
            self._branch("elif", other)
        elif self.items(other):
            self.out.add("else:")
            self.body(other)

    def _simple(self, node: c_ast.Node) -> bool:
        try:
            self.write.condition(node)
            return not self.write.before and not self.write.after
        except Untranslatable:
            return True
        finally:
            self.write.before.clear()
            self.write.after.clear()

    # Loops

    def _While(self, node: c_ast.While) -> None:
        self._repeat(node, node.cond, node.stmt, None)

    def _repeat(self, node: c_ast.Node, test: c_ast.Node | None, body: c_ast.Node, step: c_ast.Node | None) -> None:
        endless = test is None or (isinstance(test, c_ast.Constant) and test.value != "0")
        self.write.tested += 1
        try:
            made = value("True", "bool") if endless else self.write.condition(test)
        finally:
            self.write.tested -= 1
        before = list(self.write.before)
        self.write.before.clear()
        self.emit(f"while {'True' if before else _alone(made.code)}:", node)
        self.steps.append((lambda: self.statement(step)) if step is not None else None)
        switches, self.in_switch = self.in_switch, 0
        with self.out.indented():
            for row in [*before, f"if {negated(made).code}:", "    break"] if before else ():
                self.out.add(row)
            items = self.items(body)
            self.block(items)
            if step is not None and not _ends(items):
                self.statement(step)
        self.in_switch = switches
        self.steps.pop()

    def _DoWhile(self, node: c_ast.DoWhile) -> None:
        """``while True`` with its test at the end, and before each ``continue``."""
        constant = isinstance(node.cond, c_ast.Constant)

        def test() -> None:
            if not constant:
                self.emit(f"if {negated(self.write(node.cond)).code}:", None)
                with self.out.indented():
                    self.out.add("break")
            elif node.cond.value == "0":
                self.out.add("break")

        self.emit("while True:", node)
        self.steps.append(test)
        switches, self.in_switch = self.in_switch, 0
        with self.out.indented():
            items = self.items(node.stmt)
            self.block(items)
            if not _ends(items):
                test()
        self.in_switch = switches
        self.steps.pop()

    def _For(self, node: c_ast.For) -> None:
        if isinstance(node.init, c_ast.Assignment) and callee(node.init.rvalue).startswith(_EACH):
            self._for_each(node, node.init)
        elif (found := self._range(node)) is not None:
            self.emit(f"for {found[0]} in range({found[1]}):", node)
            self._plain_loop(node.stmt)
        else:
            if node.init is not None:
                self.statement(node.init)
            self._repeat(node, node.cond, node.stmt, node.next)

    def _plain_loop(self, body: c_ast.Node) -> None:
        self.steps.append(None)
        switches, self.in_switch = self.in_switch, 0
        self.body(body)
        self.in_switch = switches
        self.steps.pop()

    def _for_each(self, node: c_ast.For, init: c_ast.Assignment) -> None:
        each = self.write(init.rvalue)
        self.emit(f"for {self.write(init.lvalue).code} in {each.code}:", node)
        self._plain_loop(node.stmt)

    def _range(self, node: c_ast.For) -> tuple[str, str] | None:
        """The variable and the arguments of the ``range`` that a loop counts through, where it is one."""
        step = _step(node.next)
        test = node.cond
        if step is None or not isinstance(test, c_ast.BinaryOp) or test.op not in _FLIPPED:
            return None
        name, by = step
        left, right, op = test.left, test.right, test.op
        found = self.made.symbol_of(name)
        if self.made.symbol_of(bare(right)) is found:
            left, right, op = right, left, _FLIPPED[op]
        if found is None or self.made.symbol_of(bare(left)) is not found or found.shape != "plain":
            return None
        if not isinstance(found.type, int_t) or (op in ("<", "<=")) != (by > 0) or not self._steady(node, found, right):
            return None
        start = self._start(node.init, found)
        if start is None:
            return None
        limit = self.write.number(right)
        stop = _shifted(limit, (op in ("<=", ">=")) * (1 if by > 0 else -1))
        self.write.before.clear()
        if by != 1:
            return found.python, f"{start}, {stop}, {by}"
        return found.python, stop if start == "0" else f"{start}, {stop}"

    def _start(self, init: c_ast.Node | None, found: symbol) -> str | None:
        if init is None:
            return found.python
        if isinstance(init, c_ast.DeclList) and len(init.decls) == 1 and self.made.symbol_of(init.decls[0]) is found:
            return self.write.number(init.decls[0].init).code
        if isinstance(init, c_ast.Assignment) and init.op == "=" and self.made.symbol_of(init.lvalue) is found:
            return self.write.number(init.rvalue).code
        return None

    def _steady(self, node: c_ast.For, found: symbol, limit: c_ast.Node) -> bool:
        """Whether nothing in the loop changes what is counted, and nothing reads it after the loop."""
        fixed = {self.made.symbol_of(item) for item in walk(limit) if isinstance(item, c_ast.ID)} | {found}
        asked = any(isinstance(item, c_ast.FuncCall) and callee(item) != "strlen" for item in walk(limit))
        fields = any(isinstance(item, (c_ast.StructRef, c_ast.ArrayRef)) for item in walk(limit))
        calls = any(isinstance(item, c_ast.FuncCall) for item in walk(node.stmt))
        if asked or (fields and (calls or any(_writes_field(item) for item in walk(node.stmt)))):
            return False
        if any(self.made.symbol_of(item) in fixed for item in _written(node.stmt)):
            return False
        return isinstance(node.init, c_ast.DeclList) or not self._read_after(node, found)

    def _read_after(self, node: c_ast.For, found: symbol) -> bool:
        """Whether a variable is read once the loop is over, before anything sets it again."""
        if found.scope != "local":
            return True
        inside = {id(item) for item in walk(node)}
        seen = False
        for item in walk(self.made.functions[found.function].body):
            if id(item) in inside:
                seen = True
            elif seen and isinstance(item, c_ast.For) and isinstance(item.init, c_ast.Assignment):
                if self.made.symbol_of(item.init.lvalue) is found:
                    return False
            elif (
                seen
                and isinstance(item, c_ast.Assignment)
                and item.op == "="
                and self.made.symbol_of(item.lvalue) is found
            ):
                return False
            elif seen and isinstance(item, c_ast.ID) and self.made.symbol_of(item) is found:
                return True
        return False

    # Jumps

    def _Break(self, node: c_ast.Break) -> None:
        self.emit("break", node)

    def _Continue(self, node: c_ast.Continue) -> None:
        step = self.steps[-1] if self.steps else None
        if step is not None:
            step()
        self.emit("continue", node)

    def _Return(self, node: c_ast.Return) -> None:
        if node.expr is None:
            self.emit("return", node)
            return
        made = self.write(node.expr)
        if made.kind == "place" and made.code and made.nullable:
            self.emit(f"return {text(tail(made))} if {made.code} in {made.base} else None", node)
            return
        if made.kind == "place":
            made = tail(made)
        result = self.made.symbols[self.write.function].type
        kind = getattr(result, "result", None)
        if is_text(kind) and self.write.results.get(self.write.function) == "bytes" and made.kind == "text":
            made = value(f"bytearray(os.fsencode({made.code}))", "bytes")
        self.emit(f"return {integer(made).code}", node)

    def _Label(self, node: c_ast.Label) -> None:
        if node.name in self.backward:
            raise Untranslatable("a jump backwards")
        self.statement(node.stmt)

    def _Goto(self, node: c_ast.Goto) -> None:
        """A jump to a clean-up: what stands there, and a return."""
        rest = self.tails.get(node.name)
        if rest is None:
            raise Untranslatable("a jump into the middle of a block, or backwards")
        if len(rest) > _SHORT_TAIL:
            self.emit(f"return {node.name}()", node)
            return
        self.emit("", node)
        with self.out.elsewhere():
            self.block(rest)
        if not _ends(rest):
            self.out.add("return")

    def labels(self, items: list[c_ast.Node]) -> list[tuple[str, list[c_ast.Node]]]:
        """Notes what follows each label of a function; gives those that become functions of their own."""
        long = []
        for index, item in enumerate(items):
            if isinstance(item, c_ast.Label):
                jumps = [goto for other in items[index:] for goto in walk(other) if _jumps(goto, item.name)]
                if jumps:
                    self.backward.add(item.name)
                    continue
                rest = [item.stmt, *items[index + 1 :]]
                self.tails[item.name] = [part for one in rest for part in self._flat(one)]
                uses = sum(_jumps(goto, item.name) for other in items for goto in walk(other))
                if len(self.tails[item.name]) > _SHORT_TAIL and uses:
                    long.append((item.name, self.tails[item.name]))
        return long

    # switch

    def _Switch(self, node: c_ast.Switch) -> None:
        """``if`` and ``elif``; a case that falls through is followed by what it falls into."""
        subject = self.write(node.cond)
        if not subject.code.replace(".", "").replace("_", "").isalnum():
            self.emit(f"value = {subject.code}", node)
            subject = value("value", subject.kind, type=subject.type)
        else:
            self.emit("", node)
        cases = list(_cases(node))
        word = "if"
        self.in_switch += 1
        default: list[c_ast.Node] | None = None
        for index, (tests, _) in enumerate(cases):
            body = _until_break([part for _, rows in cases[index:] for part in rows])
            if None in tests:
                default = body
                continue
            self.out.comments(_line(tests[0]))
            self.out.add(f"{word} {self._case(subject, tests)}:")
            word = "elif"
            with self.out.indented():
                self.block(self._without_breaks(body))
        if default:
            if word == "if":
                self.block(self._without_breaks(default))
            else:
                rows = len(self.out.rows)
                self.out.add("else:")
                with self.out.indented():
                    self.block(self._without_breaks(default))
                if self.out.rows[rows + 1 :] == ["    " * (self.out.depth + 1) + "pass"]:
                    del self.out.rows[rows:]
        self.in_switch -= 1

    def _case(self, subject: value, tests: list[c_ast.Node | None]) -> str:
        made = [self.write(test) for test in tests]
        codes = [one.code if subject.kind == "letter" else integer(one).code for one in made]
        return f"{subject.code} == {codes[0]}" if len(codes) == 1 else f"{subject.code} in ({', '.join(codes)})"

    def _without_breaks(self, items: list[c_ast.Node]) -> list[c_ast.Node]:
        """A case without the ``break`` that ends it, also in an ``if``: what follows it goes into the else."""
        rows: list[c_ast.Node] = []
        for index, item in enumerate(items):
            if isinstance(item, c_ast.Break):
                break
            if isinstance(item, c_ast.If) and _breaks(item):
                rest = items[index + 1 :]
                yes = self._without_breaks(
                    [*self.items(item.iftrue), *([] if _ends(self.items(item.iftrue)) else rest)]
                )
                no = self._without_breaks(
                    [*self.items(item.iffalse), *([] if _ends(self.items(item.iffalse)) else rest)]
                )
                test = item.cond
                if not yes and no:
                    test, yes, no = c_ast.UnaryOp("!", test, test.coord), no, []
                rows.append(c_ast.If(test, c_ast.Compound(yes), c_ast.Compound(no) if no else None, item.coord))
                break
            if _breaks(item):
                raise Untranslatable("a break out of a switch, from inside of a block")
            rows.append(item)
        return rows


def _alone(code: str) -> str:
    """A condition without the parentheses around a whole ``:=``."""
    inner = code[1:-1]
    return inner if re.fullmatch(r"\(\w+ := .*\)", code) and _balanced(inner) else code


def _balanced(code: str) -> bool:
    depth = 0
    for letter in code:
        depth += (letter == "(") - (letter == ")")
        if depth < 0:
            return False
    return True


def _fails(node: c_ast.Node) -> bool:
    return any(callee(item) in failing.FAILING for item in walk(node))


def _jumps(node: c_ast.Node, name: str) -> bool:
    return isinstance(node, c_ast.Goto) and node.name == name


def _ends(items: list[c_ast.Node]) -> bool:
    """Whether nothing runs after these statements."""
    if not items:
        return False
    last = items[-1]
    if isinstance(last, c_ast.Compound):
        return _ends(last.block_items or [])
    return isinstance(last, (c_ast.Return, c_ast.Break, c_ast.Continue, c_ast.Goto)) or callee(last) == "exit"


def _breaks(node: c_ast.Node) -> bool:
    """Whether a ``break`` in here leaves the switch around it."""
    if isinstance(node, c_ast.Break):
        return True
    if isinstance(node, (*_LOOPS, c_ast.Switch)):
        return False
    return any(_breaks(child) for _, child in node.children())


def _line(node: c_ast.Node) -> int:
    return node.coord.line if node is not None and node.coord else 0


def _until_break(items: list[c_ast.Node]) -> list[c_ast.Node]:
    for index, item in enumerate(items):
        if _ends([item]):
            return items[: index + 1]
    return items


def _cases(node: c_ast.Switch) -> Iterator[tuple[list[c_ast.Node | None], list[c_ast.Node]]]:
    """The cases with their labels; those that share a body are one, None is ``default``."""
    tests: list[c_ast.Node | None] = []
    for item in node.stmt.block_items or []:
        if not isinstance(item, (c_ast.Case, c_ast.Default)):
            raise Untranslatable("a switch with statements before its first case")
        tests.append(item.expr if isinstance(item, c_ast.Case) else None)
        rows = item.stmts or []
        while len(rows) == 1 and isinstance(rows[0], (c_ast.Case, c_ast.Default)):
            tests.append(rows[0].expr if isinstance(rows[0], c_ast.Case) else None)
            rows = rows[0].stmts or []
        if rows:
            yield (
                tests,
                [
                    part
                    for row in rows
                    for part in (row.block_items or [] if isinstance(row, c_ast.Compound) else [row])
                ],
            )
            tests = []


def _step(node: c_ast.Node) -> tuple[c_ast.Node, int] | None:
    """The variable that a loop moves, and by how much."""
    if isinstance(node, c_ast.UnaryOp) and node.op in ("p++", "++", "p--", "--"):
        return node.expr, 1 if "+" in node.op else -1
    counted = isinstance(node, c_ast.Assignment) and node.op in ("+=", "-=") and isinstance(node.rvalue, c_ast.Constant)
    if counted and node.rvalue.value.isdigit() and int(node.rvalue.value):
        return node.lvalue, int(node.rvalue.value) * (1 if node.op == "+=" else -1)
    return None


def _shifted(limit: value, by: int) -> str:
    if not by:
        return limit.code
    if isinstance(limit.constant, int):
        return str(limit.constant + by)
    return f"{limit.at(SUM)} {'+' if by > 0 else '-'} 1"


def _written(node: c_ast.Node) -> Iterator[c_ast.Node]:
    """What the statements below a node set."""
    for item in walk(node):
        if isinstance(item, c_ast.Assignment):
            yield item.lvalue
        elif isinstance(item, c_ast.UnaryOp) and item.op in ("p++", "p--", "++", "--", "&"):
            yield item.expr


def _writes_field(node: c_ast.Node) -> bool:
    return any(isinstance(item, (c_ast.StructRef, c_ast.ArrayRef)) for item in _written(node))
