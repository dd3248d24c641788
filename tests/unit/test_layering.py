"""The engine and the command line run where Qt is not installed; SQL stays in the store."""

import ast
import subprocess
import sys
from pathlib import Path

import zgsz_desktop

SOURCE = Path(zgsz_desktop.__file__).parent
ENGINE_FILES = sorted((SOURCE / "engine").rglob("*.py"))


def imports_of(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def test_engine_and_command_line_load_without_qt():
    code = (
        "import sys, pkgutil, importlib\n"
        "class NoQt:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.split('.')[0] in ('PySide6', 'shiboken6'): raise ImportError(name)\n"
        "sys.meta_path.insert(0, NoQt())\n"
        "import zgsz_desktop.engine as engine, zgsz_desktop.cli\n"
        "for module in pkgutil.walk_packages(engine.__path__, engine.__name__ + '.'):\n"
        "    importlib.import_module(module.name)\n"
        "assert not [name for name in sys.modules if name.startswith('zgsz_desktop.ui')]\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_engine_imports_neither_ui_nor_cli():
    for path in ENGINE_FILES:
        bad = [n for n in imports_of(path) if n.startswith(("PySide6", "zgsz_desktop.ui", "zgsz_desktop.cli"))]
        assert not bad, (path, bad)


def test_pure_packages_know_no_database():
    """indicators, scoring, records and identity are functions over values."""
    for part in ("indicators", "scoring", "records", "identity", "reference", "roster", "simulate"):
        for path in sorted((SOURCE / "engine" / part).rglob("*.py")):
            bad = [
                n for n in imports_of(path) if n.startswith(("sqlite3", "sqlite_utils", "zgsz_desktop.engine.store"))
            ]
            assert not bad, (path, bad)


def test_sql_stays_in_the_store():
    words = ("SELECT ", "INSERT INTO ", "DELETE FROM ", "UPDATE ")
    for path in sorted(SOURCE.rglob("*.py")):
        if "store" in path.relative_to(SOURCE).parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not node.value.lstrip().upper().startswith(words), (path, node.lineno)


def test_no_page_turns_the_event_loop_by_hand():
    for path in sorted((SOURCE / "ui").rglob("*.py")):
        assert "processEvents" not in path.read_text("utf-8"), path


def test_no_file_name_says_nothing():
    empty_names = {"utils", "util", "helpers", "helper", "misc", "common", "manager"}
    assert not [p for p in SOURCE.rglob("*.py") if p.stem in empty_names]
