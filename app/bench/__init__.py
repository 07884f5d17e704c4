"""Measures the program against the bare library doing the same durable work (goals.md)."""
