"""The window: a thin client of the engine."""
