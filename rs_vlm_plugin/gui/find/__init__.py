"""The Find tab: phrases become outlines on the map."""
