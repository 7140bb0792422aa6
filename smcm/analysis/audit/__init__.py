"""Printed statistics by claim, and whether those of a claim are consistent."""
