"""The wheel holds everything: it runs without a checkout, and the engine without Qt."""

import json
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

RUN = """
import sys
sys.path[:0] = [{wheel!r}]
sys.path.append({packages!r})
class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("PySide6", "shiboken6"):
            raise ImportError(name)
sys.meta_path.insert(0, NoQt())
import zgsz_desktop
assert zgsz_desktop.__file__.startswith({wheel!r}), zgsz_desktop.__file__
from zgsz_desktop.cli import main
sys.exit(main({words!r}))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """Build the wheel and unpack it somewhere else."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet", "--no-deps"]
    subprocess.run([*pip, "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT)], check=True, cwd=folder)
    (built,) = folder.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        archive.extractall(folder / "unpacked")
    return folder / "unpacked"


def run(wheel: Path, cwd: Path, *words: str) -> subprocess.CompletedProcess[str]:
    code = RUN.format(wheel=str(wheel), packages=sysconfig.get_path("purelib"), words=list(words))
    # -I -S: no environment, no .pth files, so nothing of the checkout is on the path
    return subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], cwd=cwd, capture_output=True, text=True, check=False
    )


def test_resources_lie_inside(wheel):
    names = {path.name for path in (wheel / "zgsz_desktop" / "resources").iterdir()}
    assert {"indicator_sets", "reference", "fonts", "icons", "samples"} <= names


def test_it_scores_and_makes_a_workspace_without_checkout_and_without_qt(wheel, tmp_path):
    sample = wheel / "zgsz_desktop" / "resources" / "samples" / "answers.json"
    scored = run(wheel, tmp_path, "--json", "score", str(sample))
    assert scored.returncode == 0, scored.stderr
    assert json.loads(scored.stdout)["frameworks"]["sme2024"]["total"] is not None
    made = run(wheel, tmp_path, "--workspace", str(tmp_path / "w"), "init", "--division", "450102")
    assert made.returncode == 0, made.stderr
    assert "兴宁区" in made.stdout
