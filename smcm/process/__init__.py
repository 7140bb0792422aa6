"""Results as PROCESS for SPSS writes them: its text, and the same as JSON."""
