"""The Compare tab: two images of a place, what was gained and lost between them."""
