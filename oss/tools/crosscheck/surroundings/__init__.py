"""The world around a call, which the exchanges do not show: proxies of the environment, addresses that do not answer,
refusals that come early, signals, locales, file modes, streams that are closed.

``rows`` is the table of cases, ``peers`` are the servers in it, ``process`` makes the calls of one side in a process of
its own, ``run`` starts both sides in the same environment and compares, ``differences`` are those on purpose.
"""
