"""Tests of RS-VLM, one tier per kind: engine, training, qgis, desktop."""
