"""Enterprises from a bureau's own Excel workbook: parse it into values, and write such a workbook."""
