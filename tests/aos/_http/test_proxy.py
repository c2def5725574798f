"""Which proxy is taken: what the environment says, and what libcurl 7.88.1 does with it, measured with the C SDK."""

from __future__ import annotations

import pytest

from aos._http.errors import SettingsError
from aos._http.proxy import Proxy, environment, is_direct, proxy_in

# ---- the variables ----


@pytest.mark.parametrize(
    ("variables", "http", "https"),
    [
        ({}, None, None),
        ({"http_proxy": "a"}, "a", None),
        ({"HTTP_PROXY": "a", "Http_Proxy": "b"}, None, None),
        ({"https_proxy": "a"}, None, "a"),
        ({"HTTPS_PROXY": "a"}, None, "a"),
        ({"https_proxy": "a", "HTTPS_PROXY": "b"}, None, "a"),
        ({"https_proxy": "", "HTTPS_PROXY": "b"}, None, "b"),
        ({"all_proxy": "a"}, "a", "a"),
        ({"ALL_PROXY": "a"}, "a", "a"),
        ({"all_proxy": "a", "ALL_PROXY": "b"}, "a", "a"),
        ({"http_proxy": "a", "all_proxy": "b"}, "a", "b"),
        ({"http_proxy": "", "all_proxy": "b"}, "b", "b"),
    ],
    ids=str,
)
def test_variables(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], http: str | None, https: str | None
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    known = environment(None)
    assert (proxy_in(known, "http"), proxy_in(known, "https")) == (http, https)


# ---- no_proxy ----

NAME, IPV4, IPV6 = "www.foo.example", "127.0.0.1", "::1"
DIRECT = {
    NAME: (
        *("*", "example", ".example", "foo.example", ".foo.example", NAME, "WWW.Foo.EXAMPLE", "foo.example."),
        *(".foo.example.", "a,foo.example", "a foo.example", "a\tfoo.example", "a  ,  foo.example", " foo.example "),
        *("a,,foo.example", ",foo.example", "a  b foo.example"),
    ),
    f"{NAME}.": ("foo.example", "foo.example."),
    IPV4: (
        *("*", IPV4, "127.0.0.0/8", "127.0.0.0/9", "127.0.0.0/31", "127.0.0.1/32", "127.0.0.1/0", "127.0.0.1/"),
        *("127.0.0.1/x", "a,127.0.0.0/8", "127.0.0.0/08", "127.0.0.0/8x"),
    ),
    IPV6: ("*", IPV6, "0:0:0:0:0:0:0:1", "::/64", "::2/126"),
    "localhost": ("localhost", ".localhost"),
}
PROXIED = {
    NAME: (
        *("", "oo.example", "w.foo.example", "*.foo.example", "*,x", "x,*", " * ", "*,", "foo.example:80", "."),
        *("..foo.example", "foo.example..", "a;foo.example", "[foo.example]", f"x.{NAME}", "a\nfoo.example"),
    ),
    IPV4: (
        *("127.0.0.2", "127.0.0.2/31", "127.0.0.2/32", "127.0.0.1/33", "127.0.0.0/0", "10.0.0.0/0", "127/8"),
        *("0.0.1", ".127.0.0.1", "127.0.0.1.", "1", "localhost", "127.0.0.1:80", "127.1", "127.0.0.0/255.0.0.0"),
        *("127.0.0.0/ 8", "127.0.0.0/-1", "[127.0.0.1]", "::ffff:127.0.0.1"),
    ),
    IPV6: ("[::1]", "::1/129", "::2/127", "1::/0", "8000::/1", "::1:80", "[::1]:80", "1"),
    "localhost": ("127.0.0.1", "::1", "127.0.0.0/8"),
}
RULES = [
    *((host, text, True) for host, texts in DIRECT.items() for text in texts),
    *((host, text, False) for host, texts in PROXIED.items() for text in texts),
]


@pytest.mark.parametrize(("host", "text", "direct"), RULES, ids=str)
def test_no_proxy(monkeypatch: pytest.MonkeyPatch, host: str, text: str, direct: bool) -> None:
    monkeypatch.setenv("http_proxy", "http://proxy")
    monkeypatch.setenv("no_proxy", text)
    assert is_direct(environment(None), host) == direct


@pytest.mark.parametrize(
    ("lower", "upper", "direct"), [("x", "*", False), ("*", "x", True), ("", "*", True), (None, "*", True)]
)
def test_no_proxy_in_capitals(
    monkeypatch: pytest.MonkeyPatch, lower: str | None, upper: str | None, direct: bool
) -> None:
    for name, value in {"no_proxy": lower, "NO_PROXY": upper}.items():
        if value is not None:
            monkeypatch.setenv(name, value)
    assert is_direct(environment("a proxy of an option"), NAME) == direct


def test_no_more_is_read_than_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "x")
    assert environment(None) == environment("") == ()
    monkeypatch.setenv("http_proxy", "p")
    assert environment(None) == (("http_proxy", "p"), ("no_proxy", "x"))
    assert environment("q") == (("no_proxy", "x"),)
    assert environment("") == ()


def test_a_password_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://user:secret@proxy")
    known = environment(None)
    assert "secret" not in f"{known} {Proxy.parse(proxy_in(known, 'http') or '')!r}"


# ---- what names a proxy ----


@pytest.mark.parametrize(
    ("text", "auth", "proxy"),
    [
        ("h", None, ("http", "h", 1080, None, "")),
        ("h:3128", None, ("http", "h", 3128, None, "")),
        ("HTTP://H:3128/path?query", None, ("http", "h", 3128, None, "")),
        ("http://h:", None, ("http", "h", 1080, None, "")),
        ("https://h", None, ("https", "h", 443, None, "")),
        ("socks://h", None, ("socks4", "h", 1080, None, "")),
        ("SOCKS5h://[::1]:9", None, ("socks5h", "::1", 9, None, "")),
        ("u:p@h", None, ("http", "h", 1080, "u", "p")),
        ("http://u@h", None, ("http", "h", 1080, "u", "")),
        ("http://:p@h", None, ("http", "h", 1080, "", "p")),
        ("http://a:b:c@h", None, ("http", "h", 1080, "a", "b:c")),
        ("http://u+%41:p%40%2B@h", None, ("http", "h", 1080, "u+A", "p@+")),
        ("http://us%3Aer:p@h", None, ("http", "h", 1080, "us:er", "p")),
        ("http://ü:%FF@h", None, ("http", "h", 1080, "Ã¼", "ÿ")),
        ("h", "a:b:c", ("http", "h", 1080, "a", "b:c")),
        ("h", "u%41", ("http", "h", 1080, "u%41", "")),
        ("u:p@h", "a:b", ("http", "h", 1080, "u", "p")),
    ],
)
def test_a_proxy(text: str, auth: str | None, proxy: tuple[object, ...]) -> None:
    assert Proxy.parse(text, auth) == proxy
    assert Proxy.parse(Proxy.parse(text, auth).url()) == proxy


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "http://",
            "//h:1",
            "http:h:1",
            "ftp://h",
            "ftp://h:1",
            "h:0",
            "h:99999",
            "h:x",
            " http://h",
            "http://h ",
        ),
        *("[::1", "a b:c", "u:secret@h:x", "ftp://u:secret@h", "http://u:secret/or?not@h:x", "u:secret@"),
    ],
)
def test_what_is_no_proxy(text: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Proxy.parse(text)
    assert "secret" not in str(caught.value)
