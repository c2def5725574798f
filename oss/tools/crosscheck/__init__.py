"""Makes the same calls through the C SDK and through the port, and compares all that can be seen of them.

``cases`` are the tables of calls, ``scene`` is what a row of them says, ``stage`` sets up its server, a ``recorder``,
which writes down what it is asked. ``clib`` makes the call through a built C library, ``replay`` through the port;
``replay`` also reads recordings, compares, and has the rules that are the port's documented differences. ``live`` puts
the two together, ``handover`` lets one finish what the other began, ``defaults`` compares constructors,
``surroundings`` compares them in other environments, ``service`` against a service of the user's, ``record`` writes a
corpus (``docs/corpus.md``), ``comparison`` reports the results.
"""
