"""The article: its printed numbers beside ours, and its findings in words."""
