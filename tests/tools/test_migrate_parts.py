"""``oss.tools.migrate``: what the files of one program must have in common."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from oss.tools.migrate.__main__ import main
from oss.tools.migrate.translate import translate

HEADER = """
#pragma once
#include <stddef.h>
class Filler {
public:
    virtual ~Filler() {}
    virtual void fill(void *buffer, int count);
    const char *label(const char *what);
    void put(char *to, const char *from);
    static unsigned next(unsigned number);
};
"""
METHODS = """
#include "filler.h"
void Filler::fill(void *buffer, int count) {
    char *letters = (char *)buffer;
    for (int i = 0; i < count; i++) letters[i] = 'a' + i;
}
const char *Filler::label(const char *what) { return what + 2; }
void Filler::put(char *to, const char *from) { while ((*to++ = *from++)) ; }
unsigned Filler::next(unsigned number) { return number * 4 + 1; }
unsigned small() { return Filler::next(3); }
"""
MAIN = """
#include "filler.h"
#include <stdio.h>
#include <string.h>
unsigned small();
int main() {
    Filler filler;
    char letters[8], copied[20];
    memset(letters, 0, sizeof letters);
    filler.fill(letters, 5);
    printf("%s %s\\n", letters, filler.label("--yes"));
    filler.put(copied, "copied");
    printf("%s %u %u\\n", copied, small(), Filler::next(3000000000));
    return 0;
}
"""


def test_methods_that_another_file_defines(tmp_path: Path) -> None:
    """What a method does with what it is given is known where it is called, and what it is given where it stands."""
    for name, text in {"filler.h": HEADER, "filler.cpp": METHODS, "program.cpp": MAIN}.items():
        (tmp_path / name).write_text(text)
    assert main([str(tmp_path), "-o", str(tmp_path / "made")]) == 0
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, str(tmp_path / "made" / "program.py")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == f"abcde yes\ncopied 13 {(3000000000 * 4 + 1) % 2**32}\n"


COMMENTS = """
// About counters.
#include <cstdio>
class Counter {
public:
    Counter() : n(0) {}  // starts at nothing
    void first();
    void second();
private:
    int n;   /**< how many */
    int m;   ///< how many more
};

// The second
// comes first.
void Counter::second() {
    // in the second
    n += 2;
    if (n > 3) {
        // too many
    } else if (n > 2) {
        n = 0;
        // as before
    } else {
        // few
        n = 1;
    }
}

/* About the first. */
void Counter::first() {
    n += 1;  // told
    // at its end
}
int main() { Counter c; c.second(); c.first(); return 0; }
"""
COMMENTED = """\
    def __init__(self) -> None:  # starts at nothing
        self.n = 0  # how many
        self.m = 0  # how many more

    # About the first.
    def first(self) -> None:
        self.n += 1  # told
        # at its end

    # The second
    # comes first.
    def second(self) -> None:
        # in the second
        self.n += 2
        if self.n > 3:
            # too many
            pass
        elif self.n > 2:
            self.n = 0
            # as before
        else:
            # few
            self.n = 1"""


def test_comments_stay_with_what_they_are_about(tmp_path: Path) -> None:
    """In their function, wherever it is written; in their block; beside their field."""
    path = tmp_path / "counter.cpp"
    path.write_text(COMMENTS)
    found = translate([path])[0]
    assert found.marks == []
    rows = found.text.split("class Counter:\n")[1].split("def main")[0].rstrip()
    assert rows == COMMENTED
