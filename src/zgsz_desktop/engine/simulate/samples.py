"""Write the samples that ship with the program: a roster workbook, and answers for `zgsz score`.

`python -m zgsz_desktop.engine.simulate.samples FOLDER` makes them again; a test compares what ships with what this
gives.
"""

import sys
from pathlib import Path

import msgspec

from zgsz_desktop.engine import canonical
from zgsz_desktop.engine.files import write_atomically
from zgsz_desktop.engine.indicators.shipped import shipped_sets
from zgsz_desktop.engine.reference.divisions import Divisions
from zgsz_desktop.engine.reference.industries import Industries
from zgsz_desktop.engine.roster.writing import write_roster
from zgsz_desktop.engine.simulate import MARK
from zgsz_desktop.engine.simulate.region import Region, simulate_region
from zgsz_desktop.paths import resources_folder

ROSTER, ANSWERS = "roster.xlsx", "answers.json"
SEED = 2024
_ENTERPRISES = 24


def sample_region(resources: Path) -> Region:
    """Make the small region of one county that the samples are taken from."""
    indicator_set = shipped_sets(resources)["gx-zgsz", "0.1"]
    divisions, industries = Divisions.load(resources), Industries.load(resources)
    return simulate_region(
        divisions, industries, indicator_set, enterprises=_ENTERPRISES, seed=SEED, cities=1, counties=1
    )


def sample_answers(region: Region) -> bytes:
    """Give profile and answers of the most mature enterprise, as `zgsz score` reads them."""
    answered = [enterprise for enterprise in region.enterprises if enterprise.assessments]
    best = max(answered, key=lambda enterprise: enterprise.maturity)
    content = canonical.encode({"profile": best.profile, "answers": best.assessments[-1].answers})
    return msgspec.json.format(content, indent=2) + b"\n"


def write_samples(folder: Path, resources: Path) -> None:
    """Write all samples into a folder.

    Raises:
        UserError: `file.*`.
    """
    region = sample_region(resources)
    divisions = Divisions.load(resources)
    title = f"{divisions.full_name(region.counties[0])}规模以上工业企业名录（{MARK}）"
    write_roster(folder / ROSTER, [enterprise.row for enterprise in region.enterprises], divisions, title)
    write_atomically(folder / ANSWERS, sample_answers(region))


if __name__ == "__main__":
    write_samples(Path(sys.argv[1]), resources_folder())
