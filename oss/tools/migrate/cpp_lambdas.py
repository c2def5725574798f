"""Lambdas of C++: those of one expression are Python's, the others functions within the function."""

from __future__ import annotations

from collections.abc import Callable

from oss.tools.migrate.asked import is_pointer
from oss.tools.migrate.c_types import Pointer, Ref, Std
from oss.tools.migrate.context import Hoist
from oss.tools.migrate.cpp_changing import kept_by_value
from oss.tools.migrate.cpp_compare import CppCompare
from oss.tools.migrate.cpp_sets import sets
from oss.tools.migrate.cpp_types import boxes, plain
from oss.tools.migrate.nodes import Decl, Node, walk
from oss.tools.migrate.values import ATOM, Untranslatable, Value, stored

__all__ = ["CppLambdas"]


class CppLambdas(CppCompare):
    """The part of the C++ writer that writes lambdas; ``functions`` writes those of several statements."""

    functions: Callable[[str, Node], list[str]] | None = None

    def on_lambda(self, node: Node) -> Value:
        """A lambda of one expression."""
        if len(node.kids) > 1:
            raise Untranslatable("a lambda that is given values of several types")
        body = [kid for kid in node.kid(0).kids if kid is not None]
        owned = any(not isinstance(item.type, Ref) and not self.immutable(item.type) for item in node.decls)
        owned = owned or (id(node) in self.run_once and bool(self.owned_by(node)))
        if len(body) != 1 or body[0].kind != "return" or not body[0].kids or owned:
            return self.local_function(node)
        self.known_parameters(node)
        for parameter in node.decls:
            parameter.python = self.context.spelled(parameter.name)
        try:
            with self.context.purely():
                made = stored(self.copied(body[0].kid(0)))
                kept = self.captured(node)
        except Hoist:
            return self.local_function(node)
        if ":=" in made.code:
            return self.local_function(node)
        names = self.lambda_parameters(node)
        names += [f"{name}={code}" for name, code in kept]
        return Value(f"lambda{' ' if names else ''}{', '.join(names)}: {made.code}", "std", 0, Std("function"))

    @staticmethod
    def known_parameters(node: Node) -> None:
        """Names the parameters of a lambda, and refuses those that are set."""
        for index, parameter in enumerate(node.decls):
            parameter.name = parameter.name or f"_{index}"
            if isinstance(parameter.type, Ref) and boxes(parameter.type):
                if any(sets(part, parameter) for part in walk(node.kid(0))):
                    raise Untranslatable("a lambda that sets what it is given")
                parameter.type = Ref(parameter.type.to, True)

    def lambda_parameters(self, node: Node) -> list[str]:
        """The parameters of a lambda, with the constants that stand for those that are not given."""
        rows = []
        for parameter in node.decls:
            code = ""
            if self.ends(parameter.type):
                raise Untranslatable("a lambda that is given an object that cleans up")
            if parameter.init is not None:
                made = self.initial(plain(parameter.type), parameter.init, None)
                if not self.immutable(parameter.type) or isinstance(parameter.type, Pointer):
                    raise Untranslatable("a lambda with such a default")
                code = f"={stored(made).code}"
            rows.append(f"{parameter.python}{code}")
        return rows

    def captured(self, node: Node) -> list[tuple[str, str]]:
        """The variables whose values a lambda keeps, each with the value."""
        words = [word.strip() for word in node.name.split(",")]
        if "*this" in words:
            raise Untranslatable("a lambda that keeps the object itself")
        assert node.value is None or isinstance(node.value, list)
        fresh: list[Decl] = node.value or []
        found: dict[str, str] = {}
        for decl in fresh:
            if isinstance(decl.type, Ref) or decl.init is None:
                raise Untranslatable("a lambda that names a reference")
            decl.python = self.context.spelled(decl.name)
            code = self.keeping.get((id(node), decl), "")
            if self.ends(decl.type) and not code and id(node) not in self.run_once:
                raise Untranslatable("a lambda that owns an object")
            found[decl.python] = code or self.initial(decl.type, decl.init, None).code
        for item in kept_by_value(node):
            name = self.context.name(item)
            found[name] = self.keeping.get((id(node), item)) or self.kept(item, name, once=id(node) in self.run_once)
        return sorted(found.items())

    def owned_by(self, node: Node) -> list[Decl]:
        """What a lambda owns: the variables that it has, and that clean up."""
        assert node.value is None or isinstance(node.value, list)
        rows = [*(node.value or []), *kept_by_value(node)]
        return [item for item in rows if self.ends(plain(item.type))]

    @property
    def run_once(self) -> set[int]:
        """The lambdas that run once, and end then what they own."""
        if not hasattr(self, "_runs_once"):
            self._runs_once: set[int] = set()
        return self._runs_once

    @property
    def keeping(self) -> dict[tuple[int, Decl], str]:
        """What a lambda owns, where the block ends it that the lambda stands in."""
        if not hasattr(self, "_keeping"):
            self._keeping: dict[tuple[int, Decl], str] = {}
        return self._keeping

    def kept(self, decl: Decl, name: str, *, once: bool = False) -> str:
        """The copy of a variable that a lambda has."""
        if boxes(decl.type):
            raise Untranslatable("a lambda that keeps what a reference leads to")
        self.plain_function(Node("name", decl.place, decl.type, name=decl.name, decl=decl))
        if self.context.boxed(decl):
            return self.context.box(decl, f"{name}.value")
        if self.ends(plain(decl.type)) and not once:
            raise Untranslatable("a lambda that owns an object")
        return self.copy_of(name, decl.type) if not is_pointer(decl.type) else name

    def local_function(self, node: Node) -> Value:
        """A lambda of several statements: a function before the statement that it stands in."""
        name = self.context.temporary("function")
        if self.functions is None:
            raise Untranslatable("a lambda of several statements")
        self.context.hoist(*self.functions(name, node))
        return Value(name, "std", ATOM, Std("function"))
