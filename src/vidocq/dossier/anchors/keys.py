"""Ed25519 keys: a private one in a file of its owner alone, a public one to hand out."""

import os
from pathlib import Path
from typing import Any

from vidocq.core.errors import ConfigurationError, MissingExtra

PASSPHRASE = "VIDOCQ_KEY_PASSPHRASE"  # noqa: S105  the name of an environment variable
LONGEST_KEY = 10_000


def make_key(path: Path) -> str:
    """Writes a new private key (PEM, PKCS8, mode 0600) and returns its public key in hexadecimal.

    Encrypted if VIDOCQ_KEY_PASSPHRASE is set. Raises ConfigurationError if the file exists or cannot be made.
    """
    ed25519, serialization = _library()
    key = ed25519.Ed25519PrivateKey.generate()
    passphrase = _passphrase()
    locked = serialization.NoEncryption() if passphrase is None else serialization.BestAvailableEncryption(passphrase)
    body = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, locked)
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise ConfigurationError(
            f"the key cannot be written: {type(error).__name__}",
            where=str(path),
            fix="choose a new file in a folder you can write to; a key is never overwritten",
            fr="la clé ne peut pas être écrite",
            fix_fr="choisissez un nouveau fichier, dans un dossier où vous pouvez écrire ; une clé n'est jamais écrasée",
        ) from None
    return _public(key)


def sign(message: bytes, path: Path) -> tuple[str, str]:
    """Public key and signature, in hexadecimal. Raises ConfigurationError if the private key cannot be used."""
    ed25519, serialization = _library()
    try:
        if path.stat().st_size > LONGEST_KEY:
            raise ValueError
        key = serialization.load_pem_private_key(path.read_bytes(), password=_passphrase())
    except (OSError, ValueError, TypeError) as error:
        raise ConfigurationError(
            f"the private key cannot be read: {type(error).__name__}",
            where=str(path),
            fix=f"give a PEM file made by `vidocq dossier keygen`, and {PASSPHRASE} if and only if it is encrypted",
            fr="la clé privée ne peut pas être lue",
            fix_fr=f"donnez un fichier PEM créé par « vidocq dossier keygen », et {PASSPHRASE} si et seulement s'il est chiffré",
        ) from None
    if not isinstance(key, ed25519.Ed25519PrivateKey):
        raise ConfigurationError(
            "the private key is not an Ed25519 key",
            where=str(path),
            fix="make one with `vidocq dossier keygen`",
            fr="la clé privée n'est pas une clé Ed25519",
            fix_fr="créez-en une avec « vidocq dossier keygen »",
        )
    return _public(key), key.sign(message).hex()


def is_signed(message: bytes, *, public_key: str, signature: str) -> bool:
    """True if this key made this signature over these bytes."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415  an extra

    ed25519, _ = _library()
    try:
        ed25519.Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(
            bytes.fromhex(signature), message
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def _public(key: Any) -> str:
    raw: bytes = key.public_key().public_bytes_raw()
    return raw.hex()


def _passphrase() -> bytes | None:
    given = os.environ.get(PASSPHRASE)
    return given.encode() if given else None


def _library() -> tuple[Any, Any]:
    try:
        from cryptography.hazmat.primitives import serialization  # noqa: PLC0415  an extra
        from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415
    except ImportError:
        raise MissingExtra(
            "signing needs the library `cryptography`", where="dossier.anchors", fix="pip install 'vidocq[sign]'"
        ) from None
    return ed25519, serialization
