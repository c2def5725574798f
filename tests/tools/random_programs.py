"""What random programs in C and in C++ share: numbers without undefined behaviour, branches, loops and switches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random

__all__ = ["TYPES", "WORDS", "RandomProgram"]

TYPES = {
    "int": "%d",
    "unsigned": "%u",
    "long": "%ld",
    "unsigned long": "%lu",
    "short": "%d",
    "unsigned short": "%d",
    "unsigned char": "%d",
    "signed char": "%d",
    "uint32_t": "%u",
    "uint64_t": "%lu",
    "uint8_t": "%u",
    "int64_t": "%ld",
}
WORDS = ("alpha", "b", "", "key=value", "/a/b/c.txt", "x y  z", "émile", "100%", "tail\\n", "AbC")


class RandomProgram:
    """Writes one program; a language says what it has besides, by ``leaves``, ``kinds`` and ``conditions``."""

    CASE = ("case {}:", "default:", "")  # how a part of a switch begins, the last of them, and how it ends

    def __init__(self, random: Random) -> None:
        self.random = random
        self.rows: list[str] = []
        self.numbers: dict[str, str] = {}  # the types of the variables in scope
        self.steady: list[str] = []  # those that are only read
        self.serial = 0
        self.depth = 1

    def leaves(self) -> list[Callable[[], str]]:
        """What makes a number, besides arithmetic and variables."""
        raise NotImplementedError

    def conditions(self) -> list[Callable[[], str]]:
        """What makes a condition, besides comparisons of numbers."""
        raise NotImplementedError

    def kinds(self) -> list[Callable[[], None]]:
        """What makes a statement here, besides those of numbers, and control."""
        raise NotImplementedError

    def pick(self, *rows: Callable[[], str]) -> str:
        return self.random.choice(rows)()

    def fresh(self, stem: str) -> str:
        self.serial += 1
        return f"{stem}{self.serial}"

    def emit(self, row: str) -> None:
        self.rows.append("    " * self.depth + row)

    # numbers

    def number(self, depth: int = 2) -> str:
        """An expression of a small number, of some type."""
        if not depth or self.random.random() < 0.3:
            return self.pick(self.constant, self.variable, self.variable)
        return self.pick(
            lambda: self.unsigned(depth),
            lambda: self.limited(depth),
            lambda: self.compared(depth),
            lambda: f"({self.random.choice(list(TYPES))}){self.atom(depth)}",
            lambda: f"({self.condition(depth)} ? {self.number(depth - 1)} : {self.number(depth - 1)})",
            *self.leaves(),
        )

    def constant(self) -> str:
        return self.random.choice(("0", "1", "2", "7", "-1", "-13", "255", "65536", "0x7f", "'a'", "200", "3u"))

    def variable(self) -> str:
        return self.random.choice([*self.numbers, *self.steady] or ["5"])

    def atom(self, depth: int) -> str:
        return f"({self.number(depth - 1)})"

    def unsigned(self, depth: int) -> str:
        """Unsigned arithmetic, which may wrap."""
        op = self.random.choice(("+", "-", "*", "&", "|", "^"))
        kind = self.random.choice(("unsigned", "uint64_t", "unsigned long"))
        return f"(({kind}){self.atom(depth)} {op} {self.atom(depth)})"

    def limited(self, depth: int) -> str:
        """Signed arithmetic that cannot overflow."""
        op = self.random.choice(("+", "-", "*", "/", "%"))
        left = f"((int)({self.number(depth - 1)}) % 1000)"
        right = f"((int)({self.number(depth - 1)}) % 1000)"
        if op in ("/", "%"):
            right = f"({right} | 1)"
        shift = self.random.random()
        if shift < 0.15:
            return f"((unsigned){self.atom(depth)} {self.random.choice(('<<', '>>'))} ({self.atom(depth)} & 15))"
        return f"({left} {op} {right})"

    def compared(self, depth: int) -> str:
        return f"({self.atom(depth)} {self.random.choice(('<', '>', '<=', '>=', '==', '!='))} {self.atom(depth)})"

    def condition(self, depth: int = 1) -> str:
        return self.pick(
            lambda: self.compared(depth),
            lambda: f"!{self.atom(depth)}",
            lambda: f"({self.compared(depth)} && {self.compared(depth)})",
            lambda: f"({self.number(1)} || {self.compared(1)})",
            *self.conditions(),
        )

    # statements

    def statement(self) -> None:
        kinds = [self.declared, self.assigned, self.stepped, *self.kinds()]
        if self.depth < 4:
            kinds += [self.branch, self.loop, self.switch]
        self.random.choice(kinds)()

    @contextmanager
    def scope(self) -> Iterator[None]:
        """What is declared within is not known behind it."""
        numbers, steady = dict(self.numbers), list(self.steady)
        self.depth += 1
        try:
            yield
        finally:
            self.depth -= 1
            self.numbers, self.steady = numbers, steady

    def block(self, most: int = 3) -> None:
        with self.scope():
            for _ in range(self.random.randint(1, most)):
                self.statement()

    def declared(self) -> None:
        name, kind = self.fresh("v"), self.random.choice(list(TYPES))
        self.emit(f"{kind} {name} = {self.number()};")
        self.numbers[name] = kind

    def assigned(self) -> None:
        if not self.numbers:
            return self.declared()
        name = self.random.choice(list(self.numbers))
        op = self.random.choice(("=", "=", "^=", "|=", "&="))
        self.emit(f"{name} {op} {self.number()};")
        return None

    def stepped(self) -> None:
        names = [name for name, kind in self.numbers.items() if kind not in ("int", "long", "int64_t")]
        if names:
            name = self.random.choice(names)
            self.emit(
                self.random.choice(
                    (f"{name}++;", f"--{name};", f"{name} += {self.number(1)};", f"counter = (int)({name}++ & 31u);")
                )
            )

    def branch(self) -> None:
        self.emit(f"if ({self.condition()}) {{")
        self.block()
        if self.random.random() < 0.5:
            self.emit("} else {")
            self.block()
        self.emit("}")

    def loop(self) -> None:
        name = self.fresh("i")
        most = self.random.randint(1, 5)
        form = self.random.choice(("for", "while", "do"))
        if form == "for":
            self.emit(f"for (int {name} = 0; {name} < {most}; {name}++) {{")
        else:
            self.emit(f"{{ unsigned {name} = {most};")
            self.emit(f"while ({name}--) {{" if form == "while" else "do {")
        with self.scope():
            self.steady.append(name)
            self.depth -= 1
            self.block()
            self.depth += 1
            if self.random.random() < 0.4:
                self.emit(f"if ({self.condition()}) {self.random.choice(('break', 'continue'))};")
                self.emit(f"counter += {name} & 3;")
        self.emit("}" if form == "for" else "} }" if form == "while" else f"}} while (--{name} > 0 && {name} < 9); }}")

    def switch(self) -> None:
        case, default, end = self.CASE
        self.emit(f"switch ((unsigned)({self.number(1)}) % 5) {{")
        for value in range(self.random.randint(1, 4)):
            self.emit(case.format(value))
            self.block(2)
            if self.random.random() < 0.7:
                self.emit("    break;")
            self.emit(end)
        if self.random.random() < 0.6:
            self.emit(default)
            self.block(2)
            self.emit(end)
        self.emit("}")
