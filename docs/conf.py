"""How the documentation is built: ``python -m sphinx -W -n docs build/docs``.

The reference is written from the package's own docstrings each time, into ``docs/reference``, which is not kept.
"""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

from aos.aos_define import AOS_VERSION
from oss.tools.explain.rst import write_reference

project = "oss-c-sdk-python"
version = release = AOS_VERSION
project_copyright = "the oss-c-sdk-python authors"
html_title = f"OSS C SDK in Python {AOS_VERSION}"

extensions = ["myst_parser", "sphinx_copybutton"]
copybutton_prompt_text = "$ "
copybutton_exclude = ".linenos, .gp, .go"
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
primary_domain, highlight_language = "c", "text"
highlight_options = {language: {"stripnl": True} for language in ("c", "python")}
suppress_warnings = ["config.cache"]
exclude_patterns = ["figures", "programs", "solutions"]
c_maximum_signature_line_length = 88

html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["guide.css"]
html_copy_source = False
html_show_sourcelink = False
templates_path: list[str] = []

# Types of C and of APR that programs see but never look into.
nitpick_ignore = [
    ("c:identifier", name)
    for name in (
        "apr_array_header_t",
        "apr_fileperms_t",
        "apr_int32_t",
        "apr_interval_time_t",
        "apr_off_t",
        "apr_pool_t",
        "apr_seek_where_t",
        "apr_size_t",
        "apr_status_t",
        "apr_table_t",
        "int32_t",
        "int64_t",
        "mxml_node_t",
        "size_t",
        "uint32_t",
        "uint64_t",
        "uint8_t",
        "uintmax_t",
    )
]


def _write_reference(app: Sphinx, config: Config) -> None:
    write_reference(Path(app.srcdir) / "reference")


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("config-inited", _write_reference)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
