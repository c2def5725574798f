"""``oss.tools.migrate``: what a reader of a C++ result sees: comments, names, and copies that are none."""

from __future__ import annotations

from pathlib import Path

from oss.tools.migrate.translate import Translation, translate

HEADER = """\
// Counts parts.
#ifndef METER_HPP
#define METER_HPP
#include <string>

namespace meter {

/* What is known of a part. */
struct Part {
    int size = 0;  // in bytes
};

// ---- counting ----

class Meter {
public:
    /** Adds a part. */
    void add(const Part &part);

    // how many there are
    int count() const { return count_; }

private:
    int count_ = 0;  // so far
};

}  // namespace meter

#endif  // METER_HPP
"""

SOURCE = """\
// The meter.

#include "meter.hpp"

namespace meter {

namespace {

/* Doubles. */
int doubled(int n) { return n * 2; }

}  // namespace

/* The size is doubled. */
void Meter::add(const Part &part) {
    // twice, for safety
    count_ += doubled(part.size);
}

}  // namespace meter
"""

SHOWN = """\
# The meter.
# Counts parts.

from __future__ import annotations


# What is known of a part.
class Part:
    def __init__(self, size: int = 0) -> None:
        self.size = size  # in bytes


# ---- counting ----
class Meter:
    def __init__(self, count_: int = 0) -> None:
        self.count_ = count_  # so far

    # Adds a part.
    # The size is doubled.
    def add(self, part: Part) -> None:
        # twice, for safety
        self.count_ += doubled(part.size)

    # how many there are
    def count(self) -> int:
        return self.count_


# Doubles.
def doubled(n: int) -> int:
    return n * 2
"""


def translated(folder: Path, **files: str) -> list[Translation]:
    """What is made of files, which are named without what is behind the dot of a name."""
    for name, text in files.items():
        (folder / name.replace("_hpp", ".hpp").replace("_cpp", ".cpp")).write_text(text)
    return translate(sorted(folder.glob("*.cpp")), [folder])


def test_comments_of_a_class_and_its_methods(tmp_path: Path) -> None:
    """They stand with what they speak of, whichever file that is in; what only repeats a name is left out."""
    (made,) = translated(tmp_path, meter_hpp=HEADER, meter_cpp=SOURCE)
    assert made.text == SHOWN


def test_a_mark_says_its_own_file(tmp_path: Path) -> None:
    """What cannot be translated in a header is said with the header's name and line."""
    header = "struct Box {\n    Unheard of;\n    int n = 1;\n};\n"
    source = '#include "box.hpp"\nint main() { Box b; return b.n; }\n'
    (made,) = translated(tmp_path, box_hpp=header, box_cpp=source)
    assert [(Path(mark.file).name, mark.line) for mark in made.marks] == [("box.hpp", 2)]


def test_names_of_overloaded_methods(tmp_path: Path) -> None:
    """Only methods that may be meant for each other need names that tell what they take."""
    source = """\
#include <string>
struct Box { int get() const { return 1; } };
struct Store {
    int get() const { return 2; }
    int get(int n) const { return n; }
    int get(const std::string &name) const { return static_cast<int>(name.size()); }
};
struct Deep : Store { int get(int n) const { return n + 1; } };
int main() { return Box().get() + Store().get() + Store().get(3) + Store().get("abc") + Deep().get(4); }
"""
    (made,) = translated(tmp_path, names_cpp=source)
    assert 'return Box().get() + Store().get() + Store().get_int(3) + Store().get_string("abc")' in made.text
    assert "Deep().get_int(4)" in made.text


def test_the_bytes_of_a_buffer_of_the_sdk(tmp_path: Path) -> None:
    """The usual loop over what was received joins the buffers, as one would write it."""
    source = """\
#include <string>
extern "C" {
#include "aos_buf.h"
#include "aos_list.h"
}
std::string joined(aos_list_t *list) {
    std::string all;
    aos_buf_t *piece;
    aos_list_for_each_entry(aos_buf_t, piece, list, node) {
        all.append((char *)piece->pos, aos_buf_size(piece));
    }
    return all;
}
"""
    (made,) = translated(tmp_path, joined_cpp=source)
    assert "        all_ += os.fsdecode(bytes(piece))\n" in made.text
    assert "c_runtime" not in made.text
