from __future__ import annotations

from typing import Dict, Optional

import pytest
from tracker import Tracker

from minilua.host.accounts import Account, Accounts, variable
from minilua.host.config import IntegrationSettings
from minilua.host.errors import NotConfigured, UnknownName

FILE = {"work": {"token": "w"}, "home": {"token": "h", "url": "https://home"}}


def accounts(
    environment: Optional[Dict[str, str]] = None,
    file: Optional[Dict[str, Dict[str, str]]] = None,
    default: Optional[str] = None,
) -> Accounts:
    return Accounts(Tracker().provider, IntegrationSettings(default=default, accounts=file or {}), environment or {})


def test_an_account_never_shows_its_settings() -> None:
    account = Account("tracker", "work", {"token": "trk_secret", "url": "https://user:pass@host"})
    assert repr(account) == "Account(provider='tracker', name='work', settings=<token, url>)"
    assert "trk_secret" not in f"{account} {[account]!r}"


def test_bare_variables_are_the_default_account() -> None:
    account = accounts({"TRACKER_TOKEN": "t"}).choose(None)
    assert (account.name, account.settings) == ("default", {"token": "t", "url": "https://tracker.example"})


def test_a_field_that_there_is_not() -> None:
    # A misspelt address would send the token to the default one.
    found = accounts(file={"work": {"token": "w", "ulr": "https://w"}, "home": {"token": "h"}})
    with pytest.raises(NotConfigured, match=r"Account 'work' .* has no field 'ulr'\. Did you mean: url"):
        found.choose("work")
    assert found.choose("home").settings["token"] == "h"
    with pytest.raises(NotConfigured, match=r"has no field 'colour'\. Fields: token, url"):
        accounts(file={"work": {"token": "w", "colour": "x"}}).choose()


def test_auth_token_is_another_spelling_that_yields_to_token() -> None:
    assert accounts({"TRACKER_AUTH_TOKEN": "a"}).choose().settings["token"] == "a"
    for order in (("TRACKER_AUTH_TOKEN", "TRACKER_TOKEN"), ("TRACKER_TOKEN", "TRACKER_AUTH_TOKEN")):
        assert accounts({name: name for name in order}).choose().settings["token"] == "TRACKER_TOKEN"


def test_a_name_between_provider_and_field_is_an_account() -> None:
    found = accounts({"TRACKER_WORK_TOKEN": "w", "TRACKER_WORK_URL": "u", "TRACKER_ON_CALL_AUTH_TOKEN": "o"})
    assert found.choose("work").settings == {"token": "w", "url": "u"}
    assert found.choose("on_call").settings["token"] == "o"
    assert set(found.names) == {"work", "on_call"}


def test_other_variables_of_the_same_prefix_make_no_account() -> None:
    assert (
        accounts({"TRACKER_CDN_URL": "u", "TRACKER_DSN": "d", "TRACKERS_TOKEN": "t", "TRACKER_A_TOKEN": ""}).names == ()
    )


def test_environment_goes_before_file() -> None:
    assert accounts({"TRACKER_WORK_TOKEN": "env"}, FILE).choose("work").settings["token"] == "env"
    assert accounts({"TRACKER_MY_WORK_TOKEN": "env"}, {"my-work": {"token": "f"}}).names == ("my-work",)


def test_bare_credentials_go_before_the_default_of_the_file_without_mixing_with_it() -> None:
    found = accounts({"TRACKER_TOKEN": "env"}, FILE, default="home")
    assert found.choose().settings == {"token": "env", "url": "https://tracker.example"}
    assert found.choose("home").settings == {"token": "h", "url": "https://home"}


def test_bare_settings_without_credentials_change_the_default_account() -> None:
    found = accounts({"TRACKER_URL": "https://env"}, FILE, default="work")
    assert found.choose().settings == {"token": "w", "url": "https://env"}
    assert found.choose("home").settings["url"] == "https://home"


def test_the_only_account_is_the_default_and_several_need_a_choice() -> None:
    assert accounts(file={"work": {"token": "w"}}).choose().name == "work"
    assert accounts(file=FILE, default="home").choose("default").name == "home"
    with pytest.raises(NotConfigured, match="several accounts and none of them is the default: work, home"):
        accounts(file=FILE).choose()


def test_unknown_accounts_are_told_the_known_ones() -> None:
    with pytest.raises(UnknownName) as caught:
        accounts(file=FILE).choose("wrok")
    assert str(caught.value) == (
        "Unknown account 'wrok' of integration 'tracker'. Known accounts: work, home. Did you mean: work"
    )
    with pytest.raises(UnknownName, match="Unknown account 'gone'"):
        accounts(file=FILE, default="gone").choose()


def test_missing_credentials_say_where_to_put_them() -> None:
    with pytest.raises(NotConfigured) as caught:
        accounts(file={"work": {"url": "u"}}).choose("work")
    assert str(caught.value) == (
        "Integration 'tracker' is missing required credentials for account 'work'. Missing: token. "
        "Set TRACKER_WORK_TOKEN in the environment, "
        "or run `kosmo integrations:configure tracker --account work --set token=...`."
    )
    with pytest.raises(NotConfigured, match=r"for account 'default'.*Set TRACKER_TOKEN "):
        accounts().choose()


def test_secrets_are_the_secret_fields_and_what_is_no_field_at_all() -> None:
    found = accounts({"TRACKER_TOKEN": "one"}, {"work": {"token": "two", "url": "three", "password": "four"}})
    assert sorted(found.secrets()) == ["four", "one", "two"]


def test_the_password_in_a_secret_address_is_a_secret_of_its_own() -> None:
    tokens = {
        "a": {"token": "http://me:hunter2@proxy:3128"},
        "b": {"token": "http://[broken"},
        "c": {"token": "http://p"},
    }
    found = accounts({}, tokens)
    assert sorted(found.secrets()) == ["http://[broken", "http://me:hunter2@proxy:3128", "http://p", "hunter2"]


def test_variable_names() -> None:
    assert variable("tracker", "default", "token") == "TRACKER_TOKEN"
    assert variable("tracker", "on-call", "token") == "TRACKER_ON_CALL_TOKEN"
