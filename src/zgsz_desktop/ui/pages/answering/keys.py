"""Which key chooses which option, and in what order options stand.

`1…9` choose, `Shift+1…6` choose the tenth to fifteenth, `0` chooses "none". On ladders 0 is the lowest level and stands
first; on lists it is the "none" option and stands last, said in words.
"""

from dataclasses import dataclass

from zgsz_desktop.engine.indicators.definition import Option, Question, QuestionType

SHIFTED_FROM = 10
"""The first option that is chosen with Shift."""
MOST = 15


@dataclass(frozen=True, slots=True)
class Choice:
    """One option as the page shows it.

    Attributes:
        digit: the digit key that chooses it; `shift`: together with Shift.
        cap: what the key cap says.
        words: what the card says.
        level: the tag before the words, on ladders.
    """

    option: Option
    digit: int
    shift: bool
    cap: str
    words: str
    level: str = ""


def choices_of(question: Question) -> tuple[Choice, ...]:
    """Arrange the options of a question in the order of the page."""
    if question.type is QuestionType.LEVEL:
        return tuple(_rung(option) for option in question.options)
    none = next((option for option in question.options if _says_none(question, option)), None)
    listed = [option for option in question.options if option is not none]
    choices = [_listed(option, place) for place, option in enumerate(listed, start=1)]
    if none is not None:
        choices.append(Choice(none, 0, shift=False, cap="0", words="以上都没有"))
    return tuple(choices)


def choice_for(choices: tuple[Choice, ...], digit: int, *, shift: bool) -> Choice | None:
    """Find the option that a key press means."""
    return next((choice for choice in choices if choice.digit == digit and choice.shift is shift), None)


def toggle(question: Question, chosen: tuple[str, ...], key: str) -> list[str]:
    """Give the choice after one press: single replaces, multi adds or takes away, an exclusive option stands alone."""
    if question.type is not QuestionType.MULTI:
        return [] if chosen == (key,) else [key]
    if key in chosen:
        left = [other for other in chosen if other != key]
        return _without_unmet(question, left)
    option = next(option for option in question.options if option.key == key)
    if option.exclusive:
        return [key]
    if missing(question, chosen, key):
        return list(chosen)
    alone = {other.key for other in question.options if other.exclusive}
    wanted = {key, *(other for other in chosen if other not in alone)}
    return [other for other in question.keys if other in wanted]


def missing(question: Question, chosen: tuple[str, ...], key: str) -> list[Option]:
    """Give the options that must be chosen before this one may be; nobody chooses them in the enterprise's name."""
    option = next(option for option in question.options if option.key == key)
    return [other for other in question.options if other.key in option.requires and other.key not in chosen]


def _without_unmet(question: Question, chosen: list[str]) -> list[str]:
    """Take away, too, what required the option that was just taken away."""
    while True:
        kept = [
            option.key
            for option in question.options
            if option.key in chosen and all(needed in chosen for needed in option.requires)
        ]
        if kept == chosen:
            return kept
        chosen = kept


def _rung(option: Option) -> Choice:
    digit = int(option.key)
    return Choice(option, digit, shift=False, cap=option.key, words=option.text, level=f"{digit} 级" if digit else "")


def _listed(option: Option, place: int) -> Choice:
    shift = place >= SHIFTED_FROM
    digit = place - SHIFTED_FROM + 1 if shift else place
    return Choice(
        option, digit if place <= MOST else -1, shift=shift, cap=f"⇧{digit}" if shift else str(digit), words=option.text
    )


def _says_none(question: Question, option: Option) -> bool:
    if question.type is QuestionType.MULTI:
        return option.exclusive
    return question.type is QuestionType.SINGLE and option.text == "无"
