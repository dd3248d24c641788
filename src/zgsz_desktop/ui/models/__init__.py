"""Thin item models over engine values."""
