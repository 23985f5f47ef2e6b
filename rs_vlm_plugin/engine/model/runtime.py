"""onnxruntime, imported at first use: which provider runs the model, and why not another."""

from __future__ import annotations

import importlib
import importlib.util
import os
from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence, Tuple, Type

import numpy as np
from numpy.typing import NDArray

from ..errors import BadRequest, InferenceFailed, RuntimeMissing
from ..sentence import say

DEVICES = ("auto", "cpu", "cuda")
CPU = "CPUExecutionProvider"
CUDA = "CUDAExecutionProvider"
_ONLY_ERRORS = 3


def import_runtime(name: str) -> Any:
    """Import onnxruntime or tokenizers.

    onnxruntime's official wheels tell their maker of every model they run, unless the environment
    forbids it before they are loaded; nothing about an analyst's work may leave the machine.

    Raises:
        RuntimeMissing: not installed, or installed and refused by the system's loader.
    """
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    try:
        return importlib.import_module(name)
    except (ImportError, OSError) as error:
        # A wheel whose libraries do not load raises ImportError too; the advice differs.
        if importlib.util.find_spec(name) is None:
            raise RuntimeMissing(
                "The Python package {name} is not installed.",
                "Install it from the plugin's dependency dialog or with: pip install {name}",
                name=name,
            ) from error
        raise RuntimeMissing(
            "The Python package {name} is installed but does not load ({reason}).",
            "Reinstall it; on Windows install the Microsoft Visual C++ Redistributable.",
            name=name,
            reason=_first_line(error),
        ) from error


class Runtime:
    """Chooses where graphs run and opens them there.

    Args:
        device: "cpu", "cuda", or "auto" for CUDA where it works and the CPU otherwise.
        threads: threads for one operator; None leaves it to onnxruntime (one per physical core).

    `notes` collects sentences on providers that were wanted and did not work; `providers` names
    those in use, best first.

    Raises:
        BadRequest: another device name.
        RuntimeMissing: onnxruntime does not load.
    """

    def __init__(self, device: str = "auto", threads: Optional[int] = None) -> None:
        if device not in DEVICES:
            raise BadRequest(f"Unknown device {device!r}.", f"Choose {', '.join(DEVICES)}.")
        self._onnxruntime = import_runtime("onnxruntime")
        self._onnxruntime.set_default_logger_severity(_ONLY_ERRORS)
        # For a process where someone else loaded it first, and for Windows' own event log.
        self._onnxruntime.disable_telemetry_events()
        self._failures = _failures(self._onnxruntime)
        self._threads = threads
        self.notes: List[str] = []
        self.providers: Tuple[str, ...] = (CPU,)
        if device != "cpu":
            if CUDA in self._onnxruntime.get_available_providers():
                self.providers = (CUDA, CPU)
            elif device == "cuda":
                self.notes.append("This onnxruntime has no CUDA provider; the CPU is used instead.")

    def open(self, name: str, read: Callable[[], bytes], threads: Optional[int] = None) -> Session:
        """Open a graph.

        Args:
            name: its file, for messages.
            read: gives its bytes, again when it has to move to the CPU.
            threads: for one operator of this graph; None for those of the runtime.

        Raises:
            InferenceFailed: onnxruntime does not accept the graph on any provider.
        """
        return Session(self, name, read, threads)

    def create(self, name: str, data: bytes, threads: Optional[int] = None) -> Any:
        """An `InferenceSession` over a graph's bytes on the providers in use, or on the CPU."""
        options = self._onnxruntime.SessionOptions()
        options.log_severity_level = _ONLY_ERRORS
        threads = self._threads if threads is None else threads
        if threads is not None:
            options.intra_op_num_threads = threads
        # Waiting threads that spin take the core from the thread that reads the next tiles.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            session = self._onnxruntime.InferenceSession(
                data, sess_options=options, providers=list(self.providers)
            )
        except self._failures as error:
            if self.providers[0] == CPU:
                raise InferenceFailed(
                    "onnxruntime cannot load {name} ({reason}).",
                    "Update onnxruntime, or install the model bundle again.",
                    name=name,
                    reason=_first_line(error),
                ) from error
            self.fall_back(_first_line(error))
            return self.create(name, data, threads)
        if session.get_providers()[0] != self.providers[0]:
            # onnxruntime drops a provider whose libraries are missing without raising.
            self.fall_back("its libraries do not load")
        return session

    def fall_back(self, reason: str) -> None:
        """Use the CPU from now on, and note why."""
        if self.providers[0] != CPU:
            self.notes.append(
                say(
                    "The graphics card could not be used ({reason}); the CPU is used.",
                    reason=reason,
                )
            )
            self.providers = (CPU,)

    @property
    def failures(self) -> Tuple[Type[Exception], ...]:
        """The exceptions onnxruntime raises for reasons of its own."""
        return self._failures


class Session:
    """One graph, ready to run; moves to the CPU once if the graphics card fails on the way."""

    def __init__(
        self, runtime: Runtime, name: str, read: Callable[[], bytes], threads: Optional[int] = None
    ) -> None:
        self._runtime = runtime
        self._name = name
        self._read = read
        self._threads = threads
        self._session = runtime.create(name, read(), threads)

    def run(
        self, outputs: Sequence[str], inputs: Mapping[str, NDArray[Any]]
    ) -> List[NDArray[np.float32]]:
        """Run the graph; results in the order of `outputs`.

        Raises:
            InferenceFailed: onnxruntime failed on every provider.
        """
        feeds: Dict[str, NDArray[Any]] = dict(inputs)
        try:
            return self._session.run(list(outputs), feeds)
        except self._runtime.failures as error:
            if self._session.get_providers()[0] == CPU:
                raise InferenceFailed(
                    "The model's graph {name} failed ({reason}).",
                    name=self._name,
                    reason=_first_line(error),
                ) from error
            self._runtime.fall_back(_first_line(error))
        self._session = self._runtime.create(self._name, self._read(), self._threads)
        return self.run(outputs, inputs)


def _failures(onnxruntime: Any) -> Tuple[Type[Exception], ...]:
    """onnxruntime's exceptions have no common base: collect them where they are defined."""
    state = onnxruntime.capi.onnxruntime_pybind11_state
    own = [
        value
        for value in vars(state).values()
        if isinstance(value, type) and issubclass(value, Exception)
    ]
    return (*own, RuntimeError, ValueError)


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return (lines[0] if lines else type(error).__name__).rstrip(".")[:200]
