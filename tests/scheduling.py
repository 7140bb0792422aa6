"""How xdist hands out tests: what takes long to set up is set up in one process."""

from xdist.scheduler import LoadFileScheduling

from smcm.paths import ROOT
from tests.taking_long import takes_long


class ByFixture(LoadFileScheduling):
    """A file is the work of one process, and so are those that `takes_long` names."""

    def _split_scope(self, nodeid):
        file = super()._split_scope(nodeid)
        return "fixtures that take long" if takes_long(ROOT / file) else file
