"""Requests to the service: where they go, how they are signed and sent, which status they end with."""
