"""The first page: left what the program is, middle the choices, right the steps of the chosen one.

It opens nothing itself: it says what was chosen, `app.py` does it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from zgsz_desktop import __version__
from zgsz_desktop.engine.errors import AppError
from zgsz_desktop.ui.marks import Chip, Tone
from zgsz_desktop.ui.painting import draw_plate
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.buttons import Button, ButtonKind
from zgsz_desktop.ui.widgets.cards import Card, ChoiceCard, clear_layout
from zgsz_desktop.ui.widgets.marks import IconLabel, KeyCap, Ladder
from zgsz_desktop.ui.widgets.notes import InlineNote, NoteTone, note_of_error
from zgsz_desktop.ui.widgets.painted import PaintedWidget
from zgsz_desktop.ui.widgets.text import Label, TextRole

LEFT_WIDTH = 360
ALL_GRADES = 10


class Choice(StrEnum):
    """What a person can do first."""

    SAMPLE = "sample"
    LIAISON = "liaison"
    BUREAU = "bureau"
    EXPERT = "expert"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of what follows."""

    title: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Offer:
    """One choice: its card, and what the right side says about it.

    Attributes:
        action: the verb of the primary button; empty where the next step is not taken in this window.
        note: what else is good to know: title and sentence.
    """

    choice: Choice
    icon: str
    title: str
    sentence: str
    heading: str
    intro: str
    steps: tuple[Step, ...]
    action: str
    action_icon: str
    note: tuple[str, str]
    chip: Chip | None = None


_ENROL = (
    Step("填写申请", "写上姓名、单位和联系的县区。密钥在本机生成，不出这台电脑。"),
    Step("交给{whom}", "用 U 盘或微信发过去都行，申请文件里没有任何企业数据。"),
    Step("打开答复", "答复文件到了以后，名单和任务一起到，马上可以填。"),
)
_WAITING = ("在等答复？", "可以先用“先体验一下”练手，示例不会混进正式数据。")


def _enrolment(whom: str) -> tuple[Step, ...]:
    return tuple(Step(step.title.format(whom=whom), step.sentence) for step in _ENROL)


OFFERS = (
    Offer(
        Choice.SAMPLE, "flask-conical", "先体验一下", "打开一份做好的示例，随便点，随时可删",
        "先体验一下", "约半分钟，在本机现做一份示例工作区。",
        (
            Step("做一份示例", "虚构的企业、服务员和县局，自带一套“体验”签名，和正式数据互不相认。"),
            Step("随便试", "填几道题、看看结果、导出、合并，都是真的功能。"),
            Step("不要了就删", "示例在一个单独的文件夹里，删掉文件夹就干净了。"),
        ),
        "打开示例", "flask-conical",
        ("示例数据", "企业名称、人名、电话都是编的，标着“模拟”，不能用作任何依据。"),
        Chip("示例数据", Tone.WARN),
    ),
    Offer(
        Choice.LIAISON, "user-round", "我是服务员", "联系企业、现场填写、交给县里",
        "服务员开通，三步", "全程用文件，不需要网络。一般当天就能办好。",
        _enrolment("县工信局"), "打开工作区", "folder-open", _WAITING,
    ),
    Offer(
        Choice.BUREAU, "landmark", "我是工信部门", "县、市、自治区：布置、汇总、评审、分析",
        "工信部门开通，三步", "上级单位签发以后，本单位的人由本单位开通。",
        _enrolment("上级工信部门"), "打开工作区", "folder-open", _WAITING,
    ),
    Offer(
        Choice.EXPERT, "badge-check", "我是专家", "3 档及以上企业的现场核验和评审意见",
        "专家开通，三步", "由市或自治区工信部门开通。",
        _enrolment("市或自治区工信部门"), "打开工作区", "folder-open", _WAITING,
    ),
    Offer(
        Choice.OPEN, "folder-open", "打开已有工作区", "从这台电脑、移动硬盘或备份文件夹",
        "打开已有工作区", "工作区是一个文件夹，里面有一个 workspace.db。",
        (
            Step("选文件夹", "选中那个文件夹本身，不用点进去选文件。"),
            Step("接着做", "上次停在哪道题，就从哪道题接着填。"),
        ),
        "选择文件夹", "folder-open",
        ("换了电脑？", "把整个文件夹拷过来再打开，填过的一样不少。"),
    ),
)  # fmt: skip
"""The choices, in the order of their number keys."""

PROMISES = (
    ("hard-drive", "不联网也能用", "数据只存在这台电脑，交换靠文件"),
    ("shield-check", "文件都带签名", "谁交的、改没改过，打开就知道"),
    ("save", "随填随存", "断电、死机也不丢已答的题"),
)


class StartPage(PaintedWidget):
    """The first page.

    Signals:
        sample_wanted: make and open the sample workspace.
        open_wanted: choose a folder and open it.
        recent_wanted(str): open this workspace again.
    """

    sample_wanted = Signal()
    open_wanted = Signal()
    recent_wanted = Signal(str)

    def __init__(
        self, theme: Theme, set_title: str, recent: Sequence[tuple[str, str]] = (), parent: QWidget | None = None
    ) -> None:
        """Make the page.

        Args:
            theme: colours, fonts and icons.
            set_title: the newest indicator set, for the line at the bottom.
            recent: folder and title of workspaces opened before, newest first.
            parent: Qt parent.
        """
        super().__init__(theme, parent)
        self._recent = recent
        self._cards: dict[Choice, ChoiceCard] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left(set_title))
        self._sheet = _Sheet(theme)
        row.addWidget(self._sheet, 1)
        inside = QHBoxLayout(self._sheet)
        inside.setContentsMargins(45, 44, 40, 28)
        inside.setSpacing(28)
        inside.addLayout(self._middle(), 1)
        self._panel = Card(theme, padding=32, spacing=10)
        self._panel.setMinimumWidth(380)
        self._panel.setMaximumWidth(560)
        inside.addWidget(self._panel, 1)
        for number, offer in enumerate(OFFERS, start=1):
            shortcut = QShortcut(QKeySequence(str(number)), self)
            shortcut.activated.connect(lambda choice=offer.choice: self.choose(choice))
        self.choose(Choice.SAMPLE)

    def choose(self, choice: Choice) -> None:
        """Choose as by click or number key; nothing is done before the primary button."""
        card = self._cards[choice]
        card.setChecked(True)
        card.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._show_offer(next(offer for offer in OFFERS if offer.choice is choice))

    def show_error(self, error: AppError) -> None:
        """Say why it could not be opened; the page stays usable."""
        self._show_offer(self._offer)
        self._panel.body.insertWidget(0, note_of_error(self.theme, error))

    def show_busy(self, text: str) -> None:
        """Say that the sample is being made."""
        self.action.setEnabled(False)
        self.action.setText(text)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  a plate
        painter = self.painter()
        painter.fillRect(self.rect(), QColor(self.theme.tokens.canvas))
        painter.end()

    def _left(self, set_title: str) -> QWidget:
        theme = self.theme
        left = QWidget()
        left.setFixedWidth(LEFT_WIDTH)
        column = QVBoxLayout(left)
        column.setContentsMargins(44, 44, 32, 26)
        column.setSpacing(8)
        column.addWidget(_Logo(theme))
        column.addSpacing(16)
        column.addWidget(Label(theme, "智改数转诊断", TextRole.GRADE))
        column.addWidget(Label(theme, "规上工业企业诊断、汇总、评审，\n在这一台电脑上完成。", TextRole.SECONDARY))
        column.addSpacing(24)
        for icon, title, sentence in PROMISES:
            row = QHBoxLayout()
            row.setSpacing(12)
            row.addWidget(IconLabel(theme, icon, 18, "accent"), 0, Qt.AlignmentFlag.AlignTop)
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(Label(theme, title, TextRole.CARD))
            words.addWidget(Label(theme, sentence, TextRole.HELPER))
            row.addLayout(words, 1)
            column.addLayout(row)
            column.addSpacing(8)
        column.addStretch(1)
        ladder = Ladder(theme, height=60)
        ladder.set_grade(ALL_GRADES)
        ladder.setFixedWidth(236)
        column.addWidget(ladder)
        column.addWidget(Label(theme, "五级十档", TextRole.CAPTION))
        column.addSpacing(14)
        column.addWidget(Label(theme, f"版本 {__version__}　{set_title}", TextRole.CAPTION))
        return left

    def _middle(self) -> QVBoxLayout:
        theme = self.theme
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(Label(theme, "您来做什么？", TextRole.FIGURE))
        column.addWidget(Label(theme, "按数字键或上下键选，按 Enter 继续。", TextRole.SECONDARY))
        column.addSpacing(8)
        group = QButtonGroup(self)
        for number, offer in enumerate(OFFERS, start=1):
            card = ChoiceCard(
                theme, icon=offer.icon, title=offer.title, sentence=offer.sentence, keys=str(number), chip=offer.chip
            )
            group.addButton(card)
            card.clicked.connect(lambda _=False, choice=offer.choice: self.choose(choice))
            self._cards[offer.choice] = card
            column.addWidget(card)
        column.addStretch(1)
        for folder, title in self._recent[:3]:
            button = Button(theme, f"上次的工作区：{title}", ButtonKind.LINK, icon="history")
            button.setToolTip(folder)
            button.clicked.connect(lambda _=False, path=folder: self.recent_wanted.emit(path))
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return column

    def _show_offer(self, offer: Offer) -> None:
        theme = self.theme
        self._offer = offer
        body = self._panel.body
        clear_layout(body)
        body.addWidget(Label(theme, offer.heading, TextRole.QUESTION, wrap=True))
        body.addWidget(Label(theme, offer.intro, TextRole.SECONDARY, wrap=True))
        body.addSpacing(16)
        for number, step in enumerate(offer.steps, start=1):
            body.addLayout(self._step(number, step))
        body.addStretch(1)
        body.addWidget(InlineNote(theme, NoteTone.INFO, *offer.note))
        row = QHBoxLayout()
        row.addStretch(1)
        self.action = Button(theme, offer.action, ButtonKind.PRIMARY, icon=offer.action_icon, keys="Enter", height=36)
        self.action.clicked.connect(self._act)
        row.addWidget(self.action)
        body.addLayout(row)

    def _step(self, number: int, step: Step) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(KeyCap(self.theme, str(number)), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(self.theme, step.title, TextRole.PANEL))
        words.addWidget(Label(self.theme, step.sentence, TextRole.SECONDARY, wrap=True))
        row.addLayout(words, 1)
        return row

    def keyPressEvent(self, event: object) -> None:
        key = event.key()  # type: ignore[attr-defined]
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.action.isEnabled():
            self._act()
            return
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            order = [offer.choice for offer in OFFERS]
            step = 1 if key == Qt.Key.Key_Down else -1
            self.choose(order[(order.index(self._offer.choice) + step) % len(order)])
            return
        super().keyPressEvent(event)  # type: ignore[arg-type]

    def _act(self) -> None:
        if self._offer.choice is Choice.SAMPLE:
            self.sample_wanted.emit()
        else:
            self.open_wanted.emit()


class _Sheet(PaintedWidget):
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  a plate
        painter = self.painter()
        area = self.area().adjusted(0, 0, 40, 40)  # only the top-left corner is round
        draw_plate(painter, area, 10, fill=self.theme.tokens.surface, border=self.theme.tokens.line)
        painter.end()


class _Logo(PaintedWidget):
    """Four rising bars on the accent colour."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setFixedSize(52, 52)
        self.setAccessibleName("智改数转诊断")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  small
        painter = self.painter()
        area = self.area()
        draw_plate(painter, area, 12, fill=self.theme.tokens.fill)
        for index, height in enumerate((8, 14, 20, 27)):
            bar = area.adjusted(12 + 8 * index, 39 - height, 0, 0)
            bar.setSize(bar.size().expandedTo(bar.size()))
            bar.setWidth(5)
            bar.setHeight(height)
            draw_plate(painter, bar, 2, fill=self.theme.tokens.on_fill)
        painter.end()
