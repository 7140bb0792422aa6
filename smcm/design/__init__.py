"""The study as declarations: no data, no arithmetic on data."""
