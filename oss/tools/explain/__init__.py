"""Explains the C API, one name at a time, and shows a download as it happens.

``catalog`` knows every name and where it is declared, ``page`` says what there is to say about one, ``terminal`` and
``rst`` write that down for a reader and for the reference in ``docs/``, ``wire`` runs the download.
"""
