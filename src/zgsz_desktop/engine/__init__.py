"""Everything the program can do, without a window: pure core, thin rim. Imports neither Qt nor `ui` nor `cli`."""
