"""Arrays in, frozen results out: no tables, no files, no names of the study."""
