"""Compiled inner loops. Each has a plain NumPy twin in the tests, and nothing outside ``analysis``
imports them."""
