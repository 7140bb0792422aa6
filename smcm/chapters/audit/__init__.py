"""Auditing printed statistics: what the article's printed numbers leave open."""

from smcm.chapters.audit.facts import audit_facts

__all__ = ["audit_facts"]
