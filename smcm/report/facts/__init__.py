"""What the chapters' text may speak of: data, edition, and the study's results."""
