"""onnxruntime and tokenizers: are they there, and how are they put into the plugin's own folder.

They are looked for where Python looks anyway, then in `<profile>/python/rs_vlm_packages`. That
folder goes to the end of `sys.path` and holds nothing but these two packages, because anything else
that lands there (a newer numpy above all) would clash with what QGIS brings. At run time
onnxruntime imports only numpy, and tokenizers only the standard library, so what they declare is
left out.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import platform
import sys
from pathlib import Path
from typing import Dict, List, Optional, Tuple

from qgis.core import QgsApplication, QgsSettings

PACKAGES = ("onnxruntime", "tokenizers")
PROBE = (
    "import os, sys; os.environ['ORT_DISABLE_TELEMETRY'] = '1'; "
    "sys.path.append(sys.argv[1]); import onnxruntime, tokenizers; print('usable')"
)


def own_folder() -> Path:
    """Folder in the user's profile that the packages are installed into; it may not exist yet."""
    return Path(QgsApplication.qgisSettingsDirPath()) / "python" / "rs_vlm_packages"


def use_own_packages() -> None:
    """Let Python find packages installed by this plugin, after every other place."""
    folder = str(own_folder())
    if os.path.isdir(folder) and folder not in sys.path:
        sys.path.append(folder)
        importlib.invalidate_caches()


def missing_packages() -> List[str]:
    """Names of the packages Python cannot find; imports none of them, costs about a millisecond."""
    use_own_packages()
    return [name for name in PACKAGES if importlib.util.find_spec(name) is None]


def pinned_requirements(
    version: Tuple[int, int] = sys.version_info[:2],
    system: str = sys.platform,
    machine: str = platform.machine(),
) -> List[str]:
    """What pip is asked for: the newest onnxruntime with a wheel for this Python and machine."""
    if version <= (3, 9):
        runtime = "1.19.2"
    elif version == (3, 10) or (system == "darwin" and machine == "x86_64"):
        runtime = "1.23.2"
    else:
        runtime = "1.31.1"
    return [f"onnxruntime=={runtime}", "tokenizers==0.22.2"]


def python_interpreter() -> Optional[Path]:
    """The Python that QGIS runs on, as a program; None where none is found.

    `sys.executable` is not asked first: inside QGIS it may be QGIS itself, or any python3 on PATH.
    """
    numbered = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    names = ["python.exe", "python3.exe"] if os.name == "nt" else [numbered, "python3"]
    folders = []
    for prefix in (sys.prefix, sys.base_prefix, os.path.dirname(sys.executable or "")):
        folders += [Path(prefix)] if os.name == "nt" else [Path(prefix) / "bin", Path(prefix)]
    for folder in folders:
        for name in names:
            if (folder / name).is_file():
                return folder / name
    return None


def pip_arguments(target: Path, wheel_folder: str = "") -> List[str]:
    """Arguments for the interpreter that install the packages, from a local folder if given."""
    arguments = ["-m", "pip", "install", "--no-deps", "--only-binary", ":all:", "--upgrade"]
    arguments += ["--disable-pip-version-check", "--no-input", "--target", str(target)]
    if wheel_folder:
        arguments += ["--no-index", "--find-links", wheel_folder]
    return arguments + pinned_requirements()


def proxy_environment() -> Dict[str, str]:
    """QGIS's proxy as environment variables, so that no password stands on a command line."""
    store = QgsSettings()
    host = str(store.value("proxy/proxyHost", ""))
    if str(store.value("proxy/proxyEnabled", "false")).lower() != "true" or not host:
        return {}
    from urllib.parse import quote

    port = str(store.value("proxy/proxyPort", ""))
    user = quote(str(store.value("proxy/proxyUser", "")), safe="")
    password = quote(str(store.value("proxy/proxyPassword", "")), safe="")
    scheme = "socks5" if "Socks5" in str(store.value("proxy/proxyType", "")) else "http"
    credentials = f"{user}:{password}@" if user else ""
    address = f"{scheme}://{credentials}{host}" + (f":{port}" if port else "")
    return {"HTTP_PROXY": address, "HTTPS_PROXY": address}


def explain_failed_import(output: str, system: str = sys.platform) -> str:
    """One sentence on why the packages, though installed, cannot be imported."""
    if system == "win32" and "DLL load failed" in output:
        return (
            "The Microsoft Visual C++ runtime is missing or too old: install the current "
            '"Visual C++ Redistributable" for x64 from Microsoft and restart QGIS.'
        )
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return f"The packages were installed but do not load: {lines[-1] if lines else 'no output'}"
