"""C and C++ programs on the C SDK become Python programs on this one: ``python -m oss.tools.migrate FILES [-o OUT]``.

The way of a program: ``clang`` parses it against the headers that come with the tool, ``read`` (and ``cpp_read``)
makes the tree of ``nodes`` with ``c_types``. ``uses`` gathers which pointer goes where and what is done with it,
``shapes`` decides the form of each in Python. What else is proved: ``present`` tells what is not NULL, ``finds`` which
pointer is but a place in a text, ``whole_texts`` which array is but a text, ``moments`` which time is only shown,
``ranges`` which numbers a variable can hold, ``order`` which argument is evaluated first. Expressions are written by a
chain of classes, each a part of the next (``numbers``, ``pointers``, ``formats``, ``calls``, ``assignments``,
``expressions``, ``writer``; for C++ then ``cpp_objects``, ``cpp_library``, ``cpp_streams``, ``cpp_write``), statements
by ``control`` and ``statements``, ``layout`` sets them in lines. ``known`` tells what the SDK and the runtime have,
``project`` which files belong together, ``translate`` puts a module together and checks it.

What has no right translation raises ``Untranslatable`` with the reason; the smallest statement around it is marked.
"""
