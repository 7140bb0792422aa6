"""Run the command line with ``python -m smcm``."""

from smcm.rerun.cli import main

if __name__ == "__main__":
    main(prog_name="smcm")
