"""Scoring one assessment of the shipped set: milliseconds, and the ratio to copying its answers as JSON.

Target: at most 2 ms.
"""

import json
import statistics
import time
from collections.abc import Callable
from random import Random

from zgsz_desktop import paths
from zgsz_desktop.engine.indicators.definition import IndicatorSet, Question, QuestionType
from zgsz_desktop.engine.indicators.shipped import latest, shipped_sets
from zgsz_desktop.engine.scoring.result import score

ROUNDS = 7
REPEATS = 200


def full_answers(indicator_set: IndicatorSet, random: Random) -> dict[str, dict[str, object]]:
    """Answer every question with some option."""
    return {question.id: _answer(question, random) for question in indicator_set.questions if question.options}


def _answer(question: Question, random: Random) -> dict[str, object]:
    free = [option.key for option in question.options if not option.exclusive and not option.requires]
    if question.type is QuestionType.MULTI:
        return {"choice": sorted(random.sample(free, min(3, len(free))))}
    return {"choice": [random.choice(question.keys)]}


def measure(work: Callable[[], object]) -> float:
    """Give milliseconds of one call: the median of rounds of many."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for _ in range(REPEATS):
            work()
        times.append((time.perf_counter() - start) / REPEATS * 1000)
    return statistics.median(times)


def main() -> None:
    """Print the figures."""
    indicator_set = latest(shipped_sets(paths.resources_folder()))
    answers = full_answers(indicator_set, Random(1))
    profile = {"employees": 120, "revenue": 9000, "industry": "3670", "process_type": "discrete"}
    floor = measure(lambda: json.loads(json.dumps(answers)))
    ours = measure(lambda: score(indicator_set, profile, answers))
    print(
        f"scoring {indicator_set.name}: {ours:.3f} ms (target 2 ms), {ours / floor:.1f} x copying the answers as JSON"
    )


if __name__ == "__main__":
    main()
