"""Rasters: what they are (`source`), who reads them, how their values become RGB (`normalise`)."""
