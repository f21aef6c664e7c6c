"""HTTP Digest by itself: what a known client computes, what is not taken, how a nonce ages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulian.gateways.openrosa.domain import digest
from mulian.gateways.openrosa.domain.digest import Proof

SECRET = b"a server's secret"
KEY = "0123456789abcdef0123456789abcdef01234567"
PROOF = {
    "username": "liaison", "realm": digest.REALM, "nonce": "n", "uri": "/openrosa/formList",
    "response": "0" * 32, "qop": "auth", "nc": "00000001", "cnonce": "c",
}  # fmt: skip


def header(**changed: str | None) -> str:
    said = {**PROOF, **changed}
    return "Digest " + ", ".join(f'{name}="{value}"' for name, value in said.items() if value is not None)


def test_the_example_of_the_standard_without_its_password_rules() -> None:
    """RFC 7616 §3.9.1, whose realm and user are not ours: the arithmetic is the same."""
    given_ = Proof(
        username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html",
        nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", count="00000001",
        cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", response="8ca523f5e9506fed4657c9700eebdbec",
    )  # fmt: skip
    assert digest.expected(given_, key="Circle of Life", method="GET") == given_.response
    assert digest.proves(given_, key="Circle of Life", method="GET")
    assert not digest.proves(given_, key="Circle of Life", method="POST")
    assert not digest.proves(given_, key="circle of life", method="GET")


def test_a_header_is_read_with_quotes_without_and_in_another_script() -> None:
    assert digest.proof(header()) == Proof(
        username="liaison", realm=digest.REALM, nonce="n", uri="/openrosa/formList", response="0" * 32,
        count="00000001", cnonce="c",
    )  # fmt: skip
    bare = (
        f'Digest username="a\\"b", realm="{digest.REALM}", nonce="n", uri="/?a=1,2", response="0", qop=auth,'
        ' nc=0000000A, cnonce="c", algorithm=MD5'
    )
    read = digest.proof(bare)
    assert read
    assert (read.username, read.uri, read.count) == ('a"b', "/?a=1,2", "0000000A")
    tibetan = digest.proof(header(username="བཀྲ་ཤིས".encode().decode("latin-1")))
    assert tibetan
    assert tibetan.username == "བཀྲ་ཤིས"


@pytest.mark.parametrize(
    "said",
    [
        "", "Basic YTpi", "Digest", header(qop="auth-int"), header(qop=None), header(algorithm="SHA-256"),
        header(nc="1"), header(nc="zzzzzzzz"), header(nc=None), header(realm="other"), header(cnonce=None),
        header(response=None), header(username=""), header(uri=None), header(cnonce="c" * 5000),
    ],
)  # fmt: skip
def test_anything_less_is_no_proof(said: str) -> None:
    assert digest.proof(said) is None


def test_a_challenge_names_what_openrosa_asks_for() -> None:
    assert digest.challenge("n") == (
        'Digest realm="Mulian OpenRosa", domain="/openrosa/", nonce="n", algorithm=MD5, qop="auth"'
    )
    assert digest.challenge("n", stale=True).endswith(", stale=true")


@pytest.mark.parametrize(
    ("later", "fresh"), [(0, True), (600, True), (601, False), (-60, True), (-61, False), (1e9, False)]
)
def test_a_nonce_ages(later: float, fresh: bool) -> None:
    nonce = digest.make_nonce(SECRET, seconds=1_000_000_000, random="r")
    assert digest.is_fresh(nonce, SECRET, seconds=1_000_000_000 + later) is fresh
    assert not digest.is_fresh(nonce, b"another", seconds=1_000_000_000)


@given(st.text(max_size=80))
def test_nothing_made_up_is_a_nonce_or_breaks(text: str) -> None:
    assert not digest.is_fresh(text, SECRET, seconds=1_000_000_000)
    digest.proof(f"Digest {text}")
