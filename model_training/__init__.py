"""Trains, evaluates and exports the model that the plugin runs."""

import os

# Before anything imports onnxruntime: its wheels report usage over the network unless told not to.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
