"""What Table 1 shows of the clients at entry."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Level:
    """One line of a block.

    Attributes
    ----------
    value : str or int
        Code in the data.
    key : str
        Stem of its key among the printed numbers, for example ``"gender.female"``.
    name : str
        As the table words it.
    """

    value: str | int
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Block:
    """A categorical characteristic.

    Attributes
    ----------
    column, name : str
    levels : tuple of Level
        Those the table shows; further codes may occur in the data.
    """

    column: str
    name: str
    levels: tuple[Level, ...]


BLOCKS = (
    Block(
        "gender",
        "Gender",
        (
            Level("female", "gender.female", "Female"),
            Level("male", "gender.male", "Male"),
        ),
    ),
    Block(
        "ethnocultural",
        "Ethnocultural identity",
        (
            Level("white", "eth.white", "White"),
            Level("indigenous", "eth.indigenous", "Indigenous"),
            Level("black", "eth.black", "Black"),
            Level("asian", "eth.asian", "Asian"),
            Level("latin_american", "eth.latin", "Latin American"),
            Level("middle_eastern", "eth.mideast", "Middle Eastern"),
        ),
    ),
    Block(
        "language",
        "Language",
        (
            Level("french", "lang.french", "French"),
            Level("english", "lang.english", "English"),
        ),
    ),
    Block(
        "diagnosis",
        "Primary diagnosis",
        (
            Level("schizophrenia", "dx.schiz", "Schizophrenia and related"),
            Level("bipolar", "dx.bipolar", "Bipolar disorder"),
            Level("borderline", "dx.bpd", "Borderline personality disorder"),
            Level("other", "dx.other", "Other"),
        ),
    ),
    Block(
        "education",
        "Education",
        (
            Level(1, "edu.hs", "High school or less"),
            Level(2, "edu.college", "College, some or completed"),
            Level(3, "edu.univ", "University, some or bachelor's degree"),
        ),
    ),
    Block("employed", "Employment", (Level(1, "employed", "Employed"),)),
    Block("housed", "Housing", (Level(1, "housed", "Stably housed"),)),
    Block(
        "hospitalized",
        "Hospital, past 5 years",
        (Level(1, "hosp", "6 months or more"),),
    ),
)
MEASURED = (("age", "Age, years"), ("ace", "Adverse childhood experiences"))
