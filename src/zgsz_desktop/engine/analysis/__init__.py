"""Figures over merged records."""
