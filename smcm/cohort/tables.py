"""The checked data of one study."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from smcm.design.study import StudyDesign
from smcm.stats.small_counts import FEWEST_CLIENTS


@dataclass(frozen=True, slots=True, eq=False)
class Cohort:
    """What the analyses take; build it with `load_cohort`.

    A `Cohort` that exists has passed every check. Rows are sorted by their key, so
    the order of the rows in the files changes nothing. It equals itself alone, and is
    never changed, so that what follows from it can be kept and computed once.

    Attributes
    ----------
    name : str
        ``"synthetic"`` for the shipped cohort and for no other, else the name of the
        folder; own data in a folder of that name have part of their digest in it.
    synthetic : bool
        Whether the manifest of the folder says that the clients are invented.
    shipped : bool
        Whether it is the data set that comes with the book, by its content.
    statement : str
        One sentence that says what data this is, for banners and exported files.
        Here and in the name, control characters stand as escapes.
    digest : str
        SHA-256 over the names and bytes of the data files, in hexadecimal.
    design : StudyDesign
        What the study file of the folder declares; the shipped one where it has none.
    clients, teams, fidelity, interviews : DataFrame
        Ids and codes as text, dates as datetime64, columns that are never blank as
        int64, all other numbers as float64 with NaN for missing; months are float64.
    items : mapping of str to DataFrame
        For each instrument client_id, month and its items (float64, NaN missing), a
        row per interview at which the instrument was answered.
    completed : mapping of str to DataFrame or None
        The same without any gap, a row per client and month of the instrument.
    fewest_clients : int
        Smallest count of clients that pages on real data show; its manifest may raise
        it.
    """

    name: str
    synthetic: bool
    shipped: bool
    statement: str
    digest: str
    design: StudyDesign
    clients: pd.DataFrame
    teams: pd.DataFrame
    fidelity: pd.DataFrame
    interviews: pd.DataFrame
    items: Mapping[str, pd.DataFrame]
    completed: Mapping[str, pd.DataFrame] | None
    fewest_clients: int = FEWEST_CLIENTS

    @property
    def calibrated(self) -> bool:
        """Whether the clients were invented so that tables print as the article's."""
        return self.synthetic and self.shipped

    @property
    def real(self) -> bool:
        """Whether the clients are people, so that no page may show one of them."""
        return not self.synthetic

    @property
    def fewest_shown(self) -> int:
        """Smallest count of clients that a page shows; 0 for invented clients."""
        return self.fewest_clients if self.real else 0

    @property
    def n(self) -> int:
        """Number of clients."""
        return len(self.clients)
