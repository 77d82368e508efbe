"""What the kiosk's own nats-server is told: one account for each neighbour, and the least that a link may do.

An account for each link, since a triangle inside one account is refused as a loop and cuts a shop off. The rights
are those without which no copy starts, and no others: a neighbour can neither read, list, purge nor delete here,
nor publish as us (https://docs.nats.io/running-a-nats-service/configuration/leafnodes).
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from kiosk.wire.identity import CERTIFICATE, PRIVATE, Identity, Presented

NEIGHBOURS = "neighbours.pem"
PASSWORD, SEED = "BRIDGE_PASSWORD", "LINK_SEED"
"""Secrets come from the environment; a server that misses one does not start."""

_TOKEN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


def account(device: str) -> str:
    """The account of a link."""
    return f"LINK_{device}"


def bridge(device: str) -> str:
    """Who carries letters in the account of a link; no two accounts of a server may have a user of one name."""
    return f"bridge_{device}"


def out(device: str) -> str:
    """The stream of what a kiosk has sent."""
    return f"OUT_{device}"


def copy(device: str) -> str:
    """The copy of it here."""
    return f"COPY_{device}"


def config(us: Identity, folder: Path, neighbours: Sequence[Presented], listen: str = "", client: str = "") -> str:
    """The configuration file. listen: host:port for those who dial us; "" for nobody. client: host:port, or any.

    Raises ValueError for names that can't stand in it: two kiosks of one name would share a domain.
    """
    devices = [us.device, *(each.device for each in neighbours)]
    if len(set(devices)) < len(devices) or any(not name or set(name) - _TOKEN for name in devices):
        raise ValueError("each kiosk on the wire has a name of its own, of small letters and digits")
    dialled = [each for each in neighbours if _we_dial(us, each, listen)]
    return "\n".join(
        (
            f'server_name: "{us.device}"',
            f'listen: "{client or "127.0.0.1:-1"}"',
            f'ports_file_dir: "{folder}"',
            'ping_interval: "20s"',
            "ping_max: 2",
            "max_payload: 128KB",
            f'jetstream {{ store_dir: "{folder}/js", domain: "{us.device}", max_memory_store: 16MB,',
            "  max_file_store: 2GB, sync_interval: always }",
            "accounts {",
            *(line for each in neighbours for line in _account(us, each, they_dial=each not in dialled)),
            *_wall(us),
            "}",
            *_leafnodes(us, folder, neighbours, dialled, listen),
            "",
        )
    )


def _we_dial(us: Identity, other: Presented, listen: str) -> bool:
    """Whoever can't be reached dials; where both can be, the first by name."""
    return bool(other.at) and (not listen or us.device < other.device)


def _account(us: Identity, other: Presented, *, they_dial: bool) -> Iterator[str]:
    carries = f'{{ user: "{bridge(other.device)}", password: ${PASSWORD} }}'
    if not they_dial:
        yield f"  {account(other.device)} {{ jetstream: enabled, users: [ {carries} ] }}"
        return
    yield f"  {account(other.device)} {{ jetstream: enabled, users: [ {carries},"
    yield f'    {{ nkey: "{other.nkey}", permissions: {{'
    yield f"      publish: {{ allow: [ {_quoted(_copying(us.device))} ] }},"
    yield f"      subscribe: {{ allow: [ {_quoted(_copying(other.device))} ] }} }} }} ] }}"


WALL = "wall"
"""The subject of what a wall on another machine shows; each drawing is on one below it."""


def _wall(us: Identity) -> Iterator[str]:
    """An account of its own: one may write there and hear nothing, another may hear that and say nothing."""
    if us.wall is None:
        return
    writer, reader = us.wall
    subjects = f'allow: [ "{WALL}", "{WALL}.>" ]'
    yield "  WALL { users: ["
    yield f'    {{ nkey: "{writer}", permissions: {{ publish: {{ {subjects} }}, subscribe: {{ deny: ">" }} }} }},'
    yield f'    {{ nkey: "{reader}", permissions: {{ publish: {{ deny: ">" }}, subscribe: {{ {subjects} }} }} }}'
    yield "  ] }"


def _copying(device: str) -> tuple[str, ...]:
    """What copying a kiosk's stream takes."""
    created = f"$JS.{device}.API.CONSUMER.CREATE.{out(device)}"
    return (created, f"{created}.>", "$JS.FC.>", "$JS.M.>", "$JSC.R.>")


def _denied(device: str, other: str) -> tuple[str, ...]:
    """What whoever we dial may not ask of us: all but copying the one stream. other: theirs, whose copy is here."""
    api = f"$JS.{device}.API"
    asked = ("DELETE", "LIST", "NAMES", "MSG", "INFO", "PAUSE", "DURABLE", "LEADER", "RESET", "UNPIN")
    consumer = (f"{api}.CONSUMER.{each}.>" for each in asked)
    copied = f"{api}.CONSUMER.CREATE.{copy(other)}"
    whole = (f"{api}.STREAM.>", f"{api}.INFO", f"{api}.ACCOUNT.>", f"{api}.DIRECT.>", copied, f"{copied}.>")
    return (f"out.{device}.>", *whole, *consumer)


def _quoted(subjects: Sequence[str]) -> str:
    return ", ".join(f'"{each}"' for each in subjects)


def _leafnodes(
    us: Identity, folder: Path, neighbours: Sequence[Presented], dialled: Sequence[Presented], listen: str
) -> Iterator[str]:
    callers = [each for each in neighbours if each not in dialled]
    if not dialled and not (listen and callers):
        return
    files = f'cert_file: "{folder}/{CERTIFICATE}", key_file: "{folder}/{PRIVATE}", ca_file: "{folder}/{NEIGHBOURS}"'
    yield "leafnodes {"
    if listen and callers:
        yield f'  listen: "{listen}"'
        # Whoever dials us does so where our card says, and nowhere else.
        yield "  no_advertise: true"
        # The server holds also whom it dials itself to these; whoever is dialled has no login here all the same.
        pins = _quoted([each.pin for each in neighbours])
        yield f"  tls {{ {files}, verify: true, timeout: 5, pinned_certs: [ {pins} ] }}"
    if dialled:
        yield "  reconnect: 5"
        yield "  remotes: ["
        for each in dialled:
            yield f'    {{ url: "tls://{each.at}", account: {account(each.device)}, nkey: ${SEED},'
            yield f"      deny_imports: [ {_quoted(_denied(us.device, each.device))} ],"
            yield f'      tls {{ {files}, timeout: 5, pinned_certs: [ "{each.pin}" ] }} }}'
        yield "  ]"
    yield "}"
