"""One HTTP exchange: its connection, its request and its answer."""
