"""Whatever somebody does with a draft: undo leads back step by step, redo forth again, and the file agrees.

A plain model (a list of states and a position in it) walks along with the real thing.
"""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from support.authorities import make_region
from support.workspaces import COUNTY, add_enterprises, make_workspace, trust_people
from zgsz_desktop.engine import ops
from zgsz_desktop.engine.drafts import Draft
from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.scoring.result import score
from zgsz_desktop.engine.workspace import Workspace

NUMBERS = st.integers(0, 60) | st.none()
ANSWERS = st.one_of(
    st.tuples(st.sampled_from(["sme.q05", "sme.q08"]), st.sampled_from("ABCDE").map(lambda key: {"choice": [key]})),
    st.tuples(
        st.sampled_from(["sme.q01", "sme.q06"]),
        st.lists(st.sampled_from("ABCDE"), unique=True, max_size=3).map(lambda keys: {"choice": keys}),
    ),
    st.tuples(
        st.just("sme.q02"), st.builds(lambda a, b: {"inputs": {"equip_digital": a, "equip_total": b}}, NUMBERS, NUMBERS)
    ),
    st.tuples(
        st.just("sme.q03"), st.builds(lambda a, b: {"inputs": {"equip_online": a, "equip_total": b}}, NUMBERS, NUMBERS)
    ),
    st.tuples(st.sampled_from(["sme.q02", "sme.q03"]), st.sampled_from("ABCDE").map(lambda key: {"choice": [key]})),
    st.tuples(st.sampled_from(["sme.s01", "sme.s02"]), st.sampled_from("01234").map(lambda key: {"choice": [key]})),
    st.tuples(st.sampled_from(["sme.s01", "sme.s02"]), st.just({"na": True})),
)
QUESTIONS = st.sampled_from(["sme.q01", "sme.q02", "sme.q03", "sme.q05", "sme.s01", "sme.s02"])
Fields = tuple[dict, dict, dict]


def fields(draft: Draft) -> Fields:
    return draft.answers, draft.profile, draft.reasons


class DraftMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        region = make_region()
        clerk = region.clerk(COUNTY)
        self.workspace = make_workspace(Path(self.folder.name) / "w", region)
        trust_people(self.workspace, region)
        [code] = add_enterprises(self.workspace, clerk, 1)
        self.set = self.workspace.campaign_set("2024")
        self.draft = ops.open_draft(self.workspace, code).draft
        self.states: list[Fields] = [fields(self.draft)]
        self.position = 0

    def teardown(self) -> None:
        self.workspace.close()
        self.folder.cleanup()

    def did(self, change: ops.DraftChange) -> None:
        self.draft = change.draft
        if change.changes.drafts:
            self.states[self.position + 1 :] = [fields(change.draft)]
            self.position += 1

    @rule(given=ANSWERS)
    def answer(self, given: tuple[str, dict]) -> None:
        try:
            self.did(ops.answer(self.workspace, self.draft.id, *given))
        except UserError as error:
            assert error.code.startswith("answer.")

    @rule(question=QUESTIONS)
    def clear(self, question: str) -> None:
        self.did(ops.clear_answer(self.workspace, self.draft.id, question))

    @rule(question=QUESTIONS, note=st.sampled_from(["", "一", "二"]))
    def note(self, question: str, note: str) -> None:
        self.did(ops.write_note(self.workspace, self.draft.id, question, note))

    @rule(employees=st.integers(0, 2000) | st.none())
    def profile(self, employees: int | None) -> None:
        self.did(ops.set_profile(self.workspace, self.draft.id, {"employees": employees}))

    @precondition(lambda self: self.position > 0)
    @rule()
    def undo(self) -> None:
        self.draft = ops.undo(self.workspace, self.draft.id).draft
        self.position -= 1

    @precondition(lambda self: self.position < len(self.states) - 1)
    @rule()
    def redo(self) -> None:
        self.draft = ops.redo(self.workspace, self.draft.id).draft
        self.position += 1

    @rule()
    def restart(self) -> None:
        before = self.workspace
        self.workspace = Workspace.open(before.folder, resources=before.resources, clock=before.clock)
        before.close()

    @invariant()
    def file_and_model_agree(self) -> None:
        kept = ops.find_draft(self.workspace, self.draft.id)
        assert fields(kept) == fields(self.draft) == self.states[self.position]
        assert (kept.can_undo, kept.can_redo) == (self.position > 0, self.position < len(self.states) - 1)
        assert (kept.answered, kept.applicable) == (self.draft.answered, self.draft.applicable)

    @invariant()
    def one_quantity_has_one_value_and_all_can_be_scored(self) -> None:
        totals = {
            answer["inputs"]["equip_total"]
            for name in ("sme.q02", "sme.q03")
            if "equip_total" in (answer := self.draft.answers.get(name, {})).get("inputs", {})
        }
        assert len(totals) <= 1
        result = score(self.set, self.draft.profile, self.draft.answers)
        assert len(result.missing) == self.draft.applicable - self.draft.answered


TestDrafts = DraftMachine.TestCase
TestDrafts.settings = settings(
    max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
