"""Auditing printed statistics: whether printed numbers can hold together."""
