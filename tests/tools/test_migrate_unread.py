"""What cannot be read of a program: how little is marked, and what of it is kept around the marks."""

from __future__ import annotations

from pathlib import Path

import pytest

from oss.c_runtime.marks import by_hand
from tests.tools.test_migrate_missing import made


def test_conditions_that_cannot_be_read(tmp_path: Path) -> None:
    """What depends on them is kept, and does not run by chance; what they would set has its type."""
    text, marks = made(tmp_path, "conditions.c", """
        #include <stdio.h>
        #include "device.h"
        int ready(int n);
        int count(int n)
        {
            int status;
            unsigned char length = device_length(n);
            if (device_open(n) != 0) {
                length += 200;
            } else if (n == 7) {
                printf("seven\\n");
            } else if (device_bad(n)) {
                printf("bad\\n");
            }
            while (device_more(n)) {
                n--;
            }
            if (device_done(n)) {
                device_close(n);
            }
            status = ready(n);
            if (status != 0)
                printf("%d\\n", status);
            return status + length;
        }
        """)  # fmt: skip
    assert [mark.text for mark in marks] == [
        '#include "device.h"',
        "unsigned char length = device_length(n);",
        "if (device_open(n) != 0)",
        "if (device_bad(n))",
        "while (device_more(n))",
        "if (device_done(n)) { device_close(n); }",
        "status = ready(n)",
    ]
    rows = text.splitlines()
    for row in ("    length: int", "        length = (length + 200) & 0xFF", "    elif n == 7:", "    status: int"):
        assert row in rows
    assert '        if by_hand("device_bad(n)"):' in rows
    assert '    while by_hand("device_more(n)"):' in rows
    with pytest.raises(NotImplementedError, match=r"device_open\(n\) != 0"):
        by_hand("device_open(n) != 0")


def test_objects_of_an_unknown_class(tmp_path: Path) -> None:
    """A call that gives one is translated where it is only given on; whatever needs more of it is marked."""
    text, marks = made(tmp_path, "objects.cpp", """
        #include "status.h"
        #include <vector>
        namespace app {
        class Store {
        public:
            Status flush() { count++; return OkStatus(); }
            Status sync() { return flush(); }
            Status both(bool first) { return first ? flush() : sync(); }
            void drop() { flush(); take(flush(), 3); give(sync()); }
            void take(const Status &status, int n) { count += n; if (status.ok()) count = 0; }
            void give(Status status) { count += 1; }
            Status named() { Status status = flush(); return status; }
            void more(Status *there) { delete there; Guard guard(count); std::vector<Status> all; }
            void size() { count = sizeof(Status); }
            Status other() { return *kept; }
            int count = 0;
            Status *kept;
            Status own;
        };
        }
        """)  # fmt: skip
    assert [mark.text for mark in marks] == [
        '#include "status.h"',
        "Status own",
        "return OkStatus()",
        "if (status.ok())",
        "Status status = flush();",
        "return status",
        "delete there",
        "Guard guard(count);",
        "std::vector<Status> all;",
        "count = sizeof(Status)",
        "return *kept",
    ]
    rows = text.splitlines()
    for row in ("return self.flush()", "return self.flush() if first else self.sync()", "self.take(self.flush(), 3)"):
        assert f"        {row}" in rows


def test_entries_of_another_type(tmp_path: Path) -> None:
    """A list's structs are taken for others that begin alike in C; here each has its own fields."""
    text, marks = made(tmp_path, "entries.c", """
        #include "oss_api.h"
        int total(oss_list_object_params_t *params)
        {
            int total = 0;
            oss_list_object_content_t *content = NULL;
            aos_list_for_each_entry(oss_list_object_content_t, content, &params->object_list, node) {
                total += content->key.len;
            }
            aos_list_for_each_entry(oss_list_object_content_t, content, &params->common_prefix_list, node) {
                total += content->key.len;
            }
            return total;
        }
        """)  # fmt: skip
    assert [mark.reason for mark in marks] == ["the entries of common_prefix_list are oss_list_object_common_prefix_t"]
    assert "in aos_list_for_each_entry(oss_list_object_content_t, params.object_list" in text


def test_macros_of_a_missing_header(tmp_path: Path) -> None:
    """One that belongs to a declaration says nothing of what is done; elsewhere it may, and the statement is marked."""
    text, marks = made(tmp_path, "macros.cpp", """
        #include "annotations.h"
        #include <mutex>
        #include <vector>
        class API_EXPORT Counter {
        public:
            Counter() : count(0) {}
            int get() const LOCKS_EXCLUDED(lock) { return count; }
            NO_DISCARD int twice() { return count * 2; }
        private:
            std::mutex lock;
            int count GUARDED_BY(lock);
            mutable std::vector<int> old GUARDED_BY(lock);
            DISALLOW_COPY(Counter);
        };
        static int plain() PURE_FUNCTION;
        static int plain() { int value MAYBE_UNUSED = 3; return value; }
        int plus(int value)
        {
            int more = value PLUS_ONE;
            value = more TIMES_TWO;
            return value PLUS_ONE;
        }
        """)  # fmt: skip
    known = ("API_EXPORT", "LOCKS_EXCLUDED", "NO_DISCARD", "GUARDED_BY", "PURE_FUNCTION", "MAYBE_UNUSED")
    assert all(f" {name}" in marks[0].reason for name in known)
    assert marks[0].reason.startswith("'annotations.h' file not found: ")
    assert [mark.text for mark in marks[1:]] == [
        "DISALLOW_COPY(Counter);",
        "int more = value PLUS_ONE",
        "value = more TIMES_TWO;",
        "return value PLUS_ONE;",
    ]
    assert "        return self.count\n" in text
    assert "        return self.count * 2\n" in text
    assert "    value = 3\n    return value\n" in text
    assert "value = more\n" not in text


def test_initialisers_that_cannot_be_read(tmp_path: Path) -> None:
    """Each is marked in its constructor; the others are kept."""
    text, marks = made(tmp_path, "initialisers.cpp", """
        #include <string>
        class Shape : public Missing {
        public:
            Shape(int n) : Missing(n), n_(n), name_(other::name(n, 2)) {}
            int n() const { return n_; }
        private:
            int n_;
            std::string name_;
            other::Thing gone_;
        };
        int main() { Shape shape(3); return shape.n(); }
        """)  # fmt: skip
    assert [mark.text for mark in marks] == [
        "class Shape : public Missing {",
        "other::Thing gone_;",
        "Missing(n)",
        "name_(other::name(n, 2))",
    ]
    assert "        self.n_ = n\n" in text
    assert "gone_ =" not in text
