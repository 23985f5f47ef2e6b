"""The Ask tab: questions about a region, answered one after the other."""
