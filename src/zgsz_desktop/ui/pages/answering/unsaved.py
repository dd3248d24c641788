"""What is being typed into number fields, and which of it is no answer (yet): half a thought, an impossible ratio.

The texts stay in their fields, also when somebody looks at another question meanwhile; what cannot be saved as an
answer is kept as text (`ops_drafts.keep_typed`), so that it is there after a restart.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.ui.pages.answering.numbers import read_number

STILL = "上次填的数还没有保存成答案，请核对后改正。"


class Unsaved:
    """Texts by question and input, and what is wrong with those that could not be saved.

    Attributes:
        errors: by question, why it could not be saved.
    """

    def __init__(self, kept: Mapping[str, Mapping[str, str]]) -> None:
        """Begin with what an earlier session kept."""
        self._texts: dict[str, dict[str, str]] = {question: dict(texts) for question, texts in kept.items()}
        self.errors: dict[str, UserError] = {
            question: _wrong(next(iter(texts), ""), STILL) for question, texts in kept.items()
        }

    def texts(self, question: str) -> dict[str, str]:
        """Give what is typed for a question."""
        return dict(self._texts.get(question, {}))

    def questions(self) -> list[str]:
        """Give the questions for which something is typed."""
        return list(self._texts)

    def type(self, question: str, name: str, text: str) -> None:
        """Take what stands in a field now."""
        self._texts.setdefault(question, {})[name] = text

    def numbers(self, question: str, given: Mapping[str, Any]) -> dict[str, int | Decimal]:
        """Read what is typed, over the numbers that are saved; an empty field takes its number away.

        Raises:
            UserError: `answer.typed`, naming the field.
        """
        numbers = dict(given)
        for name, text in self._texts.get(question, {}).items():
            try:
                number = read_number(text)
            except ValueError as error:
                raise _wrong(name, str(error)) from error
            if number is None:
                numbers.pop(name, None)
            else:
                numbers[name] = number
        return numbers

    def settle(self, question: str) -> bool:
        """Note that all of it is saved now; tell whether it was not before."""
        return self.errors.pop(question, None) is not None

    def forget(self, question: str) -> bool:
        """Drop what was typed for an answer that was chosen; tell whether something unsaved went."""
        self._texts.pop(question, None)
        return self.settle(question)


def _wrong(name: str, sentence: str) -> UserError:
    return UserError("answer.typed", field=f"inputs.{name}", sentence=sentence)
