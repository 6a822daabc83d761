"""Runs the proxy until it is stopped."""

import contextlib
from pathlib import Path

from vidocq.cli.output import fail
from vidocq.core.errors import ConfigurationError, MissingExtra, VidocqError
from vidocq.serve.proxy import application

GRACE = 30
"""Seconds that streams under way have to end in when the proxy is stopped."""


def run(*, upstream: str, policy: str, host: str, port: int) -> int:
    """Serves; 2 if nothing can be served."""
    try:
        if not upstream or not policy:
            raise ConfigurationError(
                "the proxy needs a server and a policy",
                where="vidocq guard",
                fix="vidocq guard --upstream https://host/v1 --policy policy.toml",
                fr="le filtre a besoin d'un serveur et d'une politique",
            )
        app = application(upstream=upstream, policy=Path(policy))
        try:
            import uvicorn  # noqa: PLC0415 - an extra, on use
        except ImportError:
            raise MissingExtra(
                "uvicorn is not installed", where="vidocq guard", fix='pip install "vidocq[guard]"'
            ) from None
    except VidocqError as error:
        return fail(error, 2)
    _open_many_files()
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        ws="none",
        timeout_graceful_shutdown=GRACE,
    )
    return 0


def _open_many_files() -> None:
    """A stream takes two sockets; as many are allowed as the system lets this process have."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
