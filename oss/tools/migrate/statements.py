"""C statements as Python statements; ``control`` has the loops and jumps, ``effects`` the calls that are statements."""

from __future__ import annotations

import re

from oss.tools.migrate.c_tree import c_ast, walk
from oss.tools.migrate.control import control
from oss.tools.migrate.effects import EFFECTS, read_file
from oss.tools.migrate.failing import FAILING, set_to
from oss.tools.migrate.names import python_field
from oss.tools.migrate.scopes import symbol
from oss.tools.migrate.shapes import WHOLE, bare, callee, is_null
from oss.tools.migrate.types import array_t, float_t, int_t, is_char, is_text, pointer_t, struct_t
from oss.tools.migrate.values import ATOM, LOWEST, SUM, Untranslatable, hexadecimal, integer, memory, tail, text, value

__all__ = ["statements"]

_COMPOUND = {"/=": "//="}
_OVERFLOWS = frozenset(("+", "-", "*", "<<", "~"))


class statements(control):
    """Writes the statements of a function."""

    def block(self, items: list[c_ast.Node]) -> None:
        """Statements one after the other."""
        for index, item in enumerate(items):
            if isinstance(item, c_ast.Decl) and self.is_dead(item, items[index + 1 :]):
                self.out.comments(item.coord.line)
                continue
            self.gap_before(item, items[index - 1] if index else None)
            self.statement(item)

    def gap_before(self, item: c_ast.Node, earlier: c_ast.Node | None) -> None:
        """An empty line where the C text has one."""
        if earlier is None or not item.coord or not earlier.coord or item.coord.file != earlier.coord.file:
            return
        before = [row.line for row in self.out.waiting[:1]]
        first = min([item.coord.line, *before])
        if first - 1 in self.blank_lines and self.out.rows and self.out.rows[-1]:
            self.out.gap(1)

    def statement(self, node: c_ast.Node) -> None:
        """One statement; what has no counterpart is marked and told."""
        rows, marks = len(self.out.rows), self.out.marks
        try:
            getattr(self, f"_{type(node).__name__}", self._expression)(node)
        except Untranslatable as error:
            del self.out.rows[rows:]
            self.out.marks = marks
            self.out.mark(self.write.source(node), str(error), node.coord.line if node.coord else 0)
        finally:
            self.write.before.clear()
            self.write.after.clear()
            self.write.tested = 0

    def emit(self, code: str, node: c_ast.Node | None) -> None:
        """A line of Python with what must run before and after it."""
        before, after = list(self.write.before), list(self.write.after)
        self.write.before.clear()
        self.write.after.clear()
        line = node.coord.line if node is not None and node.coord else 0
        if line:
            self.out.comments(line)
        for row in before:
            self.out.add(row)
        if code:
            self.out.add(code)
        for row in after:
            self.out.add(row)

    # Declarations

    def _DeclList(self, node: c_ast.DeclList) -> None:
        for item in node.decls:
            self.statement(item)

    def _Decl(self, node: c_ast.Decl) -> None:
        found = self.made.symbol_of(node)
        if found is None or found.scope in ("extern", "static", "known", "global"):
            return
        self.declare(found, node)

    def declare(self, found: symbol, node: c_ast.Decl) -> None:
        """The line that a variable begins with."""
        kind, shape = found.type, found.shape
        init = node.init
        if callee(bare(init)) in FAILING:
            set_to(self, found.python, bare(init), node)
        elif kind == struct_t("stat"):  # made by the call that fills it
            self.out.comments(node.coord.line)
        elif shape == "ref":
            made = self.write.initialised(kind, init)
            code = self.through(found, made) if init is not None else self.write.initialised(kind, None).code
            if isinstance(kind, pointer_t) and isinstance(kind.to, struct_t) and is_null(init or _NULL):
                code = f"{kind.to.name}()" if kind.to.name != "mxml_node_t" else "None"
            self.emit(f"{found.python} = aos_ref_t({code})", node)
        elif shape == "made" and (init is None or is_null(init)):
            assert isinstance(kind, pointer_t) and isinstance(kind.to, struct_t)
            self.emit(f"{found.python} = {kind.to.name}()", node)
        elif init is not None:
            if shape == "text" and isinstance(init, c_ast.InitList):
                self.emit(f'{found.python} = ""', node)
            elif shape == "bytes" and isinstance(kind, array_t):
                self.emit(f"{found.python} = {self._filled_array(kind, init)}", node)
            else:
                braces = isinstance(init, c_ast.InitList)
                self.assign(
                    found, self.write.initialised(kind, init, shape) if braces else self._checked(node, init), node
                )
        elif isinstance(kind, (struct_t, array_t)):
            self.emit(f"{found.python} = {self.write.initialised(kind, None, shape).code}", node)
        else:
            self.out.comments(node.coord.line)

    def _filled_array(self, kind: array_t, init: c_ast.Node) -> str:
        """``char a[N] = "..."`` and ``unsigned char a[] = {...}`` as a bytearray."""
        if isinstance(init, c_ast.InitList):
            codes = [self.write.number(item).code for item in init.exprs]
            if kind.count is not None and set(codes) <= {"0"}:
                return f"bytearray({self.write.number(kind.count).code})"
            shown = f"bytearray([{', '.join(codes)}])"
            return f'{shown}.ljust({self.write(kind.count).code}, b"\\0")' if kind.count is not None else shown
        shown = memory(self.write(init))
        if kind.count is None:
            return f'bytearray({shown} + b"\\0")'
        return f'bytearray({shown}.ljust({self.write(kind.count).code}, b"\\0"))'

    def is_dead(self, node: c_ast.Decl, rest: list[c_ast.Node]) -> bool:
        """Whether the value that a declaration gives is never read: the variable is set, or never used, after it."""
        found = self.made.symbol_of(node)
        if found is None or found.scope != "local" or found.shape in ("ref", "made", "index", "walker"):
            return False
        if isinstance(found.type, array_t) and found.shape != "text":
            return not any(self.mentions(item, found) for item in rest)
        if isinstance(found.type, struct_t):
            return self.begins_anew(rest, found)
        init = bare(node.init)
        if init is not None and not isinstance(init, (c_ast.Constant, c_ast.ID)):
            return False
        return self.begins_anew(rest, found)

    def begins_anew(self, items: list[c_ast.Node], found: symbol) -> bool:
        """Whether statements set a variable before they read it, or never mention it."""
        for index, item in enumerate(items):
            if not self.mentions(item, found):
                continue
            if self.sets(item, found):
                return True
            bodies = _bodies(item)
            if bodies is None or any(self.mentions(part, found) for part in _heads(item)):
                return False
            later = any(self.mentions(other, found) for other in items[index + 1 :])
            fresh = all(self.begins_anew(self.items(body), found) for body in bodies)
            return fresh and (isinstance(item, c_ast.DoWhile) or not later)
        return True

    def mentions(self, node: c_ast.Node, found: symbol) -> bool:
        return any(
            isinstance(item, (c_ast.ID, c_ast.Decl)) and self.made.symbol_of(item) is found for item in walk(node)
        )

    def sets(self, node: c_ast.Node, found: symbol) -> bool:
        """Whether a statement gives a variable a new value before it reads it."""
        if isinstance(node, c_ast.Assignment):
            return (
                node.op == "=" and self.made.symbol_of(node.lvalue) is found and not self.mentions(node.rvalue, found)
            )
        if isinstance(node, c_ast.For):
            first = node.init
            return isinstance(first, c_ast.Assignment) and self.sets(first, found)
        if callee(node) in WHOLE - {"strcat", "strncat"}:
            head, *others = node.args.exprs
            return self.made.symbol_of(bare(head)) is found and not any(
                self.mentions(item, found) for item in others if not _is_sizeof(item)
            )
        if isinstance(node, c_ast.Decl) and node.init is not None:
            return False
        if isinstance(node, c_ast.If) and isinstance(node.cond, (c_ast.BinaryOp, c_ast.UnaryOp)):
            inner = next((item for item in walk(node.cond) if isinstance(item, c_ast.Assignment)), None)
            return inner is not None and self.sets(inner, found)
        return False

    # Expressions as statements

    def _expression(self, node: c_ast.Node) -> None:
        self.emit(self.write(node).code, node)

    def _EmptyStatement(self, node: c_ast.EmptyStatement) -> None:
        pass

    def _Pragma(self, node: c_ast.Node) -> None:
        pass

    def _Cast(self, node: c_ast.Cast) -> None:
        if not isinstance(bare(node), c_ast.ID):  # (void)x only quiets a compiler
            self.statement(bare(node) or node)

    def _ID(self, node: c_ast.ID) -> None:
        pass

    def _ExprList(self, node: c_ast.ExprList) -> None:
        for item in node.exprs:
            self.statement(item)

    def _FuncCall(self, node: c_ast.FuncCall) -> None:
        effect = EFFECTS.get(callee(node))
        if effect is not None and callee(node) not in self.made.functions:
            effect(self, node)
        else:
            self._expression(node)

    def _UnaryOp(self, node: c_ast.UnaryOp) -> None:
        if node.op not in ("p++", "p--", "++", "--"):
            self._expression(node)
            return
        made = self.write(node.expr)
        name = made.index if made.kind == "place" else made.code
        self.emit(f"{name} {node.op[-1]}= 1", node)

    def _Assignment(self, node: c_ast.Assignment) -> None:
        if node.op != "=":
            self._compound_assignment(node)
            return
        inner = bare(node.rvalue)
        if callee(inner) in FAILING:
            set_to(self, self.write(node.lvalue).code, inner, node)
        elif isinstance(inner, c_ast.Assignment) and inner.op == "=":
            self.statement(inner)
            self._set(node.lvalue, inner.lvalue, node)
        elif callee(inner) in EFFECTS and callee(inner) not in self.made.functions:
            self.set_by_effect(node, inner)
        else:
            self._set(node.lvalue, node.rvalue, node)

    def set_by_effect(self, node: c_ast.Assignment, inner: c_ast.Node) -> None:
        """``n = sprintf(s, ...)`` and its kin: the call as a statement, then what it gives."""
        name = callee(inner)
        first = inner.args.exprs[0]
        if name == "fread":
            self._set_value(node.lvalue, value(read_file(self, inner.args.exprs), "int"), node)
            return
        self.statement(inner or node)
        if name.endswith("printf") and name not in ("printf", "fprintf"):
            made = self.write(first)
            self._set_value(node.lvalue, value(f"aos_string_t({text(made)}).len", "int"), node)
        elif name in WHOLE or name in ("memcpy", "memmove", "memset"):
            self._set(node.lvalue, first, node)
        else:
            raise Untranslatable(f"the value of {name}()")

    def _set(self, left: c_ast.Node, right: c_ast.Node, node: c_ast.Node) -> None:
        self._set_value(left, self._checked(left, right), node)

    def _checked(self, left: c_ast.Node, right: c_ast.Node) -> value:
        """A value as its variable holds it: an unsigned one of a given width does not grow beyond it."""
        made = self.write(right)
        kind = self.made.types.of(left) if isinstance(left, c_ast.Decl) else self.write.type_of(left)
        overflows = any(
            isinstance(item, (c_ast.BinaryOp, c_ast.UnaryOp)) and item.op in _OVERFLOWS for item in walk(right)
        )
        if isinstance(kind, int_t) and not kind.signed and made.kind == "int":
            if isinstance(made.constant, int) and made.constant < 0:
                return value(hexadecimal(made.constant & ((1 << kind.bits) - 1)), "int")
            if kind.sized and kind.bits <= 32 and overflows:
                return value(f"{made.at(SUM)} & {hexadecimal((1 << kind.bits) - 1)}", "int", LOWEST)
        if isinstance(kind, int_t) and made.kind == "float":
            return value(f"int({made.code})", "int")
        return made

    def _set_value(self, left: c_ast.Node, made: value, node: c_ast.Node) -> None:
        found = self.made.symbol_of(left)
        if found is not None and not isinstance(bare(left), c_ast.StructRef):
            self.assign(found, made, node)
        elif isinstance(left, c_ast.StructRef):
            self._set_field(left, made, node)
        else:
            self._set_element(left, made, node)

    def assign(self, found: symbol, made: value, node: c_ast.Node) -> None:
        """``x = value`` for a variable of the program."""
        name = self.write.name_of(found)
        if found.shape == "ref":
            self.emit(f"{name}.value = {self.through(found, made)}", node)
        elif found.shape == "made" and made.kind == "none":
            assert isinstance(found.type, pointer_t) and isinstance(found.type.to, struct_t)
            self.emit(f"{name} = {found.type.to.name}()", node)
        elif found.shape == "index" and found.base is not None:
            self.emit(f"{name} = {self._index(found, made)}", node)
        elif found.shape == "walker":
            base, index = self._walk(made)
            moved = f"{name}_at = {index}" if base == name else f"{name}, {name}_at = {base}, {index}"
            self.emit(moved, node)
        else:
            self.emit(f"{name} = {self.through(found, made)}", node)

    def _index(self, found: symbol, made: value) -> str:
        base = self.write.read(found.base).code if found.base else ""
        if made.kind == "none":
            return "-1"
        if made.kind == "place" and made.base == base:
            return made.index
        if made.code == base:
            return "0"
        raise Untranslatable("a pointer that is set to other memory")

    def _walk(self, made: value) -> tuple[str, str]:
        if made.kind == "place":
            if made.nullable:
                raise Untranslatable("a pointer that may be NULL, or anywhere in a text")
            return made.base, made.index
        return made.code, "0"

    def through(self, found: symbol, made: value) -> str:
        """A value as a variable of this shape holds it."""
        kind = found.type
        if found.shape == "text" or (found.shape == "ref" and is_text(kind)):
            return self._as_text(made)
        if found.shape == "bytes":
            return self._as_bytes(made)
        if found.shape == "letter":
            return made.code
        return self._converted(kind, made)

    def _as_text(self, made: value) -> str:
        if made.kind == "place" and made.code and made.nullable:
            return f"{text(tail(made))} if {made.code} in {made.base} else None"
        return text(made)

    def _as_bytes(self, made: value) -> str:
        if made.kind in ("bytes", "room", "none"):
            return made.code
        if made.kind == "place":
            return tail(made).code
        if made.kind in ("text", "letter"):
            return f'bytearray({memory(made)} + b"\\0")'
        return made.code

    def _converted(self, kind: object, made: value) -> str:
        if isinstance(kind, struct_t) and made.kind == "struct" and not re.fullmatch(r"\w+\(.*\)", made.code):
            return f"copy.copy({made.code})"
        if made.kind == "place":
            return tail(made).code
        if isinstance(kind, float_t) and made.kind == "int" and isinstance(made.constant, int):
            return f"{made.constant}.0"
        if isinstance(kind, int_t) and made.kind == "none":
            return "0"
        if isinstance(kind, int_t) and made.kind == "order":
            return made.code
        if isinstance(kind, pointer_t) and made.constant == 0 and made.kind == "int":
            return "None"
        return integer(made).code

    def _set_field(self, left: c_ast.StructRef, made: value, node: c_ast.Node) -> None:
        target_value = self.write(left)
        kind = self.write.type_of(left)
        own = self.made.symbol_of(left)
        if target_value.kind == "place":  # a pointer of an aos_buf_t
            if made.kind != "place" or made.base != target_value.base:
                raise Untranslatable("a buffer that is pointed to other memory")
            self.emit(f"{target_value.index} = {made.index}", node)
        elif own is not None and own.shape in ("text", "bytes", "letter"):
            self.emit(f"{target_value.code} = {self.through(own, made)}", node)
        elif isinstance(kind, struct_t) and own is None:
            self.emit(f"{target_value.code} = {made.code}", node)
        elif is_text(kind):
            self.emit(f"{target_value.code} = {tail(made).code if made.kind == 'place' else made.code}", node)
        else:
            self.emit(f"{target_value.code} = {self._converted(kind, made)}", node)

    def _set_element(self, left: c_ast.Node, made: value, node: c_ast.Node) -> None:
        """``a[i] = x`` and ``*p = x``."""
        left = bare(left) or left
        pointed = isinstance(left, c_ast.UnaryOp) and left.op == "*"
        kind = self.write.type_of(left)
        if pointed and isinstance(kind, struct_t):
            self.assign_struct(kind, self.write(left), made, node)
            return
        place = self.write(left)
        if place.kind == "letter":
            raise Untranslatable("a text is changed in place")
        if is_char(kind):
            self.emit(f"{place.code} = {self._byte(made)}", node)
        elif is_text(kind):
            self.emit(f"{place.code} = {text(made)}", node)
        else:
            self.emit(f"{place.code} = {self._converted(kind, made)}", node)

    def assign_struct(self, kind: struct_t, left: value, right: value, node: c_ast.Node) -> None:
        """``*a = *b``: structs of the SDK can do that, those of the program field by field."""
        if not self.made.own_structs.get(kind.name):
            self.emit(f"{left.at(ATOM)}.assign({right.code})", node)
            return
        if not right.code.isidentifier():
            self.write.before.append(f"made = {right.code}")
            right = value("made", "struct")
        for name, inner in self.made.types.fields[kind.name].items():
            code = f"{right.code}.{python_field(name)}"
            by_value = isinstance(inner, (struct_t, array_t)) and not is_text(inner)
            self.emit(f"{left.at(ATOM)}.{python_field(name)} = {f'copy.copy({code})' if by_value else code}", node)

    def _byte(self, made: value) -> str:
        if made.constant == "\0":
            return "0"
        made = integer(made)
        return f"{made.code} & 0xFF" if made.level == SUM and "ord(" in made.code and " - " in made.code else made.code

    def _compound_assignment(self, node: c_ast.Assignment) -> None:
        left, right = self.write(node.lvalue), self.write.number(node.rvalue)
        kind = self.write.type_of(node.lvalue)
        name = left.index if left.kind == "place" else left.code
        op = node.op if left.kind == "float" else _COMPOUND.get(node.op, node.op)
        if isinstance(kind, int_t) and right.kind == "float":
            self.emit(f"{name} = int({name} {op[:-1]} {right.at(SUM)})", node)
        elif (
            isinstance(kind, int_t)
            and not kind.signed
            and kind.sized
            and kind.bits <= 32
            and node.op[:-1] in _OVERFLOWS
        ):
            mask = hexadecimal((1 << kind.bits) - 1)
            self.emit(f"{name} = ({name} {op[:-1]} {right.at(ATOM)}) & {mask}", node)
        else:
            self.emit(f"{name} {op} {right.code}", node)


def _bodies(node: c_ast.Node) -> list[c_ast.Node] | None:
    """The blocks of a statement, each of which may run."""
    if isinstance(node, (c_ast.For, c_ast.While, c_ast.DoWhile)):
        return [node.stmt]
    if isinstance(node, c_ast.If):
        return [node.iftrue, *([node.iffalse] if node.iffalse else [])]
    return [node] if isinstance(node, c_ast.Compound) else None


def _heads(node: c_ast.Node) -> list[c_ast.Node]:
    """The expressions that a statement evaluates outside of its blocks."""
    parts = [getattr(node, name, None) for name in ("cond", "init", "next")]
    return [part for part in parts if part is not None]


def _is_sizeof(node: c_ast.Node) -> bool:
    return isinstance(node, c_ast.UnaryOp) and node.op == "sizeof"


_NULL = c_ast.ID("NULL")
