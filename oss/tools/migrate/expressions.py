"""C expressions as Python expressions, and what must stand before and after them."""

from __future__ import annotations

from dataclasses import replace

from oss.tools.migrate import known
from oss.tools.migrate.asked import callee_name, constant, is_pointer, same_place
from oss.tools.migrate.assignments import Assignments
from oss.tools.migrate.c_types import BOOL, CHAR, INT, Array, Function, Int, Pointer, Struct, pointee
from oss.tools.migrate.context import Hoist
from oss.tools.migrate.formats import cut
from oss.tools.migrate.names import type_name
from oss.tools.migrate.nodes import Decl, Node, bare, is_null, walk
from oss.tools.migrate.patterns import fits
from oss.tools.migrate.ranges import LENGTH
from oss.tools.migrate.values import (
    AND,
    ATOM,
    COMPARISON,
    OR,
    TERNARY,
    Range,
    Untranslatable,
    Value,
    condition,
    stored,
)

__all__ = ["Expressions"]

_COMPARED = ("<", ">", "<=", ">=", "==", "!=")
_FOUND = {"sys.stdin": "any"}


class Expressions(Assignments):
    """Writes expressions."""

    def __call__(self, node: Node | None) -> Value:
        if node is None:
            raise Untranslatable("an expression that is missing")
        if node.macro and (made := self.constant(node)) is not None:
            return made
        writer = getattr(self, f"on_{node.kind}", None)
        if writer is None:
            raise Untranslatable(node.reason or f"no counterpart of this {node.kind}")
        found: Value = writer(node)
        return replace(found, type=BOOL) if node.type == BOOL and found.form in ("bool", "truth") else found

    def on_unknown(self, node: Node) -> Value:
        raise Untranslatable(node.reason)

    # constants by their names

    def constant(self, node: Node) -> Value | None:
        """A macro that stands for a constant, by its name."""
        name = node.macro
        if name == "__FILE__":
            return Value("__file__", "text", ATOM, node.type)
        own = self.context.program.macros.get(name)
        if own is not None:
            return self._own_constant(name, own[0], node)
        if not known.is_sdk(name):
            return self._of_library(name, node)
        if callable(known.sdk_value(name)):
            return None
        value = known.sdk_value(name)
        if isinstance(value, bool) or not isinstance(value, (int, str)):
            return None
        if isinstance(value, str):
            return Value(name, "text", ATOM, node.type, constant=value)
        return Value(name, "int", ATOM, node.type, Range(value, value), value)

    def _of_library(self, name: str, node: Node) -> Value | None:
        """A macro of the C library that is a number with a name in the runtime, too."""
        _, value = known.runtime().get(name, ("", None))
        if not isinstance(value, int) or not isinstance(node.type, Int):
            return None
        made = self(replace_macro(node, name))
        return replace(made, code=name, level=ATOM) if made.constant == value else None

    def _own_constant(self, name: str, meant: Node, node: Node) -> Value | None:
        if name not in self.context.program.macros or not self.names_constant(name):
            return None
        inner, shown = bare(node), bare(meant)
        if inner.kind != shown.kind or inner.value != shown.value:
            with self.context.purely():
                again = Expressions(self.context)
                plain = replace_macro(node, name)
                if again(plain).code != again(replace_macro(meant, name)).code:
                    return None
        made = self(replace_macro(node, name))
        return Value(name, made.form, ATOM, made.type, made.range, made.constant)

    def names_constant(self, name: str) -> bool:
        """Whether a macro of the program is a constant of the module."""
        if name not in self.constants:
            meant = self.context.program.macros[name][0]
            self.constants[name] = all(
                (
                    part.kind in ("number", "char", "string", "binary", "unary", "convert", "cast", "sizeof")
                    and part.name not in ("x++", "x--", "++x", "--x", ",")
                )
                or (part.kind == "name" and part.decl is not None and part.decl.scope == "enumerator")
                for part in walk(meant)
            )
        return self.constants[name]

    # operators

    def on_binary(self, node: Node) -> Value:
        op = node.name
        if op == ",":
            return self._sequence(node)
        if op in ("&&", "||"):
            return self._logical(node)
        if (made := self.truth(node)) is not None:
            return made
        if is_pointer(node.kid(0).type) or is_pointer(node.kid(1).type):
            return self.compared_pointers(node) if op in _COMPARED else self.shifted(node)
        if op in _COMPARED and self._functions(node):
            return self.compared_pointers(node)
        return self.compared(node) if op in _COMPARED else self.arithmetic(node)

    def _functions(self, node: Node) -> bool:
        return any(isinstance(kid.type, Function) for kid in node.kids if kid is not None)

    def _sequence(self, node: Node) -> Value:
        """``a, b``: a as a statement before."""
        first = node.kid(0)
        if self.context.pure:
            made = self(first)
            if self.effects(first):
                right = self(node.kid(1))
                return replace(right, code=f"({made.code}, {right.code})[1]", level=ATOM)
            return self(node.kid(1))
        with self.context.sequenced():
            self.context.hoist(*self.alone(first), origin=node)
        return self(node.kid(1))

    def _logical(self, node: Node) -> Value:
        """``a && b``; where b needs statements, they run only when it is evaluated."""
        word, level = ("and", AND) if node.name == "&&" else ("or", OR)
        with self.context.sequenced():
            left = self.condition(node.kid(0))
        try:
            with self.context.purely():
                right = self.condition(node.kid(1))
        except Hoist:
            return self._guarded(node, left)
        return Value(
            f"{left.at(level)} {word} {right.at(level)}", "bool" if _truths(left, right) else "truth", level, INT
        )

    def _guarded(self, node: Node, left: Value) -> Value:
        name = self.context.temporary("holds")
        rows = self.apart(lambda: self.condition(node.kid(1)).code, name)
        test = name if node.name == "&&" else f"not {name}"
        self.context.hoist(f"{name} = {left.code}", f"if {test}:", *rows, origin=node)
        return Value(name, "truth", ATOM, INT)

    def on_cond(self, node: Node) -> Value:
        with self.context.sequenced():
            test = self.condition(node.kid(0))
        try:
            with self.context.purely():
                yes, no = self(node.kid(1)), self(node.kid(2))
                yes, no = self.guarded(node, yes, no)
        except Hoist:
            return self._branches(node, test)
        return self._chosen(node, test, yes, no)

    @staticmethod
    def guarded(node: Node, yes: Value, no: Value) -> tuple[Value, Value]:
        """The values of ``p ? p : q``, of which the first is not NULL."""
        test, opposite = bare(node.kid(0)), False
        if test.kind == "binary" and test.name in ("==", "!=") and is_null(test.kid(1)):
            test, opposite = bare(test.kid(0)), test.name == "=="
        elif test.kind == "unary" and test.name == "!":
            test, opposite = bare(test.kid(0)), True
        if is_pointer(test.type) and same_place(test, bare(node.kid(2 if opposite else 1))):
            return (yes, replace(no, nullable=False)) if opposite else (replace(yes, nullable=False), no)
        return yes, no

    def _chosen(self, node: Node, test: Value, yes: Value, no: Value) -> Value:
        yes, no = stored(yes), stored(no)
        if is_pointer(node.type):
            yes, no = self.alike(yes, no)
        code = f"{yes.at(TERNARY + 1)} if {test.code} else {no.at(TERNARY)}"
        level = TERNARY
        if yes.form == no.form == "int" and not self.effects(node.kid(0)) and (least := _extreme(test, yes, no)):
            code, level = least, ATOM
        form = no.form if yes.form == "none" else yes.form
        found = yes.range.joined(no.range) if yes.range is not None and no.range is not None else None
        return Value(
            code, form, level, node.type, found, nullable=yes.nullable or no.nullable or "none" in (yes.form, no.form)
        )

    def alike(self, yes: Value, no: Value) -> tuple[Value, Value]:
        """Two pointers in one form."""
        for form in ("ptr", "list", "object", "text", "bytes", "function"):
            if form in (yes.form, no.form) or (form == "ptr" and {"place", "offset", "member"} & {yes.form, no.form}):
                return self.adapted(yes, form), self.adapted(no, form)
        return yes, no

    def _branches(self, node: Node, test: Value) -> Value:
        name = self.context.temporary()
        made: list[Value] = []

        def one(kid: Node) -> str:
            made.append(stored(self(kid)))
            if made[-1].form in ("place", "offset"):
                made[-1] = self.settled(made[-1])
            return made[-1].code

        yes = self.apart(lambda: one(node.kid(1)), name)
        no = self.apart(lambda: one(node.kid(2)), name)
        if made[0].form != made[1].form:
            raise Untranslatable("two forms of a pointer in one expression")
        self.context.hoist(f"if {test.code}:", *yes, "else:", *no, origin=node)
        return replace(made[0], code=name, level=ATOM, nullable=made[0].nullable or made[1].nullable)

    def on_elvis(self, node: Node) -> Value:
        if self.effects(node.kid(0)):
            raise Untranslatable("the value of a condition with effects")
        return self._chosen(node, self.condition(node.kid(0)), self(node.kid(0)), self(node.kid(1)))

    def on_unary(self, node: Node) -> Value:
        if node.name == "&":
            return self.address(node)
        if node.name == "*":
            return self.pointed(node)
        if node.name in ("x++", "x--", "++x", "--x"):
            return self.step(node)
        if node.name in ("-", "~", "+", "!"):
            if node.name == "!" and (made := self.truth(node.kid(0))) is not None:
                return self.negated_truth(made)
            return self.signed(node)
        raise Untranslatable(f"no counterpart of {node.name}")

    def on_convert(self, node: Node) -> Value:
        inner = node.kid(0)
        kind = node.type
        if is_pointer(kind):
            if is_null(inner):
                return Value("None", "none", ATOM, kind)
            if isinstance(inner.type, (Int,)):
                raise Untranslatable("a number is used as a pointer")
            if isinstance(inner.type, Array) or (isinstance(kind, Pointer) and isinstance(kind.to, Function)):
                return self(inner)
            return self.cast_pointer(node)
        if isinstance(kind, Int) and kind.bits == 1 and is_pointer(inner.type):
            return condition(self(inner))
        if isinstance(kind, (Struct, Function)):
            return self(inner)
        made = self(inner)
        if made.form == "truth":
            made = Value(f"bool({made.code})", "bool", ATOM)
        if made.form not in ("int", "bool", "float"):
            raise Untranslatable("a pointer is used as a number")
        return self.converted(
            made,
            kind,
            made.range
            if made.range is not None and made.form == "int" and _narrower(made.range, self.range(inner))
            else self.range(inner),
        )

    def on_va_arg(self, node: Node) -> Value:
        """``va_arg``: the next of the arguments that follow."""
        if isinstance(node.type, Struct) or (is_pointer(node.type) and pointee(node.type) != CHAR):
            raise Untranslatable("a pointer among the arguments that follow")
        inner = self(bare(node.kid(0)))
        if is_pointer(node.type):
            return Value(f"{inner.at(ATOM)}.pointer()", "ptr", ATOM, node.type, nullable=True)
        form = "int" if isinstance(node.type, Int) else "float"
        kind = type_name(node.type) if isinstance(node.type, Int) else ""
        return Value(f"{inner.at(ATOM)}.arg({kind})", form, ATOM, node.type)

    def condition(self, node: Node) -> Value:
        """An expression as what stands behind ``if``."""
        inner = node
        while inner.kind == "convert" and isinstance(inner.type, Int) and inner.type.bits == 1:
            inner = inner.kid(0)
        if (made := self.truth(inner)) is not None:
            return made
        if inner.kind == "number" and not inner.macro:
            return Value(str(bool(inner.value)), "bool")
        made = self(inner)
        if made.form == "truth":
            return made
        if bare(inner).kind == "string":
            return Value("True", "bool")
        if (
            made.form in ("place", "offset", "member", "list", "bytes")
            or (made.form == "ptr" and not made.nullable and isinstance(inner.type, Array))
        ) and not made.nullable:
            return Value("True", "bool")
        return condition(made)

    def on_compound(self, node: Node) -> Value:
        return self.initial(node.type, node.kid(0), None)

    def on_list(self, node: Node) -> Value:
        return self.initial(node.type, node, None)

    def written_text(self, node: Node, arguments: list[Node]) -> Value:
        counted = callee_name(node) != "sprintf"
        if not counted or fits(arguments):
            self.context.hoist(*self.alone(node), origin=node)
            return self.length(arguments[0])
        whole = self.context.temporary("whole")
        rows = [f"{whole} = {self.text_made(arguments[2:])}"]
        rows.append(f"{self.target(arguments[0])} = {cut(whole, constant(arguments[1]))}")
        self.context.hoist(*rows, origin=node)
        return Value(f"len(os.fsencode({whole}))", "int", ATOM, INT, Range(0, LENGTH))

    def special(self, decl: Decl) -> Value | None:
        if not decl.system:
            return None
        if decl.name in ("stdin", "stdout", "stderr"):
            return Value(decl.name, "object", ATOM, decl.type)
        if decl.name == "errno":
            return Value("errno.value", "int", ATOM, INT)
        if decl.name in known.REPLACEABLE or known.runtime_home(decl.name) or known.provider(decl.name):
            return None
        raise Untranslatable(f"no counterpart of {decl.name}")


def _truths(left: Value, right: Value) -> bool:
    return left.form == "bool" and right.form == "bool"


def _extreme(test: Value, yes: Value, no: Value) -> str:
    """``min`` or ``max``, where that is what ``a < b ? a : b`` and its like are."""
    for op in ("<", "<=", ">", ">="):
        for one, other in ((yes, no), (no, yes)):
            if test.code == f"{one.at(COMPARISON + 1)} {op} {other.at(COMPARISON + 1)}":
                return f"{'min' if (op[0] == '<') == (one is yes) else 'max'}({one.code}, {other.code})"
    return ""


def _narrower(one: Range, other: Range | None) -> bool:
    return other is None or one.within(other.low, other.high)


def replace_macro(node: Node, name: str) -> Node:
    """A node without the name of the macro that it came from."""
    kids: list[Node | None] = [replace_macro(kid, name) if kid is not None else None for kid in node.kids]
    macro = "" if node.macro == name else node.macro
    return Node(
        node.kind, node.place, node.type, kids, node.name, node.value, node.decl, node.decls, macro, node.reason
    )
