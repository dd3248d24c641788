"""The answering page: the core of the program. `outline` and `keys` are pure; the rest draws."""
