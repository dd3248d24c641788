"""Pure functions from answers to scores, levels and grades; exact arithmetic."""
