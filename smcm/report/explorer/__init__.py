"""The explorer."""

from smcm.report.explorer.view import Explorer, view

__all__ = ["Explorer", "view"]
