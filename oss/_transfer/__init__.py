"""Resumable transfers: parts, threads, and the checkpoint."""
