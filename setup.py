"""What pyproject.toml cannot say: the C extension, its abi3 tag, and what to install when there is no compiler."""

import sysconfig

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext
from setuptools.command.sdist import sdist
from setuptools.errors import CCompilerError, ExecError, PlatformError

# One wheel for CPython 3.10 and later; free-threaded builds have no limited API.
LIMITED_API = not sysconfig.get_config_var("Py_GIL_DISABLED")

NO_COMPILER = """\
oss-c-sdk-python has a part in C, and it could not be compiled (the reason is above).
It takes a C compiler and Python's header files. To install them:
    Debian, Ubuntu:  apt-get install gcc python3-dev
    Fedora, RHEL:    dnf install gcc python3-devel
    Alpine:          apk add gcc musl-dev linux-headers python3-dev
    macOS:           xcode-select --install"""


class BuildExt(build_ext):
    """Adds a hint to a failure to compile; the failure itself is chained to it."""

    def build_extension(self, ext: Extension) -> None:
        try:
            super().build_extension(ext)
        except (CCompilerError, ExecError, PlatformError) as error:
            raise type(error)(f"{error}\n\n{NO_COMPILER}") from error


class SDist(sdist):
    """Adds what is needed to build and test from the source archive."""

    def make_distribution(self) -> None:
        for folder in ("csrc", "tests", "docs", ".ci", ".github"):
            self.filelist.graft(folder)
        self.filelist.append("CHANGELOG.md")
        self.filelist.prune("docs/reference")  # made at build time
        self.filelist.global_exclude("*.py[cod]")
        super().make_distribution()


setup(
    cffi_modules=["csrc/build_ffi.py:ffi"],
    cmdclass={"build_ext": BuildExt, "sdist": SDist},
    options={"bdist_wheel": {"py_limited_api": "cp310"}} if LIMITED_API else {},
)
