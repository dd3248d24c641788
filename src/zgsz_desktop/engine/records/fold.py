"""What is current: the derived state as a pure function of admitted records and revocations."""

from zgsz_desktop.engine.records.facts import Below, EntityState, Exactly, Fact, Facts, OfRecord, Revoked, Touched

__all__ = ["Below", "EntityState", "Exactly", "Fact", "Facts", "OfRecord", "Revoked", "Touched"]
