"""What the nats-server of a building is told: one account of the house, and the least that each kiosk in it may do.

It is a process of its own, beside the one that talks with other shops: no link of another shop ever comes near it,
and it need not end when a neighbour comes or goes.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from kiosk.wire.conf import NEIGHBOURS
from kiosk.wire.identity import CERTIFICATE, PRIVATE, pin_of

KEEPER = "keeper"
"""Who lays out the streams and throws claims away; only the kiosk beside the server logs in as that."""

KEEPER_PASSWORD = "KEEPER_PASSWORD"
"""Comes from the environment; a server that misses it does not start."""

TURN, BALLOT = "TURN", "BALLOT"
"""The streams of claims. Their generation stands in their names, so no claim can fall into another one."""

_TOKEN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


class Kiosk(Struct, frozen=True):
    """A kiosk of the house. certificate: PEM. claims: the generation in which it was added; "" for the first."""

    device: str
    nkey: str
    certificate: str
    claims: str = ""


def inbox(device: str) -> str:
    """Where a kiosk's answers come; nobody else may listen there."""
    return f"_INBOX_{device}"


def copies(device: str) -> str:
    """The stream of what a kiosk wrote."""
    return f"COPIES_{device}"


def config(folder: Path, device: str, listen: str, kiosks: Sequence[Kiosk]) -> str:
    """The configuration file. device: whose server it is. listen: host:port where the kiosks reach it.

    Raises ValueError for names that can't stand in it.
    """
    devices = [each.device for each in kiosks]
    if len(set(devices)) < len(devices) or any(not name or set(name) - _TOKEN for name in devices):
        raise ValueError("each kiosk of the house has a name of its own, of small letters and digits")
    files = f'cert_file: "{folder}/{CERTIFICATE}", key_file: "{folder}/{PRIVATE}", ca_file: "{folder}/{NEIGHBOURS}"'
    pins = _quoted([pin_of(each.certificate) for each in kiosks])
    return "\n".join(
        (
            f'server_name: "building-{device}"',
            f'listen: "{listen}"',
            f'ports_file_dir: "{folder}"',
            'ping_interval: "5s"',
            "ping_max: 2",
            "max_payload: 256KB",
            f'jetstream {{ store_dir: "{folder}/js", max_memory_store: 16MB,',
            "  max_file_store: 2GB, sync_interval: always }",
            f"tls {{ {files}, verify: true, timeout: 5, pinned_certs: [ {pins} ] }}",
            "accounts {",
            "  BUILDING { jetstream: enabled, users: [",
            f'    {{ user: "{KEEPER}", password: ${KEEPER_PASSWORD} }}',
            *(line for each in kiosks for line in _user(each, devices)),
            "  ] }",
            "}",
            "",
        )
    )


def _user(kiosk: Kiosk, devices: Sequence[str]) -> Iterator[str]:
    yield f'    {{ nkey: "{kiosk.nkey}", permissions: {{'
    yield f"      publish: {{ allow: [ {_quoted(_says(kiosk.device, devices))} ] }},"
    yield f"      subscribe: {{ allow: [ {_quoted(_hears(kiosk.device))} ] }},"
    yield '      allow_responses: { max: 1, expires: "10s" } } }'


def _says(device: str, devices: Sequence[str]) -> tuple[str, ...]:
    """A kiosk claims, tells of itself, writes its own copies and asks the others; of what is kept it only reads."""
    own = ("turn", "ballot.>", f"here.{device}", f"far.{device}", f"copy.{device}.*", f"beat.{device}")
    asked = tuple(f"ask.{each}" for each in devices if each != device)
    read = ("$JS.API.STREAM.NAMES", "$JS.API.STREAM.INFO.*", "$JS.API.STREAM.MSG.GET.*")
    return (*own, *asked, *read)


def _hears(device: str) -> tuple[str, ...]:
    return (f"{inbox(device)}.>", "beat.*", "copy.*.*", f"ask.{device}")


def _quoted(subjects: Sequence[str]) -> str:
    return ", ".join(f'"{each}"' for each in subjects)
