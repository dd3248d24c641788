"""Laws of the union of revocation entries: any order, any grouping, again and again, and nothing is un-revoked."""

from hypothesis import given
from hypothesis import strategies as st

from zgsz_desktop.engine.identity.chains import Link
from zgsz_desktop.engine.identity.revocation import Reason, RevocationEntry, Revocations, join

ENTRIES = st.builds(
    RevocationEntry,
    issuer_key_id=st.sampled_from(["a" * 64, "b" * 64]),
    serial=st.sampled_from(["1", "2", "3"]),
    reason=st.sampled_from(Reason),
    date=st.integers(0, 5),
)
LISTS = st.lists(ENTRIES, max_size=12)
OF_ONE = st.builds(
    RevocationEntry,
    issuer_key_id=st.just("a" * 64),
    serial=st.just("1"),
    reason=st.sampled_from(Reason),
    date=st.integers(0, 5),
)
LINKS = st.frozensets(
    st.builds(Link, st.just("c" * 64), st.sampled_from(["a" * 64, "b" * 64]), st.sampled_from(["1", "2", "3"])),
    max_size=3,
)


@given(LISTS, st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter(entries, random):
    shuffled = entries * 2
    random.shuffle(shuffled)
    assert Revocations(shuffled).entries == Revocations(entries).entries


@given(LISTS, LISTS)
def test_a_union_of_unions_is_the_union(one, other):
    assert Revocations([*Revocations(one).entries, *Revocations(other).entries]).entries == (
        Revocations(one + other).entries
    )


@given(OF_ONE, OF_ONE, OF_ONE)
def test_join_is_a_least_upper_bound(one, two, three):
    assert join(one, two) == join(two, one)
    assert join(join(one, two), three) == join(one, join(two, three))
    assert join(one, one) == one
    joined = join(one, two)
    assert joined.date == min(one.date, two.date)
    assert joined.reason.good_order == (one.reason.good_order and two.reason.good_order)


@given(LISTS, LISTS, LINKS)
def test_more_entries_never_un_revoke(known, more, links):
    before, after = Revocations(known).status(links), Revocations(known + more).status(links)
    if before is not None:
        assert after is not None
        assert after.date <= before.date
        assert before.good_order or not after.good_order
