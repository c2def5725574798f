"""Random small C++ programs over values, references and the standard library, without undefined behaviour.

What they are made of stands in tables of C++ text with holes: ``$text`` is a value of that kind, ``$text&`` a place
of that kind that may be changed, ``$text!`` one that may also grow, shrink or be given another value, ``$=`` the
place that was named last, ``$int`` a number, ``$new`` a name that is still free.

References stay valid: while one leads into a variable, nothing that would end what it leads to is written there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from random import Random

from tests.tools.random_programs import WORDS, RandomProgram

__all__ = ["INCLUDES", "body", "program"]

INCLUDES = "".join(
    f"#include <{name}>\n"
    for name in (
        *("algorithm", "cstdint", "deque", "functional", "iomanip", "iostream", "map", "memory", "numeric"),
        *("optional", "set", "sstream", "stdexcept", "string", "unordered_map", "utility", "vector"),
    )
)
# what programs use, in its order; each has what it mentions
HEAD = r"""
static int counter;

enum class Level { low, middle = 5, high };

struct Spot { int x = 1; short y = 2; };

struct Item {
    int n = 0;
    std::string name = "none";
    std::vector<int> values = {1, 2};
    Spot at;
    bool operator==(const Item &other) const { return n == other.n && name == other.name; }
    bool operator<(const Item &other) const { return n != other.n ? n < other.n : name < other.name; }
    Item &operator+=(int by) { n = (n % 1000) + by % 1000; return *this; }
    Item more(int by) const { Item made = *this; made += by; return made; }
    Item &named(const std::string &to) { name = to; return *this; }
    int sum() const { int t = 0; for (int v : values) t = (t * 3 + v) % 1009; return t; }
};

struct Trouble : std::runtime_error {
    int code;
    Trouble(const std::string &what, int code) : std::runtime_error(what), code(code) {}
};

struct Guard {
    std::string name;
    explicit Guard(const std::string &name) : name(name) { std::cout << "+" << name << "\n"; }
    ~Guard() { std::cout << "-" << name << "\n"; }
    Guard(const Guard &) = delete;
};

class Shape {
public:
    explicit Shape(int size) : size_(size) { made++; }
    virtual ~Shape() = default;
    virtual std::string kind() const { return "shape"; }
    virtual int area(int by = 3) const { return size_ * by; }
    void grow(int by) { size_ = (size_ + by) % 100; }
    std::string shown() const { return kind() + ":" + std::to_string(area()); }
    static int made;
protected:
    int size_;
};
int Shape::made = 0;

class Square : public Shape {
public:
    explicit Square(int size) : Shape(size), label_("sq") {}
    std::string kind() const override { return label_; }
    int area(int by = 3) const override { return size_ * size_ % 1000 + by; }
    void relabel(const std::string &to) { label_ = to; }
private:
    std::string label_;
};

template <typename T> class Stack {
public:
    void push(const T &value) { held_.push_back(value); }
    T pop() { T last = held_.back(); held_.pop_back(); return last; }
    T &top() { return held_.back(); }
    const std::vector<T> &held() const { return held_; }
    bool empty() const { return held_.empty(); }
private:
    std::vector<T> held_;
};

class Shelf {
public:
    explicit Shelf(std::vector<Item> items) : items_(std::move(items)) {}
    Item &at(unsigned i) { return items_[i % items_.size()]; }
    const Item &at(unsigned i) const { return items_[i % items_.size()]; }
    const std::vector<Item> &items() const { return items_; }
    std::vector<Item> copy() const { return items_; }
    Item first() const { return items_.front(); }
    void add(Item item) { if (items_.size() < 6) items_.push_back(item); item.n = 0; }
    Shelf &set(unsigned i, const Item &item) { at(i) = item; return *this; }
    Item &operator[](unsigned i) { return at(i); }
private:
    std::vector<Item> items_;
};

template <typename T> const T &larger(const T &a, const T &b) { return a < b ? b : a; }

template <typename T> T &chosen(std::vector<T> &all, unsigned i) { return all[i % all.size()]; }

template <typename T> void both(T &a, T &b) { T kept = a; a = b; b = kept; }

std::ostream &operator<<(std::ostream &out, const Item &i)
{
    out << "{" << i.n << " " << i.name;
    for (const auto &v : i.values) out << " " << v;
    return out << " " << i.at.x << "," << i.at.y << "}";
}

static std::string joined(const std::vector<std::string> &words)
{
    std::string made;
    for (const auto &word : words) { if (!made.empty()) made += "|"; made += word; }
    return made;
}

static std::vector<std::string> fields(const std::string &text, char at)
{
    std::vector<std::string> made;
    std::istringstream in(text);
    std::string field;
    while (std::getline(in, field, at)) made.push_back(field);
    if (made.empty()) made.push_back("-");
    return made;
}

static int parsed(const std::string &text)
{
    try {
        return std::stoi(text) % 1000;
    } catch (const std::invalid_argument &) {
        return -1;
    } catch (const std::out_of_range &) {
        return -2;
    }
}

static std::string level(Level of)
{
    switch (of) {
    case Level::low: return "low";
    case Level::middle: return "middle";
    default: return "high";
    }
}

static void print(const std::string &text) { std::cout << "[" << text << "]\n"; }

static void print(const std::vector<int> &all) { for (int v : all) std::cout << v << " "; std::cout << "\n"; }

static void print(const std::vector<Item> &all) { for (const auto &v : all) std::cout << v << ";"; std::cout << "\n"; }

static void print(const std::vector<std::string> &all) { std::cout << joined(all) << "\n"; }

static void print(const std::map<std::string, int> &all)
{
    for (const auto &[key, value] : all) std::cout << key << "=" << value << " ";
    std::cout << "\n";
}

static void print(const std::map<std::string, Item> &all)
{
    for (auto it = all.begin(); it != all.end(); ++it) std::cout << it->first << "=" << it->second << " ";
    std::cout << "\n";
}
"""

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
    "shared": ("std::shared_ptr<Item>", "$shared"),
    "owner": ("std::unique_ptr<Item>", "std::make_unique<Item>($item)"),
    "shelf": ("Shelf", "$shelf"),
    "stack": ("Stack<std::string>", "$stack"),
    "shape": ("Shape", "$shape"),
    "square": ("Square", "$square"),
    "group": ("std::set<std::string>", "$group"),
    "queue": ("std::deque<Item>", "$queue"),
    "ages": ("std::unordered_map<std::string, int>", "$ages"),
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
    "shared": ("std::make_shared<Item>($item)",),
    "shelf": ("Shelf($items)",),
    "stack": (),
    "shape": ("Shape($int % 20)", "Shape($square)"),
    "square": ("Square($int % 20)",),
    "group": ('std::set<std::string>{$text, $text, "k"}',),
    "queue": ("std::deque<Item>{$item, $item}",),
    "ages": ('std::unordered_map<std::string, int>{{"k", 1}}',),
}

NUMBERS = (
    "(int)$text.size()",
    "(int)$items.size()",
    "$item.sum()",
    "$item.n",
    "$spot.x",
    "$item.at.y",
    "parsed($text)",
    "$nums.front()",
    "$items.front().n",
    "(int)$counts.count($key)",
    "(int)$table.size()",
    "$grid[0][0]",
    "(int)$text.find('a')",
    '(int)$text.rfind("/")',
    "($text.find($word) == std::string::npos ? 5 : 6)",
    "($text.compare($text) < 0 ? 1 : 2)",
    "(int)std::count($nums.begin(), $=.end(), 2)",
    "std::accumulate($nums.begin(), $=.end(), 0L) % 100",
    "(int)std::count_if($items.begin(), $=.end(), [](const Item &i) { return i.n > 3; })",
    "*std::max_element($nums.begin(), $=.end())",
    "std::max((int)$int % 10, 3)",
    "(int)$level",
    "$shape.area()",
    "$square.area(4)",
    "Shape::made",
    "($maybe ? $=->n : 0)",
    "$maybe.value_or(Item()).n",
    "(int)$shared.use_count()",
    "$shared->n",
    "$owner->sum()",
    "$shelf.at($index).n",
    "(int)$shelf.items().size()",
    "(int)$group.size()",
    "(int)$queue.size()",
    "($table.find($key) != $=.end() ? 1 : 0)",
    "std::get<1>(std::make_tuple(3, $int % 10))",
)
CONDITIONS = (
    "$text == $text",
    "$text < $text",
    "$text.empty()",
    "$item == $item",
    "$item < $item",
    "$nums == $nums",
    "$level == Level::middle",
    "$maybe.has_value()",
    "$shared == $shared",
    "$counts.find($key) == $=.end()",
    "std::find($nums.begin(), $=.end(), 2) != $=.end()",
    "$words < $words",
    "$group.count($text) > 0",
)
THROWING = ('std::cout << $items.at($index).n << "\\n";', "counter = std::stoi($text) & 15;")
STATEMENTS = (
    # printing
    'std::cout << $int << " " << $text << "\\n";',
    "std::cout << $item << std::endl;",
    "print($nums);",
    "print($words);",
    "print($items);",
    "print($counts);",
    "print($table);",
    "print($text);",
    "std::cout << std::setw(6) << $int << std::setfill('0') << std::setw(5) << $int << std::setfill(' ') << \"|\\n\";",
    "std::cout << std::hex << $int << std::dec << ' ' << $int << '\\n';",
    'std::cout << std::fixed << std::setprecision(2) << $int % 1000 / 8.0 << "\\n";',
    'std::cout << std::boolalpha << ($cond) << std::noboolalpha << ($cond) << "\\n";',
    'std::cout << std::left << std::setw(9) << $text << std::right << std::setw(9) << $text << "|\\n";',
    "{ std::ostringstream out; out << $int << '/' << $text << std::setw(4) << $index; print(out.str()); }",
    "{ std::istringstream in($text); std::string word; while (in >> word) std::cout << '<' << word << '>'; std::cout << '\\n'; }",
    "{ std::istringstream in(std::to_string($int) + \" 7 x\"); long a = 0; int b = 0; in >> a >> b; std::cout << a << b << '\\n'; }",
    # numbers
    "$int& = $int % 1000;",
    "$int& = ($= % 500) + 2;",
    "std::swap($int&, $int&);",
    "both($int&, $int&);",
    "counter = $int % 100;",
    # texts
    "$text& = $text;",
    "$text& += $word;",
    "if ($text&.size() < 30) $= += $text;",
    "if ($text&.size() < 30) $=.append($text);",
    "if (!$text&.empty()) $=[$index % $=.size()] = 'q';",
    "if (!$text&.empty()) $=.pop_back();",
    "if ($text&.size() < 30) $=.push_back('p');",
    "if ($text&.size() < 30) $=.insert($index % ($=.size() + 1), $word);",
    "$text&.erase($index % ($=.size() + 1), 2);",
    "if ($text&.size() < 30) $=.replace($index % ($=.size() + 1), 1, $word);",
    "$text&.clear();",
    "for (char &c : $text&) if (c == 'a') c = 'A';",
    "for (char c : $text&) counter = (counter * 3 + c) % 1009;",
    "for (unsigned char c : $text&) counter = (counter * 3 + c) % 1009;",
    "std::swap($text&, $text&);",
    "both($text&, $text&);",
    "std::reverse($text&.begin(), $=.end());",
    "{ std::size_t at = $text&.find('a'); if (at != std::string::npos) $=.erase(at); }",
    "print($text.c_str());",
    "std::transform($text&.begin(), $=.end(), $=.begin(), [](unsigned char c) { return (char)std::toupper(c); });",
    # structs
    "$item& = $item;",
    "$item! = $item;",
    "$item& += $int % 50;",
    "$item&.named($text).n++;",
    "$item&.at = $spot;",
    "$spot& = $spot;",
    "$spot&.y = (short)$int;",
    "std::swap($item!, $item!);",
    "both($item!, $item!);",
    "$item! = larger($item, $item).more(3);",
    '{ auto [a, b] = $spot; a += b; std::cout << a << "\\n"; }',
    "{ auto &[a, b] = $spot&; a = a % 100 + b; b = 3; }",
    # containers
    "$nums! = $nums;",
    "if ($nums!.size() < 6) $=.push_back($int % 100);",
    "if ($nums!.size() > 1) $=.pop_back();",
    "if ($nums!.size() > 1) $=.erase($=.begin());",
    "if ($nums!.size() < 6) $=.insert($=.begin() + 1, $int % 10);",
    "$nums!.assign(2, $int % 10);",
    "$nums!.resize(3);",
    "std::sort($nums&.begin(), $=.end());",
    "std::sort($nums&.begin(), $=.end(), [](int a, int b) { return a > b; });",
    "for (auto x : $nums&) x++;",
    "for (auto &x : $nums&) x = x % 100 + 1;",
    "$words! = $words;",
    "if ($words!.size() < 5) $=.push_back($text);",
    "if ($words!.size() < 5) $=.emplace_back($word);",
    "std::sort($words&.begin(), $=.end());",
    "$items! = $items;",
    "if ($items!.size() < 5) $=.push_back($item);",
    "if ($items!.size() < 5) $=.emplace_back();",
    "if ($items!.size() < 5) $=.insert($=.begin(), $item);",
    "if ($items!.size() > 1) $=.erase($=.begin() + $index % ($=.size() - 1));",
    "std::sort($items&.begin(), $=.end());",
    "std::stable_sort($items&.begin(), $=.end(), [](const Item &a, const Item &b) { return a.name < b.name; });",
    "for (auto x : $items&) x.n++;",
    "for (auto &x : $items&) x.n = x.n % 100 + 1;",
    "for (std::size_t i = 0; i < $items&.size(); ++i) $=[i].n = (int)i;",
    "{ auto it = std::find_if($items&.begin(), $=.end(), [](const Item &i) { return i.n > 5; }); if (it != $=.end()) it->name = $text; }",
    "std::swap($items&[0], $=.back());",
    "std::swap($items!, $items!);",
    "$grid! = $grid;",
    "if ($grid!.size() < 4) $=.push_back($nums);",
    "std::swap($grid![0], $=.back());",
    "$counts! = $counts;",
    "$counts&[$text]++;",
    "$counts&[$key] += $int % 10;",
    "if ($counts!.size() > 5) $=.clear();",
    "$counts!.erase($key);",
    "$counts&.insert({$text, 4});",
    "$counts&.emplace($key, $int % 9);",
    "$table! = $table;",
    "$table&[$key];",
    "$table&[$key] = $item;",
    "$table&[$key].n = $int % 70;",
    "$table&[$key].values.push_back(2);",
    "$table!.erase($key);",
    "for (auto &entry : $table&) entry.second.n = entry.second.n % 100 + 1;",
    "for (auto entry : $table&) entry.second.n++;",
    "for (auto &[key, value] : $counts&) value = value % 100 + (int)key.size();",
    "$pair! = $pair;",
    "{ auto [key, value] = $pair; value.n++; key += 'k'; std::cout << key << value << \"\\n\"; }",
    '{ auto &[key, value] = $pair&; value.n = $int % 40; key = "k"; }',
    "$group&.insert($text);",
    "$group!.erase($text);",
    'for (const auto &one : $group) std::cout << one << ",";',
    "$queue&.push_back($item); if ($=.size() > 3) $=.pop_front();",
    "$ages&[$key] += 2;",
    # optional and owners
    "$maybe! = $item;",
    "$maybe! = std::nullopt;",
    "if ($maybe&) $=->n = 7;",
    'if ($maybe&) { auto other = *$=; other.n = 9; std::cout << $=->n << "\\n"; }',
    "$shared! = $shared;",
    "*$shared& = $item;",
    "$shared&->n = $int % 90;",
    "$shared! = std::make_shared<Item>($item);",
    "*$owner& = $item;",
    "$owner! = std::make_unique<Item>($item);",
    "$owner&->values[0] = $int % 90;",
    # moves
    '{ auto taken = std::move($text&); $= = "m"; print(taken); }',
    "{ auto taken = std::move($items!); $= = {Item{8, taken[0].name}}; print(taken); }",
    "{ auto taken = std::move($nums!); $= = {1}; print(taken); }",
    # classes
    "$shelf&.add($item);",
    "$shelf&.set($index, $item).set(1, $item);",
    "$shelf! = $shelf;",
    "{ auto &kept = $shelf&.at($index); kept.n = 4; auto other = $=.at(1); other.n = 5; }",
    "$stack&.push($text);",
    "if ($stack&.held().size() > 2) print($=.pop());",
    '$stack&.top() += "t"; if ($=.top().size() > 20) $=.top().clear();',
    "$shape&.grow($int % 10);",
    "$square&.relabel($word);",
    "$shape! = $shape;",
    "{ Shape cut = $square; cut.grow(3); print(cut.shown()); print($=.shown()); }",
    "{ std::unique_ptr<Shape> made = std::make_unique<Square>($square); made->grow(2); print(made->shown()); }",
    "{ std::vector<std::shared_ptr<Shape>> all; all.push_back(std::make_shared<Square>(3)); all.push_back(std::make_shared<Shape>(4)); for (auto &s : all) { s->grow(1); print(s->shown()); } }",
    "lvl = static_cast<Level>($int & 1 ? 5 : 0);",
    # exceptions
    "if ($cond) throw Trouble($text, $int % 10);",
    "if ($cond) throw std::runtime_error($text);",
    'std::cout << $items.at($index).n << "\\n";',
)
CATCHES = (
    'catch (const Trouble &e) { std::cout << "trouble " << e.what() << e.code << "\\n"; }',
    'catch (const std::out_of_range &) { std::cout << "range\\n"; }',
    'catch (const std::runtime_error &e) { std::cout << "error " << e.what() << "\\n"; }',
    'catch (const std::exception &) { std::cout << "exception\\n"; }',
    'catch (...) { std::cout << "any\\n"; }',
)
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
        if re.fullmatch(r"[\w:<>]+\([\w.]*\)", value):
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
        catches = sorted(self.random.sample(range(len(CATCHES) - 2), count - 1)) + [self.random.choice((-1, -2))]
        for index in catches:
            self.emit(f"}} {CATCHES[index].removesuffix('}')}")
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
            for _ in range(self.random.randint(2, 6)):
                self.statement()
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


# the variables that a program may begin with, and how it shows them at its end
BEGINNING = (
    ("text", 'std::string text = "start/of a";', "print(text);"),
    ("nums", "std::vector<int> nums = {3, 1, 2};", "print(nums);"),
    ("words", 'std::vector<std::string> words{"w", "b c"};', "print(words);"),
    ("item", 'Item item{4, "first"};', "std::cout << item;"),
    ("items", 'std::vector<Item> items = {item, Item{9, "second", {5}}};', "print(items);"),
    ("counts", 'std::map<std::string, int> counts{{"k", 1}};', "print(counts);"),
    ("table", 'std::map<std::string, Item> table; table["k"] = item;', "print(table);"),
    ("pair", 'std::pair<std::string, Item> pair("p", item);', "std::cout << pair.first << pair.second;"),
    ("grid", "std::vector<std::vector<int>> grid(2, nums);", "for (const auto &row : grid) print(row);"),
    ("spot", "Spot spot;", "std::cout << spot.x << spot.y;"),
    ("maybe", "std::optional<Item> maybe;", "if (maybe) std::cout << *maybe;"),
    ("shared", "auto shared = std::make_shared<Item>(item);", "std::cout << *shared << shared.use_count();"),
    ("owner", "auto owner = std::make_unique<Item>();", "std::cout << *owner;"),
    ("shelf", "Shelf shelf(items);", "print(shelf.items());"),
    ("stack", 'Stack<std::string> stack; stack.push("s");', "print(stack.held());"),
    ("shape", "Shape shape(3);", "print(shape.shown());"),
    ("square", "Square square(4);", "print(square.shown());"),
    ("group", 'std::set<std::string> group{"z", "k"};', "for (auto &one : group) print(one);"),
    ("queue", "std::deque<Item> queue{item};", "std::cout << queue.size() << queue.back();"),
    ("ages", 'std::unordered_map<std::string, int> ages{{"k", 2}};', 'std::cout << ages["k"];'),
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
    for kind, row, _ in beginning:
        made.emit(row)
        made.add(kind, kind)
    made.emit("try {")
    made.catching = True
    with made.scope():
        for _ in range(random.randint(4, 14)):
            made.statement()
    made.emit('} catch (const std::exception &e) { std::cout << "ended by " << e.what() << "\\n"; }')
    for _, _, row in beginning:
        made.emit(row)
    made.emit('std::cout << counter << level(lvl) << "\\n";')
    text = "\n".join(made.rows) + "\n    return counter & 63;\n}\n"
    return head(text) + re.sub(r"\(\*(\w+)\)\.", r"\1->", text)


def program(random: Random) -> str:
    """A program that prints what it comes to."""
    return INCLUDES + body(random)
