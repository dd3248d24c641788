"""Heads of one entity: twins, edges that count, what supersedes what, depth (records-and-merge.md 3). Pure.

Twins are one node. Since twins have equal `supersedes`, and an id is a hash over what it names, the graph of nodes has
no cycle; data without hashes (tests) may have one, and still every function here ends. Nothing recurses: chains may
be as long as an entity is old.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import cache

from zgsz_desktop.engine.model import RecordId, Role, covers
from zgsz_desktop.engine.records.facts import Fact

Assigned = Callable[[], str | None]
"""Gives the name of the liaison assigned to the enterprise now; asked only where it decides."""


@dataclass(slots=True, eq=False)
class Node:
    """Records that are one: equal division, `supersedes` and content.

    Attributes:
        below: nodes to which an edge of any member counts.
        replaced: those of them to which an edge of an effective member counts.
    """

    members: list[Fact] = field(default_factory=list)
    effective: list[Fact] = field(default_factory=list)
    below: list["Node"] = field(default_factory=list)
    replaced: list["Node"] = field(default_factory=list)
    superseded: bool = False
    depth: int = 0

    @property
    def face(self) -> Fact:
        """The effective member with the smallest id, which stands for them."""
        return min(self.effective, key=lambda fact: fact.id)


def edge_counts(newer: Fact, older: Fact, assigned: Assigned) -> bool:
    """Tell whether `newer`, which names `older`, may replace it. Both are admitted and of one entity."""
    if not covers(newer.scope, older.division):
        return False
    if newer.holder == older.holder or newer.role is Role.CLERK or older.role is Role.CLERK:
        return True
    return newer.kind == "submission" and newer.role is Role.LIAISON and newer.holder == assigned()


def find_heads(facts: Sequence[Fact], effective: Collection[RecordId], assigned: Assigned) -> list[Node]:
    """Find the nodes that are effective and that nothing supersedes; their depth is known where they are several."""
    nodes = _join_twins(facts, effective)
    if len(nodes) > 1:
        _link(nodes, facts, cache(assigned))
        _mark_superseded(nodes)
    heads = [node for node in nodes if node.effective and not node.superseded]
    if len(heads) > 1:
        for head in heads:
            _measure(head)
    return heads


def current_of(heads: Sequence[Node]) -> Node | None:
    """Choose the current version: the head, or of several the deepest, then the latest, then the greatest id."""
    return max(heads, key=lambda node: (node.depth, node.face.at, node.face.id), default=None)


def _join_twins(facts: Sequence[Fact], effective: Collection[RecordId]) -> list[Node]:
    nodes: dict[tuple[str, tuple[RecordId, ...], str], Node] = {}
    for fact in facts:
        node = nodes.setdefault((fact.division, fact.supersedes, fact.content), Node())
        node.members.append(fact)
        if fact.id in effective:
            node.effective.append(fact)
    return list(nodes.values())


def _link(nodes: Sequence[Node], facts: Sequence[Fact], assigned: Assigned) -> None:
    by_id = {fact.id: fact for fact in facts}
    node_of = {fact.id: node for node in nodes for fact in node.members}
    for node in nodes:
        authors, believed = _one_of_each_author(node.members), _one_of_each_author(node.effective)
        for name in node.members[0].supersedes:
            older = by_id.get(name)
            if older is None:  # its package has not come yet
                continue
            if any(edge_counts(newer, older, assigned) for newer in authors):
                node.below.append(node_of[name])
            if any(edge_counts(newer, older, assigned) for newer in believed):
                node.replaced.append(node_of[name])


def _one_of_each_author(twins: Sequence[Fact]) -> Collection[Fact]:
    # Whether an edge counts depends on who wrote it; thousands of twins by one hand are asked once.
    return {(fact.holder, fact.role, fact.scope): fact for fact in twins}.values()


def _mark_superseded(nodes: Sequence[Node]) -> None:
    # A path begins at an effective record; the records that it passes through need not be effective.
    reached = [older for node in nodes for older in node.replaced]
    while reached:
        node = reached.pop()
        if not node.superseded:
            node.superseded = True
            reached.extend(node.below)


def _measure(top: Node) -> None:
    stack = [(top, False)]
    opened = set()
    while stack:
        node, is_done = stack.pop()
        if is_done:
            node.depth = 1 + max((older.depth for older in node.below), default=0)
        elif node.depth == 0 and node not in opened:
            opened.add(node)
            stack.append((node, True))
            stack.extend((older, False) for older in node.below)
