"""A request to the service: where it goes, how it is signed and sent, what its outcome is called."""
