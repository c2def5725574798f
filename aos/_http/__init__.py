"""One HTTP exchange: its connection, its request, its answer."""
