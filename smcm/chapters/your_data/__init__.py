"""Using your own data: what a folder must hold for the book to be built from it."""

from smcm.chapters.your_data.facts import folder_facts

__all__ = ["folder_facts"]
