"""The verbs that make simulated regions: `demo` and `simulate`."""

import time
from argparse import Namespace
from pathlib import Path

from zgsz_desktop.commands.context import Context, Verb, argument
from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.rehearsal.demo import DemoOutcome, DemoSize, run_demo
from zgsz_desktop.engine.rehearsal.training import Training, TrainingSize, make_training

DEMO_FOLDER = Path("demo-out")


class _Teller:
    """Says a line with the seconds since the beginning."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._begin = time.perf_counter()

    def __call__(self, text: str) -> None:
        self._context.say(f"[{self.seconds:5.1f} 秒] {text}")

    @property
    def seconds(self) -> float:
        """How long it has taken so far."""
        return time.perf_counter() - self._begin


MOST_ENTERPRISES = 200_000


def _demo(context: Context, options: Namespace) -> int:
    check_size(options.enterprises)
    tell = _Teller(context)
    size = DemoSize(options.enterprises, options.seed)
    done = run_demo(options.out, context.resources, context.clock, tell, size=size)
    tell("完成")
    context.data(done.to_json(), lambda: _demo_lines(done))
    return 0


def _demo_lines(done: DemoOutcome) -> list[str]:
    folder = done.folder
    return [
        "",
        f"全部在 {folder}（模拟数据，随时可以整个删除）：",
        f"  {folder / 'region'}    自治区的工作区；cities、counties、liaisons、expert 是市、县、服务员和专家的",
        f"  {folder / 'packages'}  {done.packages} 个数据包，可以拖到窗口的“汇总”页；tampered 里是被改动过的",
        f"  {folder / 'rosters'}   名录（.xlsx）；forms 是专家评审意见表（.pdf）；enrolment 是开通申请和答复",
        f"每个工作区的口令：{done.passphrase}",
        "用窗口打开：",
        *(f"  zgsz-desktop {_quoted(path)}" for path in _worth_opening(done)),
        "命令行：",
        f"  zgsz digest --workspace {_quoted(folder / 'region')}",
    ]


def _worth_opening(done: DemoOutcome) -> list[Path]:
    """One of each kind."""
    seen: dict[str, Path] = {}
    for path in done.workspaces:
        seen.setdefault(path.relative_to(done.folder).parts[0], path)
    return list(seen.values())


def _quoted(path: Path) -> str:
    text = str(path)
    return f'"{text}"' if " " in text else text


def _simulate(context: Context, options: Namespace) -> int:
    check_size(options.enterprises, options.cities, options.counties)
    tell = _Teller(context)
    size = TrainingSize(options.enterprises, options.seed, options.cities, options.counties)
    done = make_training(options.folder, context.resources, context.clock, tell, size=size)
    tell("完成")
    context.data(done.to_json(), lambda: _training_lines(done))
    return 0


def _training_lines(done: Training) -> list[str]:
    return [
        f"模拟区域在 {done.folder}：{done.cities} 市 {done.counties} 县，企业 {done.enterprises} 家。",
        f"诊断 {done.assessments} 份，交上来的数据包 {len(done.packages)} 个。",
        f"每个工作区的口令：{done.passphrase}",
        *done.digest.lines(),
    ]


def check_size(enterprises: int, *others: int | None) -> None:
    """Refuse numbers that make no region.

    Raises:
        UserError: `rehearsal.size`.
    """
    if not 1 <= enterprises <= MOST_ENTERPRISES or any(number is not None and number < 1 for number in others):
        raise UserError("rehearsal.size", limit=MOST_ENTERPRISES)


_SEED = argument("--seed", type=int, default=1, metavar="S", help="种子：同一个种子，同样的企业和答案")

VERBS = (
    Verb(
        "demo",
        "用虚构的数据把主要工作走一遍：两市五县，从开通到专家评审意见表",
        _demo,
        (
            argument("--out", type=Path, default=DEMO_FOLDER, metavar="DIR", help="放在哪里，默认 demo-out"),
            argument("--enterprises", type=int, default=200, metavar="N", help="企业数，默认 200"),
            _SEED,
        ),
    ),
    Verb(
        "simulate",
        "做一个虚构的区域（自治区、市、县的工作区和数据包），用来培训和测速",
        _simulate,
        (
            argument("folder", type=Path, metavar="DIR", help="放在哪里"),
            argument("--enterprises", type=int, required=True, metavar="N", help="企业数"),
            _SEED,
            argument("--cities", type=int, default=None, metavar="C", help="市的数目，不写按企业数定"),
            argument("--counties", type=int, default=None, metavar="K", help="县（市、区）的数目，不写按企业数定"),
        ),
    ),
)
