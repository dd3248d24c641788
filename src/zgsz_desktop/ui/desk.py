"""An open workspace in the window: its rooms by role, the pages opened from them, and what their buttons do.

The only place that knows several pages; a page knows the engine and says by signals what is wanted of others.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from zgsz_desktop.engine import ops_drafts
from zgsz_desktop.engine.changes import Changes
from zgsz_desktop.engine.drafts import Draft, DraftId
from zgsz_desktop.engine.enrolling import own_identities
from zgsz_desktop.engine.errors import AppError, BugError
from zgsz_desktop.engine.identity.display import ROLE_TITLES, Description
from zgsz_desktop.engine.model import Level, Role, level_of, parent_of
from zgsz_desktop.engine.ops_exchange import HandedOver, hand_over
from zgsz_desktop.engine.records.envelope import Sealer
from zgsz_desktop.engine.store.enterprise_list import EnterpriseState, enterprise_item
from zgsz_desktop.engine.store.enterprises import load_enterprise
from zgsz_desktop.ui.dialogs.keys import KeysDialog
from zgsz_desktop.ui.dialogs.passphrase import PassphraseDialog
from zgsz_desktop.ui.files import PACKAGES, PDFS, WORKBOOKS, FileChooser
from zgsz_desktop.ui.main_window import Heading, MainWindow, Room
from zgsz_desktop.ui.marks import Chip, StateChip, Tone
from zgsz_desktop.ui.outcomes import export_note, form_note, roster_note
from zgsz_desktop.ui.pages.answering.page import AnsweringPage
from zgsz_desktop.ui.pages.enterprises import EnterprisesPage
from zgsz_desktop.ui.pages.merging.page import MergePage
from zgsz_desktop.ui.pages.result.page import ResultPage
from zgsz_desktop.ui.pages.settings import SettingsPage
from zgsz_desktop.ui.session import Session
from zgsz_desktop.ui.theme import Theme

HOME, MERGING, SETTINGS = "home", "merging", "settings"
SAMPLE_CHIP = Chip("模拟数据", Tone.WARN, "flask-conical")


class Desk(QObject):
    """One open workspace.

    Signals:
        colours_chosen(str): of the settings page.
        close_wanted: back to the first page.
    """

    colours_chosen = Signal(str)
    close_wanted = Signal()

    def __init__(self, window: MainWindow, theme: Theme, session: Session, files: FileChooser) -> None:
        super().__init__(window)
        self.window = window
        self.theme = theme
        self.session = session
        self.files = files
        self.who = _author(session)
        session.job_started.connect(window.follow)
        session.failed.connect(window.show_error)
        session.changed.connect(self._count_waiting)
        window.open_rooms(self._rooms())
        self._introduce()
        if window.shell is not None:
            window.shell.top.search_submitted.connect(self.search)
            window.shell.top.search_changed.connect(self.search)

    @property
    def enterprises(self) -> EnterprisesPage:
        """The list, made with the desk."""
        return self._enterprises

    def search(self, text: str) -> None:
        """Show what the search field at the top finds."""
        self.window.show_room(HOME)
        self._enterprises.search.set_text(text)
        self._enterprises.refresh()

    def open_enterprise(self, uscc: str) -> None:
        """Begin, go on, or look, by the state of the enterprise."""
        workspace = self.session.reading
        item = enterprise_item(workspace.store, workspace.campaign(), uscc)
        if item is None:
            return
        if self.who is not None and self.who.holder.role is Role.CLERK:
            if item.submission is not None:  # answering is the liaisons' business
                self.show_result(entity=item.submission)
        elif item.state in {EnterpriseState.NOT_STARTED, EnterpriseState.DRAFTING}:
            self._run(lambda write: ops_drafts.open_draft(write, uscc), self._answer)
        elif item.state is EnterpriseState.RETURNED and item.submission is not None:
            entity = item.submission
            self._run(lambda write: ops_drafts.reopen(write, entity), self._answer)
        elif item.submission is not None:
            self.show_result(entity=item.submission)

    def show_result(self, *, draft: DraftId | None = None, entity: str | None = None) -> None:
        """Open the result of a draft or of a submission."""
        page = ResultPage(self.theme, self.session, draft=draft, entity=entity)
        page.error_raised.connect(self.window.show_error)
        page.back_to_answering.connect(self._back_to_answering)
        page.signed.connect(self._signed)
        page.export_wanted.connect(self.export)
        page.form_wanted.connect(self.print_form)
        page.heading_changed.connect(lambda: self.window.set_heading(page, self._heading_of(page)))
        self.window.push(page, self._heading_of(page))

    def export(self) -> None:
        """Write the package for the level above (a liaison's: for his county)."""
        workspace = self.session.reading
        to = workspace.division if self._is_liaison else (parent_of(workspace.division) or workspace.division)
        stamp = f"{self.session.clock.now():%Y%m%d}"
        proposed = workspace.outbox / f"{workspace.divisions.name(workspace.division)}_{self._person}_{stamp}.zgsz"
        path = self.files.save(self.window, "导出", proposed, PACKAGES)
        if path is None:
            return
        self._with_key(
            "导出要签名",
            "签名并导出",
            lambda: self.session.start(
                "导出",
                lambda write, job: hand_over(write, self._sealer, path, to_division=to, progress=job.progress),
                done=self._exported,
                failed=self.window.show_error,
            ),
        )

    def import_roster(self) -> None:
        """Take a bureau's workbook in; with any error nothing, and all findings are shown."""
        from zgsz_desktop.engine.ops_roster import import_roster  # noqa: PLC0415 openpyxl takes 0.2 s to load

        path = self.files.open(self.window, "导入名录", WORKBOOKS)
        if path is None:
            return
        self._with_key(
            "导入名录要签名",
            "签名并导入",
            lambda: self.session.start(
                "导入名录",
                lambda write, job: import_roster(write, self._sealer, path, progress=job.progress),
                done=lambda done: self.window.show_notice(roster_note(self.theme, done)),
                failed=self.window.show_error,
            ),
        )

    def print_form(self, uscc: str) -> None:
        """Write the expert review form as PDF and open it."""
        from zgsz_desktop.engine.expert_form import write_form  # noqa: PLC0415 reportlab and pypdf take 0.3 s to load

        workspace = self.session.reading
        row = load_enterprise(workspace.store, uscc)
        name = row.name if row else uscc
        proposed = workspace.outbox / f"专家评审意见表_{name}.pdf"
        path = self.files.save(self.window, "打印专家评审意见表", proposed, PDFS)
        if path is None:
            return
        self.session.start(
            "打印专家评审意见表",
            lambda write, _: write_form(write, uscc, path),
            done=lambda done: self.window.show_notice(form_note(self.theme, path, done)),
            failed=self.window.show_error,
        )

    @property
    def _is_liaison(self) -> bool:
        return self.who is None or self.who.holder.role is Role.LIAISON

    @property
    def _person(self) -> str:
        return self.who.person if self.who else ""

    @property
    def _sealer(self) -> Sealer:
        """The opened key; only `_with_key` leads here."""
        if self.session.sealer is None:
            raise BugError("bug.unexpected", detail="no key is open")
        return self.session.sealer

    def _rooms(self) -> list[Room]:
        chips = self._chips()
        campaign = f"{self.session.reading.campaign()} 年批次"
        settings = Room(SETTINGS, "settings", "设置", Heading("设置", chips=chips), self._make_settings, at_bottom=True)
        if self._is_liaison:
            home = Room(HOME, "house", "首页", Heading("我的企业", campaign, chips), self._make_enterprises)
            merging = Room(MERGING, "file-input", "收文件", Heading("收文件", campaign, chips), self._make_merging)
        else:
            home = Room(HOME, "building-2", "企业", Heading("企业", campaign, chips), self._make_enterprises)
            merging = Room(MERGING, "combine", "汇总", Heading("合并上报文件", campaign, chips), self._make_merging)
        return [home, merging, settings]

    def _make_enterprises(self) -> EnterprisesPage:
        page = EnterprisesPage(self.theme, self.session, self.who)
        page.enterprise_opened.connect(self.open_enterprise)
        page.roster_wanted.connect(self.import_roster)
        page.export_wanted.connect(self.export)
        page.merge_wanted.connect(lambda: self.window.show_room(MERGING))
        self._enterprises = page
        return page

    def _make_merging(self) -> MergePage:
        return MergePage(self.theme, self.session)

    def _make_settings(self) -> SettingsPage:
        page = SettingsPage(self.theme, self.session)
        page.colours_chosen.connect(self.colours_chosen)
        page.close_wanted.connect(self.close_wanted)
        return page

    def _introduce(self) -> None:
        if self.window.shell is None:
            return
        place = self.session.reading.divisions.full_name(self.session.reading.division)
        if self.who is None:
            self.window.shell.top.set_identity("只能查看", place)
            return
        level = {Level.COUNTY: "县级", Level.CITY: "市级", Level.REGION: "自治区"}[level_of(self.who.holder.scope)]
        role = level if self.who.holder.role is Role.CLERK else ROLE_TITLES[self.who.holder.role]
        self.window.shell.top.set_identity(self.who.person, f"{role}，{place}")

    def _heading_of(self, page: ResultPage) -> Heading:
        heading = page.heading()
        return Heading(heading.title, heading.sub, self._chips(*heading.chips))

    def _chips(self, *more: Chip) -> tuple[Chip, ...]:
        return (*more, SAMPLE_CHIP) if self.session.reading.simulated else more

    def _answer(self, outcome: ops_drafts.DraftChange) -> None:
        self._show_answering(outcome.draft)

    def _show_answering(self, draft: Draft, question: str = "") -> None:
        page = AnsweringPage(self.theme, self.session, draft.id)
        row = load_enterprise(self.session.reading.store, draft.uscc)
        name = row.name if row else draft.uscc
        page.saved.connect(lambda stamp: self.window.say_saved(page, stamp[11:19]))
        page.save_failed.connect(lambda sentence: self.window.say_not_saved(page, sentence))
        page.error_raised.connect(self.window.show_error)
        page.result_wanted.connect(lambda which: self.show_result(draft=DraftId(which)))
        page.keys_wanted.connect(lambda: KeysDialog(self.theme, self.window).exec())
        self.window.push(page, Heading(name, chips=self._chips(StateChip.ANSWERING.value)))
        self.window.say_saved(page, draft.changed_time[11:19])
        if question:
            page.go_to(question)

    def _back_to_answering(self, draft: str, question: str) -> None:
        self.window.back()
        page = self.window.current_page()
        if isinstance(page, AnsweringPage) and page.draft.id == draft:
            page.go_to(question or None)
        else:
            self._show_answering(ops_drafts.find_draft(self.session.reading, draft), question)

    def _signed(self, entity: str) -> None:
        self.window.show_room(HOME)  # takes the answering page off: what is signed is not answered any more
        self.show_result(entity=entity)
        if self.window.shell is not None:
            self.window.shell.toast.say("已签名并重新核对，可以导出了")

    def _exported(self, done: HandedOver) -> None:
        self.window.show_notice(export_note(self.theme, done.package))
        self._enterprises.refresh()

    def _with_key(self, title: str, act: str, then: Callable[[], object]) -> None:
        """Do something that signs: at once where the key is open, else after the passphrase."""
        if self.session.sealer is not None:
            then()
            return
        dialog = PassphraseDialog(self.theme, self.session, title=title, act=act, parent=self.window)
        dialog.accepted.connect(then)
        dialog.open()

    def _run(self, op: Callable[..., ops_drafts.DraftChange], done: Callable[[ops_drafts.DraftChange], None]) -> None:
        def failed(error: AppError) -> None:
            self.window.show_error(error)

        self.session.run(op, origin=self, done=done, failed=failed)

    def _count_waiting(self, changes: Changes, origin: object) -> None:  # noqa: ARG002 the signal has both
        if self.window.shell is not None and self.window.current_room() == HOME and origin is self:
            self._enterprises.refresh()


def _author(session: Session) -> Description | None:
    """Find who works here: the newest certificate that signs records."""
    for one in own_identities(session.reading):
        if one.description is not None and one.description.holder.role is not Role.AUTHORITY:
            return one.description
    return None
