"""The window: a thin client of the engine."""

from zgsz_desktop.ui.singletons import hold_singletons

# Here, because it has to happen before the first call of Qt, whichever module of the window is used first.
hold_singletons()
