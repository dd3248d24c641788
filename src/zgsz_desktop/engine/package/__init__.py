"""The `.zgsz` container: reader and writer."""
