"""The programs that people keep books with, as judges of ours; `make test` brings them."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from kiosk.amounts import JAR
from kiosk.reports.postings import Account

Balances = dict[tuple[str, str], Decimal]
"""By account and commodity; without those that are zero."""

HERE = {**os.environ, "LC_ALL": "C.UTF-8"}


def program(name: str) -> str:
    """Where a program is. Debian's packages are installed by `make test`; elsewhere it may be missing."""
    beside = Path(sys.executable).parent / name
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None and shutil.which("dpkg-query") is None:
        pytest.skip(f"{name} is not on this machine")
    assert found, f"{name} is missing: sh .ci/packages python3 test, and pip install -e '.[dev]'"
    return found


def hledger(journal: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [program("hledger"), "-f", "-", *words],
        input=journal,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=HERE,
        check=False,
        timeout=60,
    )


def faults_for_hledger(journal: str) -> str:
    """What `hledger check` has against a journal; "" when all is well."""
    done = hledger(journal, "check", "--strict", "ordereddates")
    return done.stderr if done.returncode else ""


def balances_by_hledger(journal: str) -> Balances:
    done = hledger(journal, "balance", "--flat", "--no-total", "--output-format", "csv")
    assert done.returncode == 0, done.stderr
    rows = csv.reader(io.StringIO(done.stdout))
    next(rows)
    found = {}
    for account, balance in rows:
        for part in balance.split(", "):
            count, commodity = part.split(" ")
            found[account, commodity] = Decimal(count)
    return {key: count for key, count in found.items() if count}


def faults_for_beancount(ledger: str, folder: Path) -> str:
    """What `bean-check` has against a file; "" when all is well."""
    path = folder / "books.beancount"
    path.write_text(ledger, encoding="utf-8")
    done = subprocess.run(
        [program("bean-check"), "--no-cache", str(path)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=HERE,
        check=False,
        timeout=60,
    )
    return done.stdout + done.stderr if done.returncode else ""


def loaded_by_beancount(ledger: str):
    """The directives that beancount reads, and its errors: the same code that bean-check runs."""
    from beancount import loader

    directives, errors, _ = loader.load_string(ledger)
    return directives, errors


def balances_by_beancount(ledger: str) -> Balances:
    found: Balances = {}
    for directive in loaded_by_beancount(ledger)[0]:
        for posting in getattr(directive, "postings", ()):
            key = (posting.account, posting.units.currency)
            found[key] = found.get(key, Decimal(0)) + posting.units.number
    return {key: count for key, count in found.items() if count}


def as_the_kiosk_says(told: str, name: Callable[[Account], str]) -> tuple[Balances, Decimal]:
    """What `kiosk state --json` says of every account it knows, in the words of some books; and what was spent."""
    state = json.loads(told)
    found = {Account("hours", handle): minutes for handle, minutes in state["balances"].items()}
    for fund in state["funds"]:
        found[Account("jar") if fund["name"] == JAR else Account("funds", fund["name"])] = fund["cents"]
    found |= {Account("reserves", reserve): cents for reserve, cents in state["reserves"].items()}
    found |= {Account("set aside", each["id"]): each["set_aside"] for each in state["proposals"]}
    came = state["money"]["came_in"]
    found |= {
        Account("coins"): -came["coins"],
        Account("by hand"): -came["by_hand"],
        Account("wages"): -came["wages"],
        Account("differences"): -came["difference"],
        Account("returned"): state["money"]["returned"],
    }
    return {
        (name(account), account.commodity): Decimal(count) / (1 if account.commodity == "MIN" else 100)
        for account, count in found.items()
        if count
    }, Decimal(state["money"]["spent"]) / 100


SPENT = ("expenses:projects", "expenses:from reserves", "Expenses:Projects", "Expenses:FromReserves")


def known_and_spent(balances: Balances) -> tuple[Balances, Decimal]:
    """Balances of the accounts that the kiosk knows, and the sum of those in which it was spent."""
    spent = sum(count for (account, _), count in balances.items() if account.startswith(SPENT))
    return {key: count for key, count in balances.items() if not key[0].startswith(SPENT)}, spent
