"""C programs on the C SDK become Python programs on this one: ``python -m oss.tools.migrate FILE.c [-o FILE.py]``.

The way of a program: ``tokens`` and ``preprocess`` read it, ``sdk`` tells what the SDK declares, ``parse`` makes it a
tree (pycparser), ``scopes`` gives each name its symbol and each expression its C type, ``shapes`` decides what stands
for each variable in Python, ``expressions``, ``calls`` and ``statements`` write it, ``layout`` sets it in lines.
"""
