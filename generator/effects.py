"""The true effects of a cohort that is simulated and not calibrated."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from generator.shipped import EIGHT_MODELS
from smcm.design.instruments import label
from smcm.design.models import StudyModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """What a point more of one thing does to another, other things being equal.

    Attributes
    ----------
    a : mapping of str to float
        Points of the alliance per point of fidelity, by month of the alliance.
    b : mapping of str to float
        Points of the outcome per point of the alliance, by key of the model; 0 where
        a model is not named.
    direct : mapping of str to float
        Points of the outcome per point of fidelity, the alliance held fixed; likewise.
    """

    a: Mapping[str, float]
    b: Mapping[str, float]
    direct: Mapping[str, float]

    def of(self, model: StudyModel) -> dict[str, float]:
        """Return the four effects of one model by their names."""
        a, b = self.a[label(model.alliance_month)], self.b.get(model.key, 0.0)
        return {
            "a": a,
            "b": b,
            "direct": self.direct.get(model.key, 0.0),
            "indirect": a * b,
        }

    def by_model(self) -> dict[str, dict[str, float]]:
        """Return the effects of all eight models by their keys."""
        return {model.key: self.of(model) for model in EIGHT_MODELS}


SPREAD = 0.25  # by how much the effects of two seeds differ, as a share
# Unlike the article's on purpose: the first a is large and the second nothing; hope
# follows the alliance at both times; the index falls with it, and functioning falls
# with fidelity; quality of life follows nothing.
SECOND_EFFECTS = Effects(
    a={"4.5": 1.5, "13.5": 0.0},
    b={"ths_9": 0.18, "ths_18": 0.18, "pgi_9": -0.35},
    direct={"mcas_9": -0.7, "mcas_18": -0.7},
)


def effects_of(seed: int) -> Effects:
    """Vary the effects by a seed, so that nobody knows them without it.

    Each that is not zero is multiplied by its own factor within `SPREAD` of one; an
    effect of zero stays zero, and no sign changes.
    """
    rng = np.random.default_rng([seed, len("effects")])

    def varied(effects: Mapping[str, float]) -> dict[str, float]:
        factors = 1 + SPREAD * rng.uniform(-1, 1, len(effects))
        return {
            name: round(value * factor, 3)
            for (name, value), factor in zip(effects.items(), factors, strict=True)
        }

    true = SECOND_EFFECTS
    return Effects(a=varied(true.a), b=varied(true.b), direct=varied(true.direct))
