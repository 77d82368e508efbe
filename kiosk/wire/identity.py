"""By what a kiosk is known on the wire: a certificate of its own, and a key to log in with.

Neither is the key that seals: who sends a challenge over a wire must never get a signature of that one.
"""

import base64
import hashlib
import hmac
import os
import secrets
import subprocess
import tempfile
from pathlib import Path

import nkeys
from msgspec import Struct

from kiosk.wire import CERTIFICATE as CERTIFICATE
from kiosk.wire import PRIVATE as PRIVATE

_CONFIG = """[ca]
default_ca = us
[us]
database = {folder}/index
serial = {folder}/serial
new_certs_dir = {folder}
default_md = sha256
policy = any
x509_extensions = ext
unique_subject = no
[any]
commonName = supplied
[ext]
subjectAltName = {names}
extendedKeyUsage = serverAuth, clientAuth
[req]
distinguished_name = dn
prompt = no
[dn]
CN = {device}
"""


class Identity(Struct, frozen=True):
    """device: the kiosk. nkey: public key that it logs in with; seed: the secret half. certificate: PEM.

    wall: public keys of whoever writes what a wall on another machine shows, and of whoever reads it.
    """

    device: str
    nkey: str
    seed: str
    certificate: str
    wall: tuple[str, str] | None = None


class Presented(Struct, frozen=True):
    """What a neighbour showed of itself on its card. at: host:port where it listens; "" where it only dials."""

    device: str
    nkey: str
    certificate: str
    at: str = ""

    @property
    def pin(self) -> str:
        """SHA-256 of the certificate's public key, in hex, as nats-server compares it."""
        return pin_of(self.certificate)


class NoCertificateError(OSError):
    """openssl is missing, or could not make one."""


def identity(folder: Path, device: str, seal_seed: bytes, host: str = "") -> Identity:
    """The kiosk's own; the certificate is made at the first time. host: where others reach it, name or number.

    Raises NoCertificateError where none can be made.
    """
    place = folder / CERTIFICATE
    if not place.exists():
        _make(folder, device, host)
    raw = hmac.new(seal_seed, b"commons-kiosk nats login 1", hashlib.sha256).digest()
    seed = nkeys.encode_seed(raw, nkeys.PREFIX_BYTE_USER)
    public = nkeys.from_seed(bytearray(seed)).public_key
    return Identity(device, public.decode(), seed.decode(), place.read_text())


WALL_WRITER, WALL_READER = "wall-writer.key", "wall-reader.key"
"""Beside the certificate; another machine is given the second. Where they are taken away, others are made."""


def wall_keys(folder: Path) -> tuple[str, str]:
    """The public halves of both; they are made at the first time. Raises OSError where they can't be written."""
    return _wall_key(folder / WALL_WRITER), _wall_key(folder / WALL_READER)


def _wall_key(path: Path) -> str:
    if not path.exists():
        _write(path, nkeys.encode_seed(secrets.token_bytes(32), nkeys.PREFIX_BYTE_USER) + b"\n")
    return str(nkeys.from_seed(bytearray(path.read_bytes().strip())).public_key.decode())


def _make(folder: Path, device: str, host: str) -> None:
    """Self-signed, from long ago until long from now: a Pi without a clock starts in the past."""
    names = ["DNS:localhost", "IP:127.0.0.1"]
    if host and host not in ("localhost", "127.0.0.1"):
        names.append(f"IP:{host}" if host.replace(".", "").isdigit() or ":" in host else f"DNS:{host}")
    with tempfile.TemporaryDirectory(prefix="wire-") as scratch:
        config = Path(scratch) / "ca.conf"
        config.write_text(_CONFIG.format(folder=scratch, names=",".join(names), device=device))
        (Path(scratch) / "index").touch()
        (Path(scratch) / "serial").write_text("01\n")
        key, asked, made = (Path(scratch) / name for name in ("key", "asked", "made"))
        new = ("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
        _openssl(*new, "-config", str(config), "-keyout", str(key), "-out", str(asked))
        dates = ("-startdate", "20200101000000Z", "-enddate", "21200101000000Z")
        signed = ("ca", "-batch", "-selfsign", "-notext", "-config", str(config), "-keyfile", str(key), *dates)
        _openssl(*signed, "-in", str(asked), "-out", str(made))
        _write(folder / PRIVATE, key.read_bytes())
        _write(folder / CERTIFICATE, made.read_bytes())


def _openssl(*words: str) -> None:
    try:
        subprocess.run(["openssl", *words], check=True, capture_output=True, timeout=60)
    except (OSError, subprocess.SubprocessError) as error:
        raise NoCertificateError("no certificate could be made; is openssl installed?") from error


def _write(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def pin_of(certificate: str) -> str:
    """SHA-256 over the public key in a PEM certificate (its SubjectPublicKeyInfo), in hex. Raises ValueError."""
    return hashlib.sha256(_public_key(der_of(certificate))).hexdigest()


def der_of(certificate: str) -> bytes:
    """The bytes in a PEM certificate. Raises ValueError, saying so, for what is none."""
    lines = certificate.strip().splitlines()
    if len(lines) < 3 or "BEGIN CERTIFICATE" not in lines[0] or "END CERTIFICATE" not in lines[-1]:
        raise ValueError("this is no certificate")
    return base64.b64decode("".join(lines[1:-1]), validate=True)


def in_base64(certificate: str) -> str:
    """A PEM certificate as one line."""
    return base64.b64encode(der_of(certificate)).decode()


def from_base64(line: str) -> str:
    """The PEM certificate that was one line."""
    lines = [line[place : place + 64] for place in range(0, len(line), 64)]
    return "\n".join(("-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----", ""))


def _public_key(der: bytes) -> bytes:
    """The SubjectPublicKeyInfo of an X.509 certificate (RFC 5280, 4.1): the seventh part of what is signed."""
    body, _ = _inside(der, 0)
    signed, _ = _inside(body, 0)
    place, parts = 0, []
    while place < len(signed):
        _, end = _inside(signed, place)
        parts.append(signed[place:end])
        place = end
    if len(parts) < 7 or parts[0][:1] != b"\xa0":
        raise ValueError("this is no certificate")
    return parts[6]


def _inside(data: bytes, place: int) -> tuple[bytes, int]:
    """What stands in the DER value at a place, and where it ends."""
    try:
        length, begins = data[place + 1], place + 2
        if length & 0x80:
            count = length & 0x7F
            length, begins = int.from_bytes(data[begins : begins + count]), begins + count
    except IndexError:
        raise ValueError("this is no certificate") from None
    end = begins + length
    if end > len(data):
        raise ValueError("this is no certificate")
    return data[begins:end], end
