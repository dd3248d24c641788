"""The folder, its settings, its keys, its trust."""

import os
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest

from support.authorities import Region, make_region
from support.workspaces import COUNTY, PASSPHRASE, FixedClock, keep_own_key, make_workspace, trust_people
from zgsz_desktop.engine import ops
from zgsz_desktop.engine.changes import Area
from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.identity.keys import Signer
from zgsz_desktop.engine.store.db import Store
from zgsz_desktop.engine.store.keys import KeyPurpose, delete_key, own_keys
from zgsz_desktop.engine.store.settings import Setting, mark_exported, read_setting
from zgsz_desktop.engine.workspace import DATABASE, Workspace
from zgsz_desktop.paths import resources_folder


def open_again(workspace: Workspace, **options: bool) -> Workspace:
    return Workspace.open(workspace.folder, resources=workspace.resources, clock=workspace.clock, **options)


def test_folder_is_private_and_has_its_parts(workspace: Workspace):
    assert workspace.folder.stat().st_mode & 0o777 == 0o700
    assert {path.name for path in workspace.folder.iterdir() if path.is_dir()} == {"outbox", "tmp"}


def test_opening_finds_what_was_made(workspace: Workspace):
    again = open_again(workspace)
    assert (again.division, again.simulated, again.title) == (COUNTY, False, "南宁市青秀区")
    assert again.campaign() == "2024"
    again.close()


def test_simulated_is_remembered(tmp_path: Path, clock: FixedClock):
    made = Workspace.create(tmp_path / "w", division=COUNTY, resources=resources_folder(), clock=clock, simulated=True)
    made.close()
    again = open_again(made)
    assert again.simulated
    again.close()


def test_division_must_be_in_the_table(tmp_path: Path, clock: FixedClock):
    for division in ("450199", "110000", "", "青秀区"):
        with pytest.raises(UserError) as error:
            Workspace.create(tmp_path / "w", division=division, resources=resources_folder(), clock=clock)
        assert error.value.code == "workspace.no_division"
    assert not (tmp_path / "w").exists()


def test_second_workspace_in_one_folder_is_refused(workspace: Workspace):
    with pytest.raises(UserError) as error:
        Workspace.create(workspace.folder, division=COUNTY, resources=workspace.resources, clock=workspace.clock)
    assert error.value.code == "store.exists"


def test_database_without_a_division_is_no_workspace(tmp_path: Path, clock: FixedClock):
    Store.create(tmp_path / DATABASE).close()
    with pytest.raises(UserError) as error:
        Workspace.open(tmp_path, resources=resources_folder(), clock=clock)
    assert error.value.code == "store.not_a_workspace"


def test_local_settings(workspace: Workspace):
    assert ops.choose_campaign(workspace, "2025").areas & Area.SETTINGS
    ops.rename_workspace(workspace, " 青秀区 2025 ")
    assert (workspace.campaign(), workspace.title) == ("2025", "青秀区 2025")


def test_looking_does_not_write(workspace: Workspace):
    reading = open_again(workspace, read_only=True)
    with pytest.raises(UserError) as error:
        ops.choose_campaign(reading, "2025")
    assert error.value.code == "store.read_only"
    reading.close()


def test_left_behind_files_go_after_a_day(workspace: Workspace, clock: FixedClock):
    old, young = workspace.temporary / "old", workspace.temporary / "young"
    for path, age in ((old, timedelta(days=2)), (young, timedelta(hours=1))):
        path.write_bytes(b"x")
        moment = (clock.now() - age).timestamp()
        os.utime(path, (moment, moment))
    open_again(workspace).close()
    assert (old.exists(), young.exists()) == (False, True)


def test_folder_that_cannot_be_made(clock: FixedClock):
    with tempfile.NamedTemporaryFile() as file, pytest.raises(UserError) as error:
        Workspace.create(Path(file.name) / "w", division=COUNTY, resources=resources_folder(), clock=clock)
    assert error.value.code == "store.cannot_open"


def test_unlock_gives_the_signer(workspace: Workspace, liaison: Signer):
    assert workspace.unlock(PASSPHRASE).keyid == liaison.keyid


def test_wrong_passphrase(workspace: Workspace):
    with pytest.raises(UserError) as error:
        workspace.unlock("something else")
    assert error.value.code == "identity.wrong_passphrase"


def test_without_a_key_nothing_is_signed(workspace: Workspace, liaison: Signer):
    with workspace.store.transaction() as connection:
        delete_key(connection, liaison.keyid)
    with pytest.raises(UserError) as error:
        workspace.unlock(PASSPHRASE)
    assert error.value.code == "workspace.no_key"


def test_newest_key_comes_first(workspace: Workspace, region: Region):
    second = region.liaison(COUNTY, "b2")
    keep_own_key(workspace, second)
    assert own_keys(workspace.store, KeyPurpose.AUTHOR)[0].keyid == second.keyid
    assert own_keys(workspace.store, KeyPurpose.AUTHORITY) == []


def test_anchors_are_the_pinned_roots(workspace: Workspace, region: Region):
    assert workspace.anchors().keyids == (region.root.keyid,)


def test_without_a_root_nothing_is_trusted(tmp_path: Path, clock: FixedClock):
    bare = Workspace.create(tmp_path / "w", division=COUNTY, resources=resources_folder(), clock=clock)
    with pytest.raises(UserError) as error:
        bare.anchors()
    assert error.value.code == "identity.no_root"
    bare.close()


def test_shipped_set_is_found_by_its_hash_only(workspace: Workspace):
    shipped = workspace.campaign_set("2024")
    assert workspace.indicator_set(shipped.id, shipped.version, shipped.sha256) == shipped
    assert workspace.indicator_set(shipped.id, shipped.version, "0" * 64) is None


def test_campaign_orders_its_set(workspace: Workspace, region: Region):
    clerk = region.clerk("450000")
    trust_people(workspace, region)
    shipped = workspace.campaign_set("2024")
    ops.publish_campaign(workspace, clerk, "2025", title="2025 年", indicator_set=shipped)
    assert workspace.campaign_set("2025") == shipped


def test_exported_mark(workspace: Workspace, codes: list[str]):
    with workspace.store.transaction() as connection:
        mark_exported(connection)
    assert read_setting(workspace.store, Setting.EXPORTED) == "3"


def test_strangers_region_is_not_trusted(tmp_path: Path):
    own = make_workspace(tmp_path / "own", make_region())
    stranger = make_region("别家").liaison(COUNTY)
    code = "91450103000000019G"
    with pytest.raises(Exception) as error:
        ops.save_enterprise(own, stranger, code, {"name": "甲"}, COUNTY)
    assert error.value.code == "identity.no_certificate"
    own.close()
