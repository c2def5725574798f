"""Tests of the loopback service."""
