"""Which unrounded numbers can stand behind several printed ones at once."""
