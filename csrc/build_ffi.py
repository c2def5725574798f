"""Builds aos._csrc, the compiled part: `ffi` is what setup.py names in cffi_modules."""

from pathlib import Path

from cffi import FFI

HERE = Path(__file__).resolve().parent
# Relative to setup.py, as setuptools wants them: an absolute path would end up in the built files.
NAMES = ("crc64", "crc64_clmul", "crc64_combine", "crc64_cpu", "descriptor", "part_head", "part_io")
SOURCES = [f"csrc/{name}.c" for name in NAMES]

ffi = FFI()
ffi.cdef((HERE / "native.cdef.h").read_text(encoding="utf-8"))
ffi.set_source(
    "aos._csrc",
    '#include "crc64.h"\n#include "descriptor.h"\n#include "part_head.h"\n#include "part_io.h"\n',
    sources=SOURCES,
    depends=sorted(f"csrc/{path.name}" for path in HERE.glob("*.h")),
    include_dirs=["csrc"],
    # -O3 unrolls the kernels' inner loops. Hidden: the C SDK has an aos_crc64 too, and both may be in one process.
    extra_compile_args=["-std=gnu11", "-O3", "-fvisibility=hidden"],
)
