"""XML documents of the service, one table each, and the functions that write and read them."""
