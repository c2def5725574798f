"""Makes the same calls through the C SDK and through the port, and compares all that can be seen of them.

``replay`` knows what a call of the C SDK is, as recorded (``docs/corpus.md``), makes it through the port, and compares;
its rules are the port's documented differences.
"""
