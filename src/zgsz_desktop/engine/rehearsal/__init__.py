"""Whole simulated regions made by the real operations: for `zgsz demo`, `zgsz simulate` and the window's 体验.

Nothing here writes a record, a key or a package by a way of its own: people are enrolled by `enrolling` and `identity`,
every change goes through `ops`, every exchange through packages. Only time is staged, by a clock that can be set, and
who does what is decided by `simulate`. Every workspace made here is marked 模拟 and has a root of its own.
"""
