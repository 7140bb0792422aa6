"""Build the package with the data that its commands need inside; see pyproject.toml.

The data stay in `data/`, where the book and the generator have them; only a wheel gets
copies of them. An editable install uses those in the repository.
"""

from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

FOLDERS = ("published", "synthetic", "validation")


class BuildWithData(build_py):
    """Copy `data/` to where `smcm.paths` looks for it in a wheel."""

    def build_package_data(self) -> None:
        """Copy the package's own files, then the data; not for an editable install."""
        super().build_package_data()
        for source, target in self._data().items():
            self.mkpath(str(Path(target).parent))
            self.copy_file(source, target, preserve_mode=False)

    def get_outputs(self, include_bytecode: bool = True) -> list[str]:
        """List all that is built."""
        return [*super().get_outputs(include_bytecode), *self._data().values()]

    def _data(self) -> dict[str, str]:
        """Where each file of the data comes from, and goes to."""
        if self.editable_mode:
            return {}
        files = (p for name in FOLDERS for p in Path("data", name).rglob("*"))
        built = Path(self.build_lib, "smcm")
        return {str(path): str(built / path) for path in files if path.is_file()}


setup(cmdclass={"build_py": BuildWithData})
