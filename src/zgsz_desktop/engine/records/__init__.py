"""Signed immutable records: envelope, kinds, what gets in (admit), what is current (fold). Pure."""
