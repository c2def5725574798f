"""Random small C++ programs over values, references and the standard library, without undefined behaviour.

What they are made of stands in tables of C++ text with holes: ``$text`` is a value of that kind, ``$text&`` a place
of that kind that may be changed, ``$text!`` one that may also grow, shrink or be given another value, ``$=`` the
place that was named last, ``$int`` a number, ``$new`` a name that is still free.

References stay valid: while one leads into a variable, nothing that would end what it leads to is written there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from tests.tools.random_programs import WORDS, RandomProgram

__all__ = ["program", "together"]

TABLES = Path(__file__).parent / "random_cpp"
INCLUDES = (TABLES / "includes.cpp").read_text()
# what programs use, in its order; each has what it mentions
HEAD = (TABLES / "head.cpp").read_text()
NUMBERS, CONDITIONS, STATEMENTS, CATCHES = (
    (TABLES / f"{name}.txt").read_text().splitlines() for name in ("numbers", "conditions", "statements", "catches")
)

# what a variable of each kind is declared as, and what it may begin with
KINDS = {
    "text": ("std::string", "$text"),
    "nums": ("std::vector<int>", "$nums"),
    "words": ("std::vector<std::string>", "$words"),
    "item": ("Item", "$item"),
    "items": ("std::vector<Item>", "$items"),
    "counts": ("std::map<std::string, int>", "$counts"),
    "table": ("std::map<std::string, Item>", "$table"),
    "pair": ("std::pair<std::string, Item>", "$pair"),
    "grid": ("std::vector<std::vector<int>>", "$grid"),
    "spot": ("Spot", "$spot"),
    "maybe": ("std::optional<Item>", "$maybe"),
    "shared": ("std::shared_ptr<Item>", "std::make_shared<Item>($item)"),
    "owner": ("std::unique_ptr<Item>", "std::make_unique<Item>($item)"),
    "shelf": ("Shelf", "$shelf"),
    "stack": ("Stack<std::string>", "$stack"),
    "shape": ("Shape", "$shape"),
    "square": ("Square", "$square"),
    "group": ("std::set<std::string>", "$group"),
    "queue": ("std::deque<Item>", "$queue"),
    "ages": ("std::unordered_map<std::string, int>", "$ages"),
}
# how a variable of each kind is shown
SHOWN = {
    **dict.fromkeys(("text", "nums", "words", "items", "counts", "table"), "print({0});"),
    **dict.fromkeys(("item", "int"), 'std::cout << {0} << "\\n";'),
    **dict.fromkeys(("shape", "square"), "print({0}.shown());"),
    "pair": "std::cout << {0}.first << {0}.second;",
    "grid": "for (const auto &row : {0}) print(row);",
    "spot": "std::cout << {0}.x << {0}.y;",
    "maybe": "if ({0}) std::cout << *{0};",
    "shared": "std::cout << *{0} << {0}.use_count();",
    "owner": "std::cout << *{0};",
    "shelf": "print({0}.items());",
    "stack": "print({0}.held());",
    "group": "for (auto &one : {0}) print(one);",
    "queue": "for (auto &one : {0}) std::cout << one;",
    "ages": 'std::cout << {0}.size() << {0}.count("k");',
}
# places of each kind within others, and how many containers are between
PLACES = {
    "int": (
        ("$item&.n", 0),
        ("$nums&[0]", 1),
        ("$nums&[$index % $=.size()]", 1),
        ("$counts&[$key]", 1),
        ("$item&.at.x", 0),
        ("$spot&.x", 0),
        ("$nums&.back()", 1),
        ("$ages&[$key]", 1),
    ),
    "text": (
        ("$item&.name", 0),
        ("$words&[0]", 1),
        ("$words&[$index % $=.size()]", 1),
        ("$pair&.first", 0),
        ("$words&.back()", 1),
    ),
    "nums": (("$item&.values", 0), ("$grid&[0]", 1), ("$grid&[$index % $=.size()]", 1)),
    "item": (
        ("$items&[0]", 1),
        ("$items&[$index % $=.size()]", 1),
        ("$items&.at($index % $=.size())", 1),
        ("$items&.back()", 1),
        ("chosen($items&, $index)", 1),
        ("$table&[$key]", 1),
        ("$pair&.second", 0),
        ("*$owner&", 1),
        ("*$shared&", 1),
        ("$shelf&.at($index)", 1),
        ("$shelf&[$index]", 1),
        ("$queue&.front()", 1),
        ("$queue&[$index % $=.size()]", 1),
    ),
    "spot": (("$item&.at", 0),),
}
# values of each kind that are no places
VALUES = {
    "text": (
        "std::string($word)",
        "$text.substr($index % ($=.size() + 1))",
        "$text.substr($index % ($=.size() + 1), $index)",
        "($text + $text)",
        "($text + $word)",
        "($text + 'c')",
        "std::to_string($int)",
        "joined($words)",
        "level($level)",
        "larger($text, $text)",
        "std::string($index % 4, 'z')",
        "$shape.shown()",
        "$shape.kind()",
        "$stack.held().front()",
        "fields($text, '/')[0]",
    ),
    "nums": ("std::vector<int>{$int % 50, 3}", "std::vector<int>(1 + $index % 3, 7)", "std::vector<int>{4, 2, 9}"),
    "words": ("std::vector<std::string>{$text, $text}", "fields($text, ' ')", "$stack.held()"),
    "item": (
        "Item{$int % 500, $text}",
        "Item{$int % 500, $word, $nums}",
        "Item()",
        "$item.more($int % 100)",
        "$shelf.first()",
        "$items.front()",
        "larger($item, $item)",
        "std::max($item, $item)",
    ),
    "items": ("std::vector<Item>{$item, $item}", "$shelf.copy()", "$shelf.items()", "std::vector<Item>(2, $item)"),
    "counts": ('std::map<std::string, int>{{$word, 3}, {"k", 4}}',),
    "table": ('std::map<std::string, Item>{{"k", $item}, {$word, $item}}',),
    "pair": (
        "std::make_pair($text, $item)",
        "std::pair<std::string, Item>{$text, $item}",
        "std::pair<std::string, Item>($word, $item)",
    ),
    "grid": ("std::vector<std::vector<int>>{$nums, $nums}", "std::vector<std::vector<int>>(2, $nums)"),
    "spot": ("Spot{$int % 90, 4}", "Spot()"),
    "maybe": ("std::optional<Item>($item)", "std::optional<Item>()"),
    "shared": (),
    "shelf": ("Shelf($items)",),
    "stack": (),
    "shape": ("Shape($int % 20)", "Shape($square)"),
    "square": ("Square($int % 20)",),
    "group": ('std::set<std::string>{$text, $text, "k"}',),
    "queue": ("std::deque<Item>{$item, $item}",),
    "ages": ('std::unordered_map<std::string, int>{{"k", 1}}',),
}

THROWING = ('std::cout << $items.at($index).n << "\\n";', "counter = std::stoi($text) & 15;")
GIVEN = {
    "int": "int",
    **{kind: row[0] for kind, row in KINDS.items() if kind not in ("owner", "stack", "shape", "ages")},
}
RANGES = {"nums": "int", "words": "text", "items": "item", "grid": "nums", "queue": "item"}
DEEP = 9
HOLE = re.compile(r"\$(=|[a-z]+[&!]?)")


class NothingFitsError(Exception):
    """No variable of the kind may be used so here."""


@dataclass(frozen=True)
class Place:
    """An expression for a place, the variable that it leads into, and how many containers are between."""

    text: str
    within: str
    under: int = 0
    constant: bool = False


@dataclass(frozen=True)
class Variable:
    """A place with a name; none that is ``bound`` by a structured binding may be captured."""

    kind: str
    place: Place
    bound: bool = False


@dataclass(frozen=True)
class Function:
    """What may be called: the kinds of its parameters, each with ``&`` or ``!`` for what it does there."""

    name: str
    parameters: tuple[str, ...]
    result: str


class _Program(RandomProgram):
    CASE = ("case {}: {{", "default: {", "}")

    def __init__(self, random: Random) -> None:
        super().__init__(random)
        self.variables: list[Variable] = []
        self.held: dict[str, int] = {}  # how deep references lead into a variable
        self.functions: list[Function] = []
        self.catching = False

    # holes

    def fill(self, text: str, depth: int = 2) -> str:
        """A text with its holes filled; ``$=`` is the first of them, which then is a place."""
        first = ""

        def filled(match: re.Match[str]) -> str:
            nonlocal first
            if match[1] == "=":
                return first
            if first or "$=" not in text:
                return self.hole(match[1], depth)
            first = self.place(match[1].rstrip("&!"), match[1][-1], depth).text
            return first

        return HOLE.sub(filled, text)

    def hole(self, what: str, depth: int) -> str:
        match what:
            case "int":
                return f"({self.number(1)})" if depth else self.constant()
            case "index":
                return self.random.choice(("0", "1", "2", f"(unsigned){self.variable()}"))
            case "cond":
                return self.condition()
            case "level":
                return self.random.choice(("Level::low", "Level::high", "lvl"))
            case "word":
                return f'"{self.random.choice(WORDS)}"'
            case "key":
                return self.random.choice(('"k"', '"x"', '"b"'))
        made = VALUES.get(what, ()) if depth and self.random.random() < 0.4 else ()
        return (
            self.fill(self.random.choice(made), depth - 1)
            if made
            else self.place(what.rstrip("&!"), what[-1], depth).text
        )

    def place(self, kind: str, use: str, depth: int) -> Place:
        """A place of a kind, for ``use``: ``&`` to change it, ``!`` to do anything with it, else to read it."""
        places = [one.place for one in self.variables if one.kind == kind]
        rows: list[Place | tuple[str, int]] = [*places, *places, *(PLACES.get(kind, ()) if depth else ())]
        self.random.shuffle(rows)
        if places and self.random.random() < 0.4:
            rows.insert(0, places[-1])  # what was declared last is used soon
        for row in rows:
            try:
                place = row if isinstance(row, Place) else self.part(*row, depth)
            except NothingFitsError:
                continue
            if not (use in ("&", "!") and place.constant) and not (
                use == "!" and place.under < self.held.get(place.within, 0)
            ):
                return place
        raise NothingFitsError

    def part(self, text: str, more: int, depth: int) -> Place:
        """A place within another."""
        outer = HOLE.search(text)
        assert outer is not None
        place = self.place(outer[1].rstrip("&"), "&", depth - 1)
        rest = self.fill(text[outer.end() :].replace("$=", place.text), 0)
        made = f"{text[: outer.start()]}{place.text}{rest}"
        return Place(f"({made})" if made.startswith("*") else made, place.within, place.under + more)

    def leaves(self) -> list[Callable[[], str]]:
        return [lambda: self.tried_fill(self.random.choice(NUMBERS), "1")] * 6

    def conditions(self) -> list[Callable[[], str]]:
        return [lambda: self.tried_fill(self.random.choice(CONDITIONS), "counter > 5")] * 3

    def tried_fill(self, text: str, otherwise: str) -> str:
        try:
            return self.fill(text, 1)
        except NothingFitsError:
            return otherwise

    # statements

    def kinds(self) -> list[Callable[[], None]]:
        kinds = [self.simple] * 14 + [self.local, self.local, self.referred, self.referred, self.called]
        if self.depth < 4:
            kinds += [self.ranged, self.walked, self.guarded, self.lambda_, self.attempted]
        return kinds

    def statement(self) -> None:
        rows, depth = len(self.rows), self.depth
        for _ in range(5):
            try:
                return super().statement()
            except NothingFitsError:
                del self.rows[rows:]
                self.depth = depth
        return self.emit("counter++;")

    def statements(self, count: int) -> None:
        """Statements, and what they declared, as it is in the end."""
        known = len(self.variables)
        super().statements(count)
        for one in self.variables[known:]:
            if self.random.random() < 0.7:
                self.show(one)

    def show(self, one: Variable) -> None:
        self.emit(SHOWN[one.kind].format(one.place.text))

    def simple(self) -> None:
        row = self.random.choice(STATEMENTS)
        if not self.catching and ("throw" in row or row in THROWING):
            raise NothingFitsError
        self.emit(self.fill(row))

    @contextmanager
    def scope(self) -> Iterator[None]:
        variables, held, catching = list(self.variables), dict(self.held), self.catching
        try:
            with super().scope():
                yield
        finally:
            self.variables, self.held, self.catching = variables, held, catching

    def add(
        self, name: str, kind: str, within: str = "", under: int = 0, constant: bool = False, bound: bool = False
    ) -> None:
        """Makes a name known, and what it leads into stay."""
        if kind == "int":
            self.steady += [name] if constant else []
            self.numbers |= {} if constant else {name: "int"}
        self.variables.append(Variable(kind, Place(name, within or name, under, constant), bound))
        if within:
            self.held[within] = max(self.held.get(within, 0), under)

    def local(self) -> None:
        """A variable of its own, with a copy of something."""
        kind = self.random.choice([kind for kind in KINDS if kind not in ("owner",)])
        if kind == "stack" and not any(one.kind == kind for one in self.variables):
            return
        name, (type_, start) = self.fresh(kind), KINDS[kind]
        value = self.fill(start)
        form = self.random.choice(("{0} {1} = {2};", "auto {1} = {2};", "{0} {1}({2});", "const {0} {1} = {2};"))
        if form.startswith("auto") and kind == "shape":
            form = "{0} {1} = {2};"
        if re.fullmatch(r"[\w:<>]+\([^ ,]*\)", value):
            form = "{0} {1} = {2};"  # else it declares a function
        self.emit(form.format(type_, name, value))
        self.add(name, kind, constant=form.startswith("const"))

    def referred(self) -> None:
        """Another name for something."""
        kind = self.random.choice((*PLACES, *PLACES, *KINDS))
        place = self.place(kind, "&", 2)
        if "(*" in place.text and place.under > 1:
            return
        name = self.fresh("r")
        constant = self.random.random() < 0.3
        kind = "shape" if kind == "square" and self.random.random() < 0.5 else kind
        named = "int" if kind == "int" else KINDS[kind][0]
        type_ = named if kind == "shape" else self.random.choice(("auto", named))
        self.emit(f"{'const ' if constant else ''}{type_} &{name} = {place.text};")
        self.add(name, kind, place.within, place.under, constant)

    def ranged(self) -> None:
        """A loop over a container, by value or by reference."""
        kind = self.random.choice(list(RANGES))
        place = self.place(kind, "&", 1)
        name = self.fresh("x")
        form = self.random.choice(("auto", "auto &", "const auto &", "auto &"))
        self.emit(f"for ({form}{'' if form.endswith('&') else ' '}{name} : {place.text}) {{")
        with self.scope():
            self.depth -= 1
            self.held[place.within] = max(self.held.get(place.within, 0), place.under + 1)
            if form == "auto":
                self.add(name, RANGES[kind])
            else:
                self.add(name, RANGES[kind], place.within, place.under + 1, form.startswith("const"))
            self.block()
            self.depth += 1
        self.emit("}")

    def walked(self) -> None:
        """A loop with an iterator."""
        kind = self.random.choice(list(RANGES))
        place = self.place(kind, "&", 1)
        name = self.fresh("it")
        self.emit(f"for (auto {name} = {place.text}.begin(); {name} != {place.text}.end(); ++{name}) {{")
        with self.scope():
            self.depth -= 1
            self.add(f"(*{name})", RANGES[kind], place.within, place.under + 1)
            self.block()
            self.depth += 1
        self.emit("}")

    def guarded(self) -> None:
        """A block with an object whose end shows."""
        self.emit("{")
        self.emit(f"    Guard {self.fresh('g')}({self.fill('$text')});")
        self.block()
        self.emit("}")

    def attempted(self) -> None:
        self.emit("try {")
        with self.scope():
            self.catching = True
            self.depth -= 1
            self.block(4)
            self.depth += 1
        count = self.random.randint(1, 3)
        catches = [*sorted(self.random.sample(range(len(CATCHES) - 2), count - 1)), self.random.choice((-1, -2))]
        for index in catches:
            self.emit(f"}} {CATCHES[index]}")
        self.emit("}")

    def lambda_(self) -> None:
        """A function within, that has copies of what is around it, or that itself."""
        name = self.fresh("f")
        form = self.random.choice(("[&]", "[=]", "[=]", "[&]"))
        changing = form == "[=]" and self.random.random() < 0.6
        self.emit(f"auto {name} = {form}(int by){' mutable' if changing else ''} {{")
        with self.scope():
            self.depth -= 1
            kept = [one for one in self.variables if not one.bound and (one.kind != "owner" or form == "[&]")]
            if form == "[=]":
                kept = [replace(one, place=self.copied(one.place, changing)) for one in kept]
                self.steady += [] if changing else list(self.numbers)
                self.numbers = self.numbers if changing else {}
            self.variables = kept
            self.held = {one.place.within: DEEP for one in kept}
            self.steady.append("by")
            self.catching = False
            self.block(4)
            result = self.fill(self.random.choice(("$int", "$text")))
            self.emit(f"    return {result};")
            self.depth += 1
        self.emit("};")
        for _ in range(self.random.randint(1, 2)):
            if self.random.random() < 0.5:
                self.simple()
            self.emit(f'std::cout << {name}({self.fill("$int")}) << "\\n";')

    def copied(self, place: Place, changing: bool) -> Place:
        """What a lambda has that copied a variable; an iterator still leads where it did."""
        if "*" in place.text:
            return replace(place, constant=True)
        return Place(place.text, place.text, 0, place.constant or not changing)

    def called(self) -> None:
        """A call of one of the functions that were written before."""
        if not self.functions or not self.catching:
            raise NothingFitsError
        function = self.random.choice(self.functions)
        given = [
            self.place(kind.rstrip("&!"), kind[-1], 1).text if kind[-1] in "&!" else self.fill(f"${kind}", 1)
            for kind in function.parameters
        ]
        call = f"{function.name}({', '.join(given)})"
        if not function.result:
            self.emit(f"{call};")
            return
        if function.result.endswith("&"):
            self.emit(f"{call}.n = 3;")
            return
        name = self.fresh("c")
        self.emit(f"auto {name} = {call};")
        self.add(name, function.result)

    def function(self) -> None:
        """A function with parameters by value and by reference."""
        name, parameters, kinds = self.fresh("made"), [], []
        count = self.random.randint(1, 3)
        forms = [self.random.choice(("{} {}", "const {} &{}", "{} &{}")) for _ in range(count)]
        several = sum("&" in form for form in forms) > 1
        with self.scope():
            self.variables, self.numbers, self.steady = [], {}, []
            for form in forms:
                kind = self.random.choice(list(GIVEN))
                given = self.fresh("p")
                parameters.append(form.format(GIVEN[kind], given))
                kinds.append(kind + ("" if not form.startswith("{} &") else "&" if several else "!"))
                constant = form.startswith("const")
                self.add(
                    given,
                    kind,
                    "(parameters)" if "&" in form and several else "",
                    DEEP if several and "&" in form else 0,
                    constant,
                )
            self.depth = 1
            self.catching = True
            rows, self.rows = self.rows, []
            self.statements(self.random.randint(2, 6))
            results = [
                one
                for one in self.variables
                if one.kind not in ("owner", "stack", "shape") and "*" not in one.place.text
            ]
            result = self.random.choice([*results, None])
            if result:
                self.emit(f"return {result.place.text};")
            body, self.rows = self.rows, rows
            type_ = "void" if result is None else "int" if result.kind == "int" else KINDS[result.kind][0]
            self.depth = 0
            self.emit(f"static {type_} {name}({', '.join(parameters)})")
            self.rows += ["{", *body, "}"]
            self.depth = 2
        self.functions.append(Function(name, tuple(kinds), result.kind if result else ""))


# the variables that a program may begin with, in their order
BEGINNING = (
    ("text", 'std::string text = "start/of a";'),
    ("nums", "std::vector<int> nums = {3, 1, 2};"),
    ("words", 'std::vector<std::string> words{"w", "b c"};'),
    ("item", 'Item item{4, "first"};'),
    ("items", 'std::vector<Item> items = {item, Item{9, "second", {5}}};'),
    ("counts", 'std::map<std::string, int> counts{{"k", 1}};'),
    ("table", 'std::map<std::string, Item> table; table["k"] = item;'),
    ("pair", 'std::pair<std::string, Item> pair("p", item);'),
    ("grid", "std::vector<std::vector<int>> grid(2, nums);"),
    ("spot", "Spot spot;"),
    ("maybe", "std::optional<Item> maybe;"),
    ("shared", "auto shared = std::make_shared<Item>(item);"),
    ("owner", "auto owner = std::make_unique<Item>();"),
    ("shelf", "Shelf shelf(items);"),
    ("stack", 'Stack<std::string> stack; stack.push("s");'),
    ("shape", "Shape shape(3);"),
    ("square", "Square square(4);"),
    ("group", 'std::set<std::string> group{"z", "k"};'),
    ("queue", "std::deque<Item> queue{item};"),
    ("ages", 'std::unordered_map<std::string, int> ages{{"k", 2}};'),
)
ALWAYS = ("text", "nums", "item", "items")


def head(rest: str) -> str:
    """What of the beginning the rest of a program mentions."""
    made: list[str] = []
    for part in reversed(HEAD.strip().split("\n\n")):
        first = part.split("\n")[0]
        name = re.search(r"(?:struct|enum class|\bclass) (\w+)(?! T)", first.replace("<typename T>", ""))
        name = name or re.search(r"(\w+|operator<<)\(", first) or re.search(r"(\w+);", first)
        assert name is not None, first
        if name[1] == "operator<<" or re.search(rf"\b{name[1]}\b", rest):
            made.insert(0, part)
            rest += part
    return "\n\n".join(made) + "\n"


def body(random: Random) -> str:
    """A program without its includes."""
    made = _Program(random)
    made.numbers["counter"] = "int"
    made.depth = 0
    made.emit("static Level lvl = Level::middle;")
    for _ in range(random.randint(1, 3)):
        made.function()
    made.rows += ["int main()", "{"]
    made.depth = 1
    beginning = [row for row in BEGINNING if row[0] in ALWAYS or random.random() < 0.6]
    for kind, row in beginning:
        made.emit(row)
        made.add(kind, kind)
    made.emit("try {")
    made.catching = True
    with made.scope():
        made.statements(random.randint(4, 14))
    made.emit('} catch (const std::exception &e) { std::cout << "ended by " << e.what() << "\\n"; }')
    for one in made.variables:
        made.show(one)
    made.emit('std::cout << counter << level(lvl) << "\\n";')
    text = "\n".join(made.rows) + "\n    return counter & 63;\n}\n"
    return head(text) + re.sub(r"\(\*(\w+)\)\.", r"\1->", text)


def program(seed: int) -> str:
    """A program that prints what it comes to."""
    return INCLUDES + body(Random(seed))


def together(seeds: Iterable[int]) -> str:
    """Several programs as one, whose argument says which of them runs: a compiler reads the includes but once."""
    parts, cases = [INCLUDES], []
    for seed in seeds:
        own = body(Random(seed)).replace("int main()", "int run()")
        parts.append(f"namespace program{seed} {{\n{own}}}\n")
        cases.append(f"case {seed}: return program{seed}::run();")
    return "".join([*parts, f"int main(int, char **argv) {{ switch (std::atoi(argv[1])) {{ {' '.join(cases)} }} }}\n"])
