"""Rooms: each holds what one chapter beyond the article's four needs."""
