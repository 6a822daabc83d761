"""Runs the proxy until it is stopped."""

import asyncio
import contextlib
import signal
import socket
import threading
from pathlib import Path

from vidocq.cli.output import fail
from vidocq.core.errors import ConfigurationError, MissingExtra, VidocqError
from vidocq.serve.connections import MOST, impatient
from vidocq.serve.flow import LAST_SECONDS
from vidocq.serve.proxy import application

GRACE = 20
"""Seconds that what is under way has to end in when the proxy is stopped; then it is told, and ended."""
SPARE = 64
"""Files that are open besides connections."""


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
    files = _open_many_files()
    most = None if files is None else max((files - SPARE) // 2, 2)

    class Server(uvicorn.Server):
        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            asyncio.get_running_loop().call_later(GRACE, app.state.leave)
            await super().shutdown(sockets)

    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        http=impatient() if most is None else impatient(most=min(most // 2, MOST)),
        log_level="error",
        access_log=False,
        server_header=False,
        ws="none",
        limit_concurrency=most,
        timeout_graceful_shutdown=round(GRACE + LAST_SECONDS + 1),
    )
    if threading.current_thread() is threading.main_thread() and hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, lambda *_: None)  # the log and the policy are looked at again all the time
    with contextlib.suppress(KeyboardInterrupt):
        Server(config).run()
    return 0


def _open_many_files() -> int | None:
    """A stream takes two sockets; as many are allowed as the system lets this process have. None where that is not known."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return None
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    now, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return None if now == resource.RLIM_INFINITY else now
