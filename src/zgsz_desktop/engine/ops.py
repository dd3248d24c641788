"""Every change that a user can make, by one name: what the window and the command line call.

One function is one act and one transaction; it returns `Changes`, or a value with its `Changes` in `changes`.
"""

from zgsz_desktop.engine.ops_drafts import (
    DraftChange,
    LastRound,
    answer,
    answer_many,
    clear_answer,
    discard_draft,
    find_draft,
    last_round,
    mark_doubtful,
    mark_not_applicable,
    open_draft,
    redo,
    reopen,
    restore_draft,
    set_position,
    set_profile,
    undo,
    write_note,
    write_reason,
)
from zgsz_desktop.engine.ops_exchange import HandedOver, hand_over
from zgsz_desktop.engine.ops_records import (
    ReviewDecision,
    assign,
    choose_campaign,
    find_enterprise,
    publish_campaign,
    rename_workspace,
    review,
    save_enterprise,
)
from zgsz_desktop.engine.ops_roster import RosterImport, RosterPlan, import_roster, plan_roster
from zgsz_desktop.engine.ops_submit import Submitted, look_over, newcomers, submit

__all__ = [
    "DraftChange",
    "HandedOver",
    "LastRound",
    "ReviewDecision",
    "RosterImport",
    "RosterPlan",
    "Submitted",
    "answer",
    "answer_many",
    "assign",
    "choose_campaign",
    "clear_answer",
    "discard_draft",
    "find_draft",
    "find_enterprise",
    "hand_over",
    "import_roster",
    "last_round",
    "look_over",
    "mark_doubtful",
    "mark_not_applicable",
    "newcomers",
    "open_draft",
    "plan_roster",
    "publish_campaign",
    "redo",
    "rename_workspace",
    "reopen",
    "restore_draft",
    "review",
    "save_enterprise",
    "set_position",
    "set_profile",
    "submit",
    "undo",
    "write_note",
    "write_reason",
]
