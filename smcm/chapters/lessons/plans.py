"""Minutes of each lesson, and the plans that are made of them."""

from dataclasses import dataclass

MINUTES = {  # in class, without the exercises; in the order of the part
    "parts": 10,
    "adjusted": 10,
    "product": 15,
    "interval": 15,
    "rules": 10,
    "worlds": 20,
    "unmeasured": 15,
    "teams": 15,
    "printed": 10,
}
TALK = 5  # minutes for the last question of a class
PLANS = (  # names of a plan, its sessions, each with its lessons
    ("hour", (("parts", "product", "worlds"),)),
    (
        "week",
        (
            ("parts", "adjusted", "product"),
            ("interval", "rules", "worlds"),
            ("unmeasured", "teams"),
        ),
    ),
    (
        "course",
        (
            ("parts", "adjusted"),
            ("product", "interval"),
            ("rules", "worlds"),
            ("unmeasured", "teams", "printed"),
        ),
    ),
)
LARGE_CLASS, MIDDLE_CLASS = 200, 25  # students that the plans are for


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A lesson of a session, with its minutes."""

    lesson: str
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One meeting, or one week of a course.

    Attributes
    ----------
    number : int
    steps : tuple of Step
    minutes : int
        Of the lessons and of the last question.
    """

    number: int
    steps: tuple[Step, ...]
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plans:
    """Three plans.

    Attributes
    ----------
    hour, week, course : tuple of Session
    talk : int
        Minutes for the last question of a session.
    middle, large : int
        Students of the second plan and of the third.
    """

    hour: tuple[Session, ...]
    week: tuple[Session, ...]
    course: tuple[Session, ...]
    talk: int
    middle: int
    large: int


def plans() -> Plans:
    """Add up the minutes of each session."""
    made = {
        name: tuple(
            Session(
                number=number,
                steps=tuple(Step(lesson=one, minutes=MINUTES[one]) for one in lessons),
                minutes=sum(MINUTES[one] for one in lessons) + TALK,
            )
            for number, lessons in enumerate(sessions, start=1)
        )
        for name, sessions in PLANS
    }
    return Plans(**made, talk=TALK, middle=MIDDLE_CLASS, large=LARGE_CLASS)
