"""What only one reader can open: sealed to a public key that was made for one occasion and is forgotten after."""


def key_pair() -> tuple[bytes, bytes]:
    """A secret key, and the public one that is handed out; 32 bytes each."""
    from nacl.public import PrivateKey  # libsodium is only loaded where something is sealed

    secret = PrivateKey.generate()
    return bytes(secret), bytes(secret.public_key)


def seal(message: bytes, public: bytes) -> bytes | None:
    """The message for whoever has the secret key; None for what is no public key."""
    from nacl.exceptions import CryptoError  # as above
    from nacl.public import PublicKey, SealedBox

    try:
        return SealedBox(PublicKey(public)).encrypt(message)
    except (CryptoError, ValueError, TypeError):
        return None


def unseal(sealed: bytes, secret: bytes) -> bytes | None:
    """The message; None for what was not sealed to this key."""
    from nacl.exceptions import CryptoError  # as above
    from nacl.public import PrivateKey, SealedBox

    try:
        return SealedBox(PrivateKey(secret)).decrypt(sealed)
    except (CryptoError, ValueError, TypeError):
        return None
