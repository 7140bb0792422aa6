"""Everything that is wrong with a command line, reported together."""

from collections.abc import Iterator
from contextlib import contextmanager

from smcm.errors import OutOfRangeError, SmcmError


class Faults:
    """What a command refuses, a sentence each."""

    def __init__(self) -> None:
        self._found: list[str] = []

    def add(self, sentence: str) -> None:
        """Note one, once."""
        if sentence not in self._found:
            self._found.append(sentence)

    def number(self, name: str, given: object, rule: str) -> None:
        """Note a number outside the range in which it means something."""
        self.add(str(OutOfRangeError.for_number(name, given, rule)))

    @contextmanager
    def noted(self, prefix: str = "") -> Iterator[None]:
        """Note what is refused within; the prefix makes a name an option."""
        try:
            yield
        except SmcmError as error:
            self.add(f"{prefix}{error}")

    def refuse(self) -> None:
        """Stop here if there is anything.

        Raises
        ------
        OutOfRangeError
        """
        if len(self._found) > 1:
            listed = "\n".join(f"  {sentence}" for sentence in self._found)
            raise OutOfRangeError(f"{len(self._found)} things to mend:\n{listed}")
        if self._found:
            raise OutOfRangeError(self._found[0])
