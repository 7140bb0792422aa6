"""The program: ``smcm``, or ``python -m smcm``."""

from smcm.rerun.interrupts import end_on_signals


def main() -> None:
    """Run a command line; a signal ends it with a sentence, from here on."""
    end_on_signals()
    from smcm.cli.main import run  # noqa: PLC0415 (what is slow comes after it)

    run()


if __name__ == "__main__":
    main()
