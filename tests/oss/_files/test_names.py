"""File names are bytes: the same in every locale, whatever they are given as."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.locales import LOCALES, environment_of

ROOT = Path(__file__).parents[3]
CODECS = {"C": "ascii", "zh_CN.GBK": "gbk", "UTF-8": "utf-8"}


@pytest.mark.parametrize("locale", LOCALES)
def test_names_in_every_locale(locale: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **environment_of(locale)}
    check = f"import sys; assert sys.getfilesystemencoding() == {CODECS[locale]!r}, sys.getfilesystemencoding()"
    line = [sys.executable, "-c", f"{check}; from tests.oss._files.given_names import main; main()"]
    done = subprocess.run(line, env=environment, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
