"""Explains the C API, one name at a time, and shows a download as it happens.

``catalog`` has every name and where it is declared, ``page`` collects what is known about one, ``terminal`` and ``rst``
format it for the terminal and for the reference in ``docs/``, ``wire`` runs the download.
"""
