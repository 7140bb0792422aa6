"""Results become tables, figures and numbers in sentences; the only rounding."""
