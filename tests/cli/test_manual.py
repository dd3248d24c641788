"""`docs/commands.md` says what the program says: every verb's help, word for word.

To write it anew after a change: `python -m support.commands_page` with `tests` on the path.
"""

import sys

import pytest

from support.commands_page import PAGE, commands_page


@pytest.mark.skipif(sys.version_info >= (3, 13), reason="argparse lays its help out differently from 3.13 on")
def test_the_page_of_commands_is_what_the_program_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == commands_page()
