"""zgsz-desktop: the 智改数转 diagnosis on one computer, without a network."""

__version__ = "0.1.0"
