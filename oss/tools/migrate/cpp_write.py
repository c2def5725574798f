"""C++ expressions: operators, exceptions, lambdas, and those that are statements of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from oss.tools.migrate.asked import is_pointer
from oss.tools.migrate.c_types import CType, Float, Int, Ref, Std, Struct, Void, is_char, pointee
from oss.tools.migrate.cpp_library import method_name
from oss.tools.migrate.cpp_streams import CppStreams
from oss.tools.migrate.cpp_types import (
    EXCEPTIONS,
    LISTS,
    MAPS,
    POINTERS,
    SETS,
    boxes,
    is_string,
    plain,
)  # fmt: skip
from oss.tools.migrate.cpp_copies import is_fresh
from oss.tools.migrate.names import python_name, type_name
from oss.tools.migrate.nodes import Node, bare, is_null, walk
from oss.tools.migrate.slots import Slot
from oss.tools.migrate.values import (
    ATOM,
    COMPARISON,
    PRODUCT,
    SUM,
    Range,
    Untranslatable,
    Value,
    integer,
)  # fmt: skip

__all__ = ["CppWriter"]

_COMPARED = ("<", ">", "<=", ">=", "==", "!=")


class CppWriter(CppStreams):
    """Writes C++ expressions; ``functions`` writes a lambda of several statements as a function."""

    functions: Callable[[str, Node], list[str]] | None = None

    def on_operator(self, node: Node) -> Value:
        kids = [kid for kid in node.kids if kid is not None]
        first = kids[0]
        op = node.name
        if node.decl is not None and node.decl.scope == "method":
            return self.own_operator(op, kids, node)
        if node.decl is not None and node.decl.scope == "function" and not node.decl.system:
            codes = self.to_parameters(kids, node.decl)
            return self.result(f"{self.context.name(node.decl)}({', '.join(codes)})", node)
        kind = plain(first.type)
        if op == "[]" and isinstance(kind, Std):
            return self.item(first, kids[1], kind)
        if op == "()" and isinstance(kind, Std) and kind.name == "function":
            codes = [integer(self(kid)).code for kid in kids[1:]]
            return self.result(f"{self(first).at(ATOM)}({', '.join(codes)})", node)
        if (made := self.behind(op, first, kind, node)) is not None:
            return made
        if op in _COMPARED and len(kids) == 2:
            return self.compared_std(op, kids)
        if op == "+" and any(is_string(plain(kid.type)) for kid in kids):
            one, other = (self.part_of_text(kid) for kid in kids)
            return Value(f"{one.at(SUM)} + {other.at(SUM + 1)}", "std", SUM, Std("string"))
        if op in ("=", "+="):
            self.context.hoist(*self.alone(node))
            while bare(first).kind == "operator" and bare(first).name == op:
                first = bare(first).kid(0)
            return self(first)
        raise Untranslatable(f"no counterpart of operator{op}")

    def behind(self, op: str, first: Node, kind: CType, node: Node) -> Value | None:
        """What a pointer, an optional or a place leads to."""
        if op not in ("*", "->") or len(node.kids) != 1:
            return None
        if first.kind == "name" and first.decl in self.places:
            assert first.decl is not None
            return self.std_or_plain(self.context.name(first.decl), node.type)
        if isinstance(kind, Std) and kind.name == "optional":
            return self.std_or_plain(self(first).at(ATOM), kind.of[0])
        if isinstance(kind, Std) and kind.name in POINTERS:
            return replace(self(first), form="object", type=node.type)
        return None

    def own_operator(self, op: str, kids: list[Node], node: Node) -> Value:
        assert node.decl is not None
        if op == "=":
            raise Untranslatable("an assignment operator")
        codes = self.to_parameters(kids[1:], node.decl)
        shown = method_name(self.context.program.classes.get(node.decl.owner), node.decl)
        return self.result(f"{self.structure(kids[0])}.{shown}({', '.join(codes)})", node)

    def part_of_text(self, node: Node) -> Value:
        """An operand of ``+`` between strings."""
        if isinstance(node.type, Int):
            return Value(self.letter_text(node), "std", ATOM, Std("string"))
        return self.string(node)

    def compared_std(self, op: str, kids: list[Node]) -> Value:
        kinds = [plain(kid.type) for kid in kids]
        if any(is_string(kind) for kind in kinds):
            one, other = (self.string(kid) for kid in kids)
        elif (found := self.found(op, kids)) is not None:
            return found
        elif all(
            (isinstance(kind, Std) and kind.name in POINTERS) or is_null(kid)
            for kind, kid in zip(kinds, kids, strict=True)
        ):
            made = self(kids[0] if not is_null(kids[0]) else kids[1])
            word = "is" if op == "==" else "is not"
            return Value(f"{made.at(COMPARISON + 1)} {word} None", "bool", COMPARISON, range=Range(0, 1))
        elif op in ("==", "!=") and all(isinstance(kind, Std) and kind.name in LISTS for kind in kinds):
            one, other = (self(kid) for kid in kids)
        else:
            raise Untranslatable(f"no counterpart of operator{op}")
        return Value(f"{one.at(COMPARISON + 1)} {op} {other.at(COMPARISON + 1)}", "bool", COMPARISON, range=Range(0, 1))

    def found(self, op: str, kids: list[Node]) -> Value | None:
        """``m.find(k) != m.end()``: whether a key is there."""
        first, last = bare(kids[0]), bare(kids[1])
        if first.decl in self.iterators and first.kind == "name" and last.kind == "method" and last.name == "end":
            word = "is" if op == "==" else "is not"
            assert first.decl is not None
            return Value(f"{self.context.name(first.decl)} {word} None", "bool", COMPARISON, range=Range(0, 1))
        if (
            op not in ("==", "!=")
            or first.kind != "method"
            or last.kind != "method"
            or (first.name, last.name) != ("find", "end")
        ):
            return None
        owner = first.kid(0)
        if not isinstance(owner.type, Std) or owner.type.name not in (*MAPS, *SETS):
            return None
        word = "in" if op == "!=" else "not in"
        key = self(first.kid(1))
        return Value(
            f"{key.at(COMPARISON + 1)} {word} {self(owner).at(COMPARISON + 1)}", "bool", COMPARISON, range=Range(0, 1)
        )

    def item(self, owner: Node, index: Node, kind: Std) -> Value:
        made = self(owner)
        if kind.name in LISTS:
            return self.std_or_plain(f"{made.at(ATOM)}[{self.number(self.unsized(index)).code}]", kind.of[0])
        if kind.name in MAPS:
            zero = self.zero_of(kind.of[1])
            return self.std_or_plain(f"{made.at(ATOM)}.setdefault({self(index).code}, {zero.code})", kind.of[1])
        if is_string(kind):
            code = f"char(os.fsencode({made.code})[{self.number(self.unsized(index)).code}])"
            return Value(code, "int", ATOM, Int(8, True, "char"), Range(-128, 127))
        raise Untranslatable(f"an element of a std::{kind.name}")

    def target(self, node: Node) -> str:
        inner = bare(node)
        if inner.kind == "operator" and inner.name == "[]":
            owner, index = inner.kid(0), inner.kid(1)
            kind = plain(owner.type)
            if isinstance(kind, Std) and kind.name in (*LISTS, *MAPS):
                return f"{self(owner).at(ATOM)}[{integer(self(self.unsized(index))).code}]"
            raise Untranslatable("an element that is set")
        if inner.kind == "member" and isinstance(inner.kid(0).type, Std):
            made = self.pair_part(inner, inner.kid(0))
            if bare(inner.kid(0)).decl in self.parts and inner.name == "second":
                return made.code
            raise Untranslatable("a part of a pair that is set")
        if inner.kind == "member" and inner.decl is not None and inner.decl.scope == "member":
            return self.context.name(inner.decl)
        if inner.kind == "name" and inner.decl is not None and inner.decl.scope == "member":
            return self.context.name(inner.decl)
        if inner.kind == "operator" and inner.name == "*" and len(inner.kids) == 1:
            raise Untranslatable("an object behind a pointer that is set")
        return super().target(node)

    def wanted(self, node: Node, slot: Slot | None, kind: CType) -> Value:
        inner = bare(node)
        if inner.kind != "newarray":
            return super().wanted(node, slot, kind)
        to = pointee(kind)
        form = slot.form if slot is not None else "ptr"
        if to is None or isinstance(to, (Struct, Std)) or form not in ("ptr", "list", "bytes"):
            raise Untranslatable("memory from new")
        count = self.number(self.unsized(inner.kid(0)))
        if form == "bytes":
            return Value(f"bytearray({count.code})", "bytes", ATOM, kind)
        if form == "list":
            return Value(f"[{self.zero(to).code}] * {count.at(PRODUCT)}", "list", PRODUCT, kind)
        return Value(f"array({self.element_name(to)}, {count.code})", "ptr", ATOM, kind)

    def assigned_rows(self, node: Node) -> list[str]:
        left = bare(node.kid(0))
        if node.name == "=" and left.kind == "operator" and left.name == "[]" and is_string(plain(left.kid(0).type)):
            owner, index = left.kid(0), self.number(self.unsized(left.kid(1)))
            letter = self.number(node.kid(1))
            return [f"{self.target(owner)} = with_letter({self(owner).code}, {index.code}, {letter.code})"]
        return super().assigned_rows(node)

    def alone(self, node: Node) -> Sequence[str]:
        inner = node
        while inner.kind in ("cast", "convert") and isinstance(inner.type, Void):
            inner = inner.kid(0)
        if inner.kind == "operator":
            rows = self.operator_rows(inner)
            if rows is not None:
                return rows
        if inner.kind in ("call", "operator") and inner.name in ("getline", ">>") and self.state_of(inner) is not None:
            return []
        if inner.kind == "throw":
            return [self.throwing(inner)]
        if inner.kind == "delete":
            return self.deleted(inner.kid(0))
        special = inner.kind == "call" and hasattr(self, f"std_{bare(inner.kid(0)).name}")
        if inner.kind in ("method", "construct") or special:
            made = self(inner)
            idle = (made.form == "none" and made.of != "effect") or made.code.replace(".", "").isidentifier()
            return [] if idle else [made.code]
        return super().alone(node)

    def throwing(self, node: Node) -> str:
        """``throw``; where nothing is caught and something would clean up, the program ends at once."""
        if not node.kids:
            return "raise"
        code = self.thrown(node.kid(0))
        return f"raise {code}" if self.catches or not self.any_cleans_up else f"terminate({code})"

    @property
    def catches(self) -> bool:
        """Whether the program catches anything."""
        if not hasattr(self, "_catches"):
            self._catches = any(part.kind == "try" for body in self._bodies() for part in walk(body))
        return self._catches

    @property
    def any_cleans_up(self) -> bool:
        return any(self.cleans_up(name) for name in self.context.program.classes)

    def thrown(self, node: Node) -> str:
        """What is thrown, as an exception."""
        kind = plain(node.type)
        inner = bare(node)
        if isinstance(kind, Std) and kind.name in EXCEPTIONS:
            return self(node).code
        if isinstance(kind, Struct):
            if inner.kind == "name" and inner.decl is not None and isinstance(inner.decl.type, Ref):
                raise Untranslatable("a copy of what was caught is thrown")
            return self(node).code if is_fresh(inner) else self.copied(node).code
        value = self.string(node) if is_string(kind) else integer(self(node))
        return f'thrown["{self.thrown_kind(kind)}"]({value.code})'

    @staticmethod
    def thrown_kind(kind: CType) -> str:
        """What tells types that are thrown apart."""
        if is_string(kind):
            return "std::string"
        if isinstance(kind, Int):
            return "bool" if kind.bits == 1 else kind.name if kind.bits in (8, 32) and "char" in kind.name else type_name(kind)
        if isinstance(kind, Float):
            return "double" if kind.bits == 64 else "float"
        if is_pointer(kind) and is_char(pointee(kind)):
            return "const char *"
        raise Untranslatable("what is thrown is no exception")

    def deleted(self, node: Node) -> list[str]:
        kind = pointee(node.type)
        made = self(node)
        if isinstance(kind, Struct) and self.cleans_up(kind.name):
            return [f"{made.at(ATOM)}.close()"]
        return []

    def operator_rows(self, node: Node) -> list[str] | None:
        op = node.name
        first = node.kid(0)
        if op == "<<" and (chain := self.chain(node)) is not None:
            return self.printed(*chain)
        if node.decl is not None:
            return None
        if op == "=" and isinstance(plain(first.type), Std):
            right = node.kid(1)
            if is_string(plain(first.type)):
                return [f"{self.target(first)} = {self.string(right).code}"]
            return [f"{self.target(first)} = {self.copied(right).code}"]
        if op == "=" and isinstance(plain(first.type), Struct):
            if bare(first).kind != "name" or bare(first).decl in self.context.uses.pinned:
                raise Untranslatable("an object that is copied into another")
            return [f"{self.target(first)} = {self.copied(node.kid(1)).code}"]
        if op == "+=" and is_string(plain(first.type)):
            return [f"{self.target(first)} += {self.part_of_text(node.kid(1)).code}"]
        return None

    def on_lambda(self, node: Node) -> Value:
        """A lambda of one expression."""
        body = [kid for kid in node.kid(0).kids if kid is not None]
        if len(body) != 1 or body[0].kind != "return" or not body[0].kids:
            return self.local_function(node)
        for parameter in node.decls:
            parameter.python = python_name(parameter.name)
            if boxes(parameter.type):
                raise Untranslatable("a lambda that sets what it is given")
        with self.context.purely():
            made = self.copied(body[0].kid(0))
        names = [parameter.python for parameter in node.decls]
        names += [f"{name}={name}" for name in self.captured(node)]
        return Value(f"lambda{' ' if names else ''}{', '.join(names)}: {made.code}", "std", 0, Std("function"))

    def captured(self, node: Node) -> list[str]:
        """The variables whose values a lambda keeps."""
        if node.name.strip() in ("&", ""):
            return []
        by_value = "=" in node.name.split(",")[0]
        words = [word.strip() for word in node.name.split(",")]
        found = []
        for part in walk(node.kid(0)):
            decl = part.decl
            if part.kind != "name" or decl is None or decl.scope not in ("local", "param") or decl in node.decls:
                continue
            if decl.name in words or (by_value and f"&{decl.name}" not in words):
                found.append(self.context.name(decl))
        return sorted(set(found))

    def local_function(self, node: Node) -> Value:
        """A lambda of several statements: a function before the statement that it stands in."""
        name = self.context.temporary("function")
        if self.functions is None:
            raise Untranslatable("a lambda of several statements")
        self.context.hoist(*self.functions(name, node))
        return Value(name, "std", ATOM, Std("function"))

    def on_new(self, node: Node) -> Value:
        made = self(node.kid(0))
        return replace(made, form="object", type=node.type, of="", nullable=False)
