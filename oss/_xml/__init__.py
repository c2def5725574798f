"""The service's XML documents, one table each."""
