"""A mediation model: which columns play which part, declared and not computed."""

from dataclasses import dataclass

from smcm.design.instruments import Instrument, label


@dataclass(frozen=True, slots=True, kw_only=True)
class MediationSpec:
    """Which columns play which part in one mediation model.

    Attributes
    ----------
    x, m, y : str
        Columns of the predictor, the mediator and the outcome.
    covariates : tuple of str
        Columns entered in every equation, each as one number.
    more : tuple of str, or None
        Of a list of mediators those after `m`, in parallel with it, so that none acts
        on another; None where the model has one mediator and no list.
    """

    x: str
    m: str
    y: str
    covariates: tuple[str, ...] = ()
    more: tuple[str, ...] | None = None

    @property
    def listed(self) -> bool:
        """Whether mediators are a list, so that paths are read by their names."""
        return self.more is not None

    @property
    def mediators(self) -> tuple[str, ...]:
        """Every mediator, `m` first."""
        return (self.m, *(self.more or ()))

    @property
    def variables(self) -> tuple[str, ...]:
        """The predictor, every mediator and the outcome."""
        return (self.x, *self.mediators, self.y)

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column the model reads, outcome first."""
        return (self.y, *self.mediators, self.x, *self.covariates)


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyModel:
    """One model of a study: an outcome at a horizon.

    Attributes
    ----------
    outcome : Instrument
    horizon, alliance_month : float
        Months of the outcome and of the mediator.
    mediator : str
        Column of the mediator.
    baseline : str
        Column of the outcome at baseline, a covariate of this model alone; empty where
        the study has none.
    shared : tuple of str
        Covariates of every model.
    """

    outcome: Instrument
    horizon: float
    alliance_month: float
    mediator: str
    baseline: str
    shared: tuple[str, ...]

    @property
    def key(self) -> str:
        """Short name, for example ``"qoli20_9"``; also the outcome's column."""
        return self.outcome.score_column(self.horizon)

    @property
    def title(self) -> str:
        """For headings, for example ``"QOLI-20 at 9 months"``."""
        return f"{self.outcome.short} at {label(self.horizon)} months"

    def spec(self, window_days: int | str | None = None) -> MediationSpec:
        """Columns of the model, by default with the run's own window."""
        stem = "fidelity" if window_days is None else f"fid{window_days}"
        month = label(self.alliance_month)
        return MediationSpec(
            x=f"{stem}_{month}",
            m=self.mediator,
            y=self.key,
            covariates=(*self.shared, *filter(None, [self.baseline])),
        )
