"""What the analyst sees and touches: the dock, its parts, the map tools and the dialogs."""
