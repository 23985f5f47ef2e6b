"""The Processing provider `rsvlm`: what the dock does, for models, batches and `qgis_process`."""
