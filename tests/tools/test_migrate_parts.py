"""``oss.tools.migrate``: what the files of one program must have in common."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from oss.tools.migrate.__main__ import main

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
