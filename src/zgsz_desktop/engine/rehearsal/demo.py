"""`zgsz demo`: the whole main job on a simulated region, and the proofs that go with it.

What is shown at the end: the same packages in another order, straight into a second workspace of the region, give the
same digest; a package that was tampered with is refused; two liaisons' results for one enterprise are a conflict that
names both; the expert's forms are printed. A digest that differs is a bug, and is said as one.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Any

from zgsz_desktop.engine.clock import Clock
from zgsz_desktop.engine.digest import Digest, digest
from zgsz_desktop.engine.errors import BugError, PackageError
from zgsz_desktop.engine.expert_form import write_form
from zgsz_desktop.engine.identity.keys import STANDARD, KeyProfile
from zgsz_desktop.engine.merge import merge_package
from zgsz_desktop.engine.model import REGION
from zgsz_desktop.engine.rehearsal import clock as calendar
from zgsz_desktop.engine.rehearsal.clock import RehearsalClock
from zgsz_desktop.engine.rehearsal.folders import DEMO_ENTRIES, claim_folder
from zgsz_desktop.engine.rehearsal.people import Stage, trust
from zgsz_desktop.engine.rehearsal.region import REGION_BUREAU, Rehearsal
from zgsz_desktop.engine.rehearsal.tampering import tamper
from zgsz_desktop.engine.store.enterprise_list import EnterpriseFilter, list_enterprises
from zgsz_desktop.engine.store.submissions import Conflict, list_conflicts
from zgsz_desktop.engine.workspace import Workspace

PASSPHRASE = "demo-2024"  # noqa: S105 printed to whoever runs it: the data are invented
_FORMS, _FROM_GRADE = 3, 3
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class DemoSize:
    """How much is rehearsed."""

    enterprises: int = 200
    seed: int = 1
    cities: int = 2
    counties: int = 5


@dataclass(frozen=True, slots=True)
class ShownConflict:
    """An enterprise for which several results stand, and who signed them."""

    enterprise: str
    uscc: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DemoOutcome:
    """What the demo made and proved.

    Attributes:
        digest: of the region, merged county by county; `second`: by the other route.
        packages: how many were written. `records`: how many the region holds.
        refusal_code, refusal: what was said to the package that was tampered with.
        conflicts: all of them. `forms`: the PDFs.
    """

    folder: Path
    passphrase: str
    digest: Digest
    second: Digest
    packages: int
    assessments: int
    returned: int
    refusal_code: str
    refusal: str
    conflicts: tuple[ShownConflict, ...]
    forms: tuple[Path, ...]
    workspaces: tuple[Path, ...]

    def to_json(self) -> dict[str, Any]:
        """Give the outcome as plain values."""
        return asdict(self)


def run_demo(
    folder: Path,
    resources: Path,
    real: Clock,
    tell: Tell,
    *,
    size: DemoSize | None = None,
    profile: KeyProfile = STANDARD,
) -> DemoOutcome:
    """Rehearse the main job in a folder.

    Raises:
        UserError: `rehearsal.folder_in_use`, `rehearsal.folder_fails`, and what the disk refuses.
        BugError: `rehearsal.digests_differ`, `rehearsal.tampering_unseen`.
    """
    size = size or DemoSize()
    claim_folder(folder, DEMO_ENTRIES, f"每个工作区的口令：{PASSPHRASE}")
    stage = Stage(folder, resources, RehearsalClock(real), PASSPHRASE, profile)
    rehearsal = Rehearsal(
        stage, enterprises=size.enterprises, seed=size.seed, cities=size.cities, counties=size.counties
    )
    try:
        assessments = _work(rehearsal, tell)
        return _prove(rehearsal, assessments, tell)
    finally:
        rehearsal.close()


def _work(rehearsal: Rehearsal, tell: Tell) -> int:
    """Do the campaign, stage by stage, and give how many assessments were signed."""
    values = rehearsal.values
    tell(f"{values.title}：{len(values.counties)} 个县（市、区），{len(values.enterprises)} 家企业，全部虚构")
    rehearsal.enrol(tell)
    tell(
        f"开通：自治区、{len(rehearsal.cities)} 市、{len(rehearsal.counties)} 县的签发机构和科员，"
        f"服务员 {len(rehearsal.liaisons)} 人，专家 1 人"
    )
    rehearsal.order()
    tell(f"下达：批次 1 个，名录 {len(rehearsal.counties)} 份（.xlsx）已导入，任务包发到每位服务员")
    signed = rehearsal.answer(tell, until=calendar.FIRST_HAND_IN)
    tell(f"填报：{signed} 份诊断已签名，{len(rehearsal.liaisons)} 位服务员交到县局")
    accepted = rehearsal.review()
    tell(f"审核：县局通过 {accepted} 份，退回 {len(rehearsal.returned)} 份")
    for one in rehearsal.returned[:1]:
        tell(f"  退回 {one.name}：{one.reason}")
    rehearsal.correct()
    late = rehearsal.answer(tell, begin=calendar.FIRST_HAND_IN, until=calendar.SECOND_HAND_IN)
    tell(f"改正 {len(rehearsal.returned)} 份，补交迟到的 {late} 份；逐级汇总：")
    rehearsal.report(tell)
    return signed + len(rehearsal.returned) + late


def _prove(rehearsal: Rehearsal, assessments: int, tell: Tell) -> DemoOutcome:
    folder = rehearsal.stage.folder
    first = digest(rehearsal.region.workspace)
    second = _another_route(rehearsal, tell)
    _compare(first, second, tell)
    refused = _refuse_tampered(rehearsal, first, tell)
    conflicts = tuple(_shown(one) for one in list_conflicts(rehearsal.region.workspace.store))
    for one in conflicts[:1]:
        tell(f"冲突共 {len(conflicts)} 处，几份都留着，等科员选定。例如 {one.enterprise}：")
        tell(f"  {' 和 '.join(one.people)} 各交了一份")
    forms = _print_forms(rehearsal, tell)
    return DemoOutcome(
        folder=folder,
        passphrase=rehearsal.stage.passphrase,
        digest=first,
        second=second,
        packages=len(rehearsal.packages),
        assessments=assessments,
        returned=len(rehearsal.returned),
        refusal_code=refused.code,
        refusal=str(refused),
        conflicts=conflicts,
        forms=forms,
        workspaces=rehearsal.workspaces,
    )


def _another_route(rehearsal: Rehearsal, tell: Tell) -> Digest:
    """Merge every package there is, shuffled, straight into a second workspace of the region."""
    packages = list(rehearsal.packages)
    Random(rehearsal.values.seed).shuffle(packages)
    workspace = rehearsal.stage.create(rehearsal.stage.folder / "region-2", REGION, f"{REGION_BUREAU}（另一条路）")
    try:
        trust(workspace, (rehearsal.region.root,))
        known = sum(merge_package(workspace, package).total.known for package in packages)
        tell(f"另一条路：{len(packages)} 个包打乱次序，越过市、县，直接汇总到第二个自治区工作区")
        tell(f"  重复的记录 {known} 条自动认出；两边的指纹：")
        return digest(workspace)
    finally:
        workspace.close()


def _compare(first: Digest, second: Digest, tell: Tell) -> None:
    for one, other in zip(first.lines(), second.lines(), strict=True):
        name, _, value = one.partition(" ")
        tell(f"  {name:<8}{value[:32]}…  {other.partition(' ')[2][:32]}…")
    if first != second:
        raise BugError("rehearsal.digests_differ", first=first.lines(), second=second.lines())
    tell("  两个工作区的指纹完全相同")


def _refuse_tampered(rehearsal: Rehearsal, before: Digest, tell: Tell) -> PackageError:
    """Alter a county's package and offer it to the region."""
    genuine = next(path for path in rehearsal.packages if "交自治区" in path.name)
    altered = tamper(genuine, rehearsal.stage.folder / "tampered" / f"被改动-{genuine.name}")
    try:
        merge_package(rehearsal.region.workspace, altered)
    except PackageError as error:
        if digest(rehearsal.region.workspace) != before:
            raise BugError("rehearsal.tampering_unseen", package=altered.name) from error
        tell(f"改动一个包里的一个字符（{altered.name}），再汇总：\n  拒收：{error.message}{error.remedy}")
        return error
    raise BugError("rehearsal.tampering_unseen", package=altered.name)


def _print_forms(rehearsal: Rehearsal, tell: Tell) -> tuple[Path, ...]:
    """Let the expert print forms from his own workspace."""
    rehearsal.send_to_expert()
    workspace: Workspace = rehearsal.expert.workspace
    wanted = EnterpriseFilter(grade_from=_FROM_GRADE)
    items = list_enterprises(workspace.store, workspace.campaign(), wanted)
    best = sorted((item for item in items if not item.conflict), key=lambda item: (-(item.grade or 0), item.uscc))
    forms = []
    for item in best[:_FORMS]:
        path = rehearsal.stage.folder / "forms" / f"专家评审意见表-{item.name}.pdf"
        pages = write_form(workspace, item.uscc, path).pages
        tell(f"  {item.name}，{item.grade} 档，{item.total_number:.2f} 分，{pages} 页")
        forms.append(path)
    tell(f"专家评审意见表 {len(forms)} 份已打印到 forms")
    return tuple(forms)


def _shown(conflict: Conflict) -> ShownConflict:
    people = tuple(f"{head.author.person}（{head.author.organisation}）" for head in conflict.heads)
    return ShownConflict(conflict.enterprise or conflict.entity, conflict.uscc or "", people)
