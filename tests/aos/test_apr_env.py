"""The environment."""

from __future__ import annotations

import pytest

from aos.aos_define import APR_STATUS_IS_ENOENT, APR_SUCCESS, aos_ref_t
from aos.apr_env import apr_env_get


def test_env(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_VARIABLE", "v")
    value = aos_ref_t[str | None](None)
    assert apr_env_get(value, "A_VARIABLE", None) == APR_SUCCESS
    assert value.value == "v"
    monkeypatch.delenv("A_VARIABLE")
    assert APR_STATUS_IS_ENOENT(apr_env_get(value, "A_VARIABLE", None))
    assert value.value == "v"
