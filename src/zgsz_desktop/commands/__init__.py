"""The verbs of the command line, one module a group; each calls one engine function and prints its result."""

from zgsz_desktop.commands import assessment, exchange, identity, paper, rehearsal, upkeep
from zgsz_desktop.commands.context import Verb

VERBS: tuple[Verb, ...] = (
    *upkeep.VERBS,
    *identity.VERBS,
    *assessment.VERBS,
    *exchange.VERBS,
    *paper.VERBS,
    *rehearsal.VERBS,
)
"""Every verb, in the order of the help."""
