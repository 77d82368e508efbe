"""The key that two linked shops share without ever having sent it: badges of visitors are hashed with it.

Both sides come to the same: X25519 (RFC 7748) of one's own seal key and the other's, turned from Ed25519 as
libsodium does it, then SHA-256 with a word of what it is for. Who has neither secret half can't.
"""

import hashlib

from kiosk.sealing.note import Signer, Verifier

_FOR = b"commons-kiosk/link-key/1\n"


def link_key(signer: Signer, theirs: Verifier) -> bytes | None:
    """The 32 bytes; None for a key that nobody can share one with."""
    from nacl.bindings import (  # with its C library it would cost each start, also of a kiosk without neighbours
        crypto_scalarmult,
        crypto_sign_ed25519_pk_to_curve25519,
        crypto_sign_ed25519_sk_to_curve25519,
    )
    from nacl.exceptions import CryptoError

    ours = signer.verifier.key
    try:
        secret = crypto_sign_ed25519_sk_to_curve25519(signer.seed + ours)
        shared = crypto_scalarmult(secret, crypto_sign_ed25519_pk_to_curve25519(theirs.key))
    except (CryptoError, ValueError, RuntimeError):
        return None
    return hashlib.sha256(_FOR + shared).digest()
