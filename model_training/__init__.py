"""Trains, evaluates and exports the model that the plugin runs."""
