"""Where reference models are trained."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from vidocq.audit.configuration.section import Given, Section
from vidocq.core.errors import ConfigurationError
from vidocq.engine.local import Local
from vidocq.engine.ray import Ray
from vidocq.engine.work import Engine


class EngineSection(Section):
    """Where reference models are trained; the result does not depend on it.

    kind     "local": worker processes on this machine. "ray": a Ray cluster; every machine of it needs the same versions of vidocq and of what trains, and the folder of this file at the same path where a function of yours is named here. Records travel to all of them.
    workers  how many; one for each core without it. With "ray", the most tasks in flight; four for each core of the cluster without it.
    address  of a running cluster: "host:port", "ray://host:port", or "auto" for the one this machine is part of. Without it a cluster is started on this machine and stopped at the end. A cluster that asks for a token has it from the environment (RAY_AUTH_MODE, RAY_AUTH_TOKEN).
    gpus_per_task  GPUs for each task, 1 or a part such as 0.25; without it no task of a Ray cluster sees a GPU.
    """

    kind: Literal["local", "ray"] = "local"
    workers: Annotated[int, Given, Field(ge=1, le=1024)] | None = None
    address: str | None = None
    gpus_per_task: Annotated[float, Given, Field(gt=0, le=64)] | None = None

    @model_validator(mode="after")
    def _suits(self) -> "EngineSection":
        if self.kind != "ray" and not (self.address is None and self.gpus_per_task is None):
            raise ValueError("address and gpus_per_task belong to kind 'ray'")
        try:
            self.made()
        except ConfigurationError as error:
            raise ValueError(f"{error.what}; {error.fix}") from None
        return self

    def made(self) -> Engine:
        """The engine; nothing is started yet."""
        if self.kind == "ray":
            return Ray(self.address, self.workers, self.gpus_per_task)
        return Local(self.workers)
