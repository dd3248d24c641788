"""Divisions, industries, size classes and credit codes: facts copied in, with their source."""
