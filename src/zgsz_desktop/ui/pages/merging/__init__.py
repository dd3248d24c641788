"""The merge page: packages dropped in, checked and merged one after the other, and what is left for a person."""
