"""Clients of the open services: each gives a raw answer, whole or not at all, to the readers."""
