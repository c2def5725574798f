"""Describes the extension module aos._csrc for cffi, which compiles it: setup.py names `ffi` in cffi_modules."""

from pathlib import Path

from cffi import FFI

HERE = Path(__file__).resolve().parent
# Relative to setup.py: setuptools requires it, and the built files would contain an absolute path.
NAMES = ("crc64", "crc64_clmul", "crc64_combine", "crc64_cpu", "descriptor", "part_head", "part_io", "sigpipe")
SOURCES = [f"csrc/{name}.c" for name in NAMES]

ffi = FFI()
ffi.cdef((HERE / "native.cdef.h").read_text(encoding="utf-8"))
ffi.set_source(
    "aos._csrc",
    '#include "crc64.h"\n#include "descriptor.h"\n#include "part_head.h"\n#include "part_io.h"\n#include "sigpipe.h"\n',
    sources=SOURCES,
    depends=sorted(f"csrc/{path.name}" for path in HERE.glob("*.h")),
    include_dirs=["csrc"],
    # -O3 unrolls the inner loops of the CRC. The symbols are hidden because the C SDK has an aos_crc64 too, and may be
    # in the same process.
    extra_compile_args=["-std=gnu11", "-O3", "-fvisibility=hidden"],
)
