"""Whoever sends a request cannot choose the address that it counts for."""

import ipaddress

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from strategy.network_address import UNKNOWN, network_address

ADDRESSES = st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)).map(str)
HEADER = st.one_of(st.text(st.characters(max_codepoint=255)), ADDRESSES, st.lists(ADDRESSES).map(",".join))


def address_of(forwarded: str | None = None, peer: str = "10.0.0.1") -> str:
    sent = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return network_address(RequestFactory().get("/", REMOTE_ADDR=peer, **sent))


@given(forged=HEADER, client=ADDRESSES, proxies=st.lists(ADDRESSES, max_size=3))
def test_nothing_that_a_client_sends_changes_its_address(
    forged: str, client: str, proxies: list[str]
) -> None:
    """Each proxy appends whom it saw: the first of them the client, the portal itself the last of them."""
    seen = [client, *proxies]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("django.conf.settings.BEHIND_PROXY", len(proxies))

        told = address_of(",".join([forged, *seen[:-1]]), peer=seen[-1])
        untouched = address_of(",".join(seen[:-1]) or None, peer=seen[-1])

    assert told == untouched
    assert ipaddress.ip_address(told) in (
        ipaddress.ip_address(client),
        getattr(ipaddress.ip_address(client), "ipv4_mapped", None),
    )


@given(forwarded=HEADER, peer=HEADER, hops=st.integers(0, 3))
def test_it_is_an_address_whatever_was_sent(forwarded: str, peer: str, hops: int) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("django.conf.settings.BEHIND_PROXY", hops)

        told = address_of(forwarded, peer)

    assert str(ipaddress.ip_address(told)) == told
    assert "%" not in told


@pytest.mark.parametrize(
    ("hops", "forwarded", "peer", "address"),
    [
        (0, "198.51.100.1", "10.0.0.1", "10.0.0.1"),
        (1, "198.51.100.1, 203.0.113.9", "10.0.0.1", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9", "10.0.0.1", "198.51.100.1"),
        (2, "203.0.113.9", "10.0.0.1", "203.0.113.9"),  # past the outer one, as a monitor asks
        (1, None, "10.0.0.1", "10.0.0.1"),
        (1, "unknown", "10.0.0.1", "10.0.0.1"),
        (1, "203.0.113.9:50123", "10.0.0.1", "203.0.113.9"),
        (1, "[2001:db8::7]:50123", "10.0.0.1", "2001:db8::7"),
        (1, "2001:DB8:0::7", "10.0.0.1", "2001:db8::7"),
        (1, "::ffff:203.0.113.9", "10.0.0.1", "203.0.113.9"),
        (1, "fe80::1%eth0", "10.0.0.1", "fe80::1"),
        (0, None, "", UNKNOWN),
    ],
)
def test_address_that_the_proxies_saw(
    settings, hops: int, forwarded: str | None, peer: str, address: str
) -> None:
    settings.BEHIND_PROXY = hops

    assert address_of(forwarded, peer) == address
