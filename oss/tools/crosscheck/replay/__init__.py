"""Replays recordings of the C SDK through the port: the same calls, the same answers, and what came of them compared.

``corpus`` reads a folder of recordings, ``build`` and ``show`` translate between recorded JSON and the port's structs,
``server`` plays the recorded answers, ``world`` is the clock, network and folder of a call, ``calls`` and ``vectors``
make the calls, ``compare`` compares, ``differences`` is the table of what the port does differently on purpose.
"""
