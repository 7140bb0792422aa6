"""The lessons of the part *Learn mediation*: one module each, on data made for them.

They read neither the study's data nor a run, so every edition shows the same lessons.
"""
