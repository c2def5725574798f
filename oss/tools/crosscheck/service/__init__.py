"""The calls against a service of the user's: what is only read there, or, in a bucket that is made for it, all of them.

``relay`` stands between both sides and the service, so that the requests are seen, ``account`` is the user's service,
``rows`` chooses the calls and fits them to it, ``alike`` hides what differs between any two calls, ``run`` compares.
"""
