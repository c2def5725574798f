"""Resumable transfers: their parts, their threads and their checkpoint."""
