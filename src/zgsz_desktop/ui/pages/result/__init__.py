"""The result page: grade, dimensions, strong and weak sides, the way up, and completing a draft."""
