"""Homework on data of one's own: files whose causes are known, their keys, grades."""
