"""`vidocq guard`: the filter proxy in front of a model's API, what it is tried with, and the lists that it reads."""

import typer

from vidocq.cli.on_demand import group_of

COMMANDS = {
    "test": "vidocq.cli.guard_trial:try_policy",
    "index": "vidocq.cli.guard_lists:index",
    "list": "vidocq.cli.guard_lists:make_list",
}

guard = typer.Typer(
    cls=group_of("GuardGroup", COMMANDS),
    help="The filter proxy in front of a model's API.",
    invoke_without_command=True,
    rich_markup_mode=None,
)


@guard.callback()
def serve(
    context: typer.Context,
    upstream: str = typer.Option("", "--upstream", help="Address of the model's server, such as https://host/v1."),
    policy: str = typer.Option("", "--policy", help="File of the policy."),
    host: str = typer.Option("127.0.0.1", "--host", help="Address to listen on."),
    port: int = typer.Option(8080, "--port", min=0, max=65535, help="Port to listen on."),
) -> int:
    """The filter proxy: serves under /v1 what the server at --upstream serves, looked through by a policy; it fails closed."""
    if context.invoked_subcommand is not None:
        return 0
    from vidocq.cli.guard_serve import run  # noqa: PLC0415 - the group does not wait for the proxy's imports

    return run(upstream=upstream, policy=policy, host=host, port=port)
