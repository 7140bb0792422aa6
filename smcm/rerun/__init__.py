"""Reruns of the book: other parameters, papermill, the command line."""
