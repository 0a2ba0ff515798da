import pytest

from generator.model.accounts import list_accounts
from tests.sample import load_data


@pytest.mark.parametrize(
    ("written", "accounts"),
    [
        (["zoe"], ["@zoe"]),
        (["@zoe"], ["@zoe"]),
        (["sales/leads"], ["@sales/leads"]),
        (["zoe@example.com"], ["zoe@example.com"]),
        (["no account"], []),
        (["zoe", "no account", "@adam"], ["@zoe", "@adam"]),
        ([], []),
    ],
)
def test_an_account_is_written_as_git_hosts_write_it(written, accounts):
    strategy = load_data(people=[{"accounts": written}]).strategy
    assert strategy is not None
    assert list_accounts(strategy.of("people")[0]) == accounts
