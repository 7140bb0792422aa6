"""Whether a data folder, or this machine, shows in what is passed on."""
