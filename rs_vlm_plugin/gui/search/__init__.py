"""Search in the dock and in the locator bar: the project's index, the query line, the results."""
