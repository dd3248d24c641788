"""A package can be checked with unzip, sha256sum and openssl alone, by the very commands of docs/formats.md."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from support.authorities import Region
from support.bureaus import Bureaus, merged
from support.forge import Forge, Part, Pen, id_of, zip_bytes
from zgsz_desktop.engine.package.writer import export_package

FORMATS = Path(__file__).parents[3] / "docs" / "formats.md"
TOOLS = ("unzip", "openssl", "sha256sum", "csplit")

pytestmark = pytest.mark.skipif(any(shutil.which(tool) is None for tool in TOOLS), reason="needs " + ", ".join(TOOLS))


def commands() -> str:
    section = FORMATS.read_text("utf-8").partition("## Checking a package by hand")[2].partition("\n## ")[0]
    return "\n".join(re.findall(r"```sh\n(.*?)```", section, re.DOTALL))


def run_by_hand(package: Path, region: Region, folder: Path, more: str = "") -> subprocess.CompletedProcess[str]:
    folder.mkdir()
    root = folder / "root.pem"
    root.write_bytes(region.root.certificate.public_bytes(Encoding.PEM))
    environment = {"PATH": "/usr/bin:/bin:/usr/local/bin", "P": str(package), "ROOT": str(root), "LC_ALL": "C"}
    script = "set -e\n" + commands() + more
    return subprocess.run(
        ["sh", "-c", script], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture
def exported(bureaus: Bureaus, region: Region, tmp_path: Path) -> Path:
    county = bureaus.open("450103")
    pen = Pen(region.liaison("450103"))
    merged(county, bureaus.pack([pen.enterprise(1), pen.submission(1)], to_division="450103"))
    return export_package(county, tmp_path / "导出.zgsz", to_division="450100", sealer=region.clerk("450103")).path


def test_the_documented_commands_accept_what_the_program_writes(exported: Path, region: Region, tmp_path: Path):
    done = run_by_hand(exported, region, tmp_path / "check")
    assert done.returncode == 0, done.stderr
    assert "application/vnd.zgsz.package+zip" in done.stdout
    assert "Verified OK" in done.stdout
    assert "signer.pem: OK" in done.stdout
    for name in ("records.jsonl", "certs.pem", "crls.pem"):
        assert f"{name}: OK" in done.stdout


def test_a_record_is_checked_the_same_way(bureaus: Bureaus, region: Region, tmp_path: Path):
    envelope = Pen(region.liaison("450103")).submission(1)
    package = bureaus.pack([envelope])
    steps_2_to_4 = "# 2." + commands().partition("# 2.")[2].partition("# 5.")[0]
    again = f"\nsed -n 1p records.jsonl > manifest.json\n{steps_2_to_4}\nsha256sum < pae.bin\n"
    done = run_by_hand(package, region, tmp_path / "check", again)
    assert done.stdout.count("Verified OK") == 2, done.stderr
    assert id_of(envelope) in done.stdout


def test_the_documented_commands_find_an_edited_manifest(bureaus: Bureaus, region: Region, tmp_path: Path):
    forge = Forge(region, region.clerk("450103"), [Pen(region.liaison("450103")).enterprise(1)])
    *entries, manifest = forge.parts()
    letter = b"A" if manifest.data[200:201] != b"A" else b"B"
    edited = manifest.data[:200] + letter + manifest.data[201:]
    package = bureaus.lay(zip_bytes([*entries, Part("manifest.json", edited)]))
    done = run_by_hand(package, region, tmp_path / "check")
    assert done.returncode != 0
    assert "Verified OK" not in done.stdout


def test_the_documented_commands_find_exchanged_records(bureaus: Bureaus, region: Region, tmp_path: Path):
    pen = Pen(region.liaison("450103"))
    forge = Forge(region, region.clerk("450103"), [pen.enterprise(1)])
    parts = [part.with_(data=part.data.swapcase()) if part.name == "records.jsonl" else part for part in forge.parts()]
    done = run_by_hand(bureaus.lay(zip_bytes(parts)), region, tmp_path / "check")
    assert done.returncode != 0
    assert "records.jsonl: FAILED" in done.stdout
