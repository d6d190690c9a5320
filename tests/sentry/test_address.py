"""Addresses: the forms people write a server's URL in, DSNs, regions, and who may see the token."""

from __future__ import annotations

import pytest

from sentry_integration.address import api_address, chosen_region, ingest, origin_of, path_of, region_address


@pytest.mark.parametrize(
    "text, expected",
    [
        ("https://sentry.io", "https://sentry.io/api/0"),
        ("https://sentry.io/", "https://sentry.io/api/0"),
        ("https://sentry.io/api/0", "https://sentry.io/api/0"),
        ("https://sentry.io/api/0/", "https://sentry.io/api/0"),
        ("https://sentry.io/api/0//", "https://sentry.io/api/0"),
        ("https://sentry.io/api", "https://sentry.io/api/0"),
        ("  https://Sentry.IO:443/api/0 ", "https://sentry.io/api/0"),
        ("sentry.example.com", "https://sentry.example.com/api/0"),
        ("http://127.0.0.1:8813/api/0", "http://127.0.0.1:8813/api/0"),
        ("http://[::1]:9000", "http://[::1]:9000/api/0"),
        ("https://example.com/tools/sentry/", "https://example.com/tools/sentry/api/0"),
        ("https://example.com:8443/tools/sentry/api/0/", "https://example.com:8443/tools/sentry/api/0"),
    ],
)
def test_base_urls_in_the_wild(text: str, expected: str) -> None:
    assert str(api_address(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "ftp://sentry.io",
        "https://",
        "https://user:pw@sentry.io",
        "https://sentry.io/?x=1",
        "https://sentry.io/#a",
        "https://sentry.io:99999",
        "https://sentry.io:port",
        "https://[::1",
    ],
)
def test_what_is_no_base_url(text: str) -> None:
    with pytest.raises(ValueError) as error:
        api_address(text)
    assert "pw" not in str(error.value)


def test_origins_have_one_spelling() -> None:
    assert origin_of("HTTP://Example.COM:80/a?b") == origin_of("http://example.com") == "http://example.com"
    assert origin_of("https://example.com:80") != origin_of("https://example.com")


@pytest.mark.parametrize(
    "base, region, trusted",
    [
        ("https://sentry.io", "https://de.sentry.io", True),
        ("https://us.sentry.io", "https://de.sentry.io", True),
        ("https://my-org.sentry.io", "https://de.sentry.io", True),
        ("https://sentry.io", "http://de.sentry.io", False),
        ("https://sentry.io", "https://de.sentry.io:8443", False),
        ("https://sentry.io", "https://evil-sentry.io", False),
        ("https://sentry.io", "https://sentry.io.evil.example", False),
        ("https://sentry.io", "https://sentry.io", False),
        ("https://sentry.corp.example", "https://eu.sentry.corp.example", True),
        ("https://sentry.corp.example/us", "https://sentry.corp.example/eu", True),
        ("https://sentry.corp.example", "https://sentry.corp.example:8443", False),
        ("https://sentry.corp.example/us", "https://sentry.corp.example/us", False),
        ("https://sentry.corp.example", "https://other.corp.example", False),
        ("https://sentry.io", "nonsense://", False),
        ("https://sentry.io", "https://evil.example\\.sentry.io", False),
        ("https://sentry.io", "https://evil.example;.sentry.io", False),
        ("https://sentry.io", "https://evil.example%2F.sentry.io", False),
        ("https://sentry.io", "https://evil.example@de.sentry.io", False),
        ("https://sentry.io", "https://sentry.io.", False),
        ("http://127.0.0.1:8000", "http://de.127.0.0.1:8000", False),
        ("http://[::1]:8000", "http://de.[::1]:8000", False),
    ],
)
def test_only_regions_of_the_own_domain_are_trusted(base: str, region: str, trusted: bool) -> None:
    assert region_address("https://sentry.corp.example:8443", api_address("https://sentry.corp.example"), any_port=True)
    assert not region_address(
        "http://sentry.corp.example:80", api_address("https://sentry.corp.example"), any_port=True
    )
    assert region_address("https://de.sentry.io:8443", api_address("https://sentry.io"), any_port=True)
    found = region_address(region, api_address(base))
    assert (found is not None) is trusted
    if found is not None:
        assert str(found) == region + "/api/0"


@pytest.mark.parametrize(
    "base, text, region",
    [
        ("https://sentry.io", "de", "https://de.sentry.io/api/0"),
        ("https://my-org.sentry.io", "us", "https://us.sentry.io/api/0"),
        ("https://sentry.io", "de.sentry.io", "https://de.sentry.io/api/0"),
        ("https://sentry.io", "https://us.sentry.io/api/0/", "https://us.sentry.io/api/0"),
        ("https://us.sentry.io", "us", "https://us.sentry.io/api/0"),
        ("https://sentry.example.com:8443/tools", "eu", "https://eu.sentry.example.com:8443/tools/api/0"),
    ],
)
def test_a_region_by_name_or_address(base: str, text: str, region: str) -> None:
    assert str(chosen_region(text, api_address(base))) == region


@pytest.mark.parametrize("text", ["de.example.com", "http://de.sentry.io", "https://me:hunter2@de.sentry.io", "a b/"])
def test_what_is_no_region(text: str) -> None:
    with pytest.raises(ValueError) as error:
        chosen_region(text, api_address("https://sentry.io"))
    assert "hunter2" not in str(error.value)


@pytest.mark.parametrize(
    "dsn, envelope, key",
    [
        (
            "https://60120449b6b1@o4504.ingest.sentry.io/4505281256090153",
            "https://o4504.ingest.sentry.io/api/4505281256090153/envelope/",
            "60120449b6b1",
        ),
        ("http://abc@127.0.0.1:8813/2", "http://127.0.0.1:8813/api/2/envelope/", "abc"),
        ("https://abc@example.com/tools/sentry/42", "https://example.com/tools/sentry/api/42/envelope/", "abc"),
        ("https://abc:secret@example.com/7/", "https://example.com/api/7/envelope/", "abc"),
    ],
)
def test_ingest_addresses_of_a_dsn(dsn: str, envelope: str, key: str) -> None:
    found = ingest(dsn)
    assert (found.envelope, found.public_key) == (envelope, key)
    assert found.store == envelope.replace("/envelope/", "/store/")
    assert "secret" not in repr(found)


@pytest.mark.parametrize(
    "dsn",
    ["", "https://example.com/1", "https://abc@example.com", "abc@example.com/1", "x", "https://k é@example.com/1"],
)
def test_what_is_no_dsn(dsn: str) -> None:
    with pytest.raises(ValueError):
        ingest(dsn)


def test_segments_cannot_leave_their_place() -> None:
    assert path_of("projects", "a/../b", "c?d#e") == "/projects/a%2F..%2Fb/c%3Fd%23e/"
    assert path_of("issues", "ü") == "/issues/%C3%BC/"
