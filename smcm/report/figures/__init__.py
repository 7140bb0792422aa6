"""The figures of the article's chapters, a module each; a chapter names its own."""
