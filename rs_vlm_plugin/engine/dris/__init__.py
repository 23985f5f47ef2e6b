"""DRIS, Dynamic Resolution Input Strategy: which tiles of a region to look at, coarse to fine,
under a budget."""
