"""Time the engine against programs of others, on the same data and machine.

Run from the repository root: ``python -m benchmarks.peers``. It sets up the Python
programs by itself, takes R and its packages where they are there, shows what it does
and keeps the times in data/validation/speed.csv, which the chapter "Why believe these
numbers" reads. ``--quick`` takes smaller sizes, leaves mice out, and keeps the times in
_build/bench only.

Times are CPU seconds on one thread of linear algebra, medians of some repeats; wall
time stands beside. Start, imports and reading are not counted; drawing resamples is,
for ours and theirs, but not for the version by hand, which is given them. Of slow
programs a part of the resamples is run and the rest reckoned; a column says which.
"""

import argparse
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from subprocess import CalledProcessError
from tempfile import TemporaryDirectory

from threadpoolctl import threadpool_limits

from benchmarks import growth, imputation
from benchmarks.children import (
    FOLDER,
    Answer,
    NotThereError,
    peers_python,
    rscript,
    run_python,
    run_r,
)
from benchmarks.measured import Spent, load, machine, timed, write
from benchmarks.tasks import (
    BCA,
    BY_HAND,
    EIGHT,
    ONE,
    OURS,
    PRODUCT,
    VERSION,
    Data,
    by_hand,
    estimates_apart,
    limits_apart,
    our_side,
    prepare,
    row_of,
)
from smcm.analysis.mediation_result import MediationResult
from smcm.chapters.validation.speed import Timing
from smcm.cohort.imputation import ITERATIONS, N_IMPUTATIONS
from smcm.cohort.imputation_model import imputation_model
from smcm.cohort.loading import load_cohort
from smcm.paths import ROOT, VALIDATION
from smcm.stats.power import indirect_power

IMPUTATION, POWER = "imputation", "power"
SPEED = VALIDATION / "speed.csv"
PATH, CASES = 0.14, 558  # a and b of the power task, in SDs of residuals; its N
RESAMPLES = 2000
MICE = "mice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How much of everything is run.

    Attributes
    ----------
    n_boot : int
        Resamples of the two tasks.
    part : int
        Resamples of a loop whose time grows with them.
    lavaan : tuple of int
        Two numbers of resamples; their difference gives the time of one.
    simulated, replications : int
        Simulated samples of the power task, and how many of them the other program
        fits.
    ours, theirs : int
        Repeats.
    """

    n_boot: int
    part: int
    lavaan: tuple[int, int]
    simulated: int
    replications: int
    ours: int
    theirs: int


FULL = Sizes(
    n_boot=5000,
    part=500,
    lavaan=(20, 120),
    simulated=1000,
    replications=50,
    ours=25,
    theirs=3,
)
QUICK = Sizes(
    n_boot=1000,
    part=100,
    lavaan=(5, 15),
    simulated=100,
    replications=5,
    ours=3,
    theirs=1,
)


@dataclass(frozen=True, slots=True)
class Target:
    """A ratio of the CPU seconds of two programs, and what it should be.

    Attributes
    ----------
    task, above, below : str
        Task, and the programs whose times are above and below the line.
    bound : float
    most : bool
        Whether the ratio should be at most the bound, and not at least.
    """

    task: str
    above: str
    below: str
    bound: float
    most: bool = False

    def told(self, rows: Iterable[Timing]) -> str:
        """One line: the ratio, the bound, and whether it is met."""
        seconds = {row.program: row.seconds for row in rows if row.task == self.task}
        name = f"{self.task}: {self.above} / {self.below}"
        if not {self.above, self.below} <= seconds.keys():
            return f"{name:<52}{'—':>10}   not measured"
        ratio = seconds[self.above] / seconds[self.below]
        met = ratio <= self.bound if self.most else ratio >= self.bound
        rule = f"{'at most' if self.most else 'at least'} {self.bound:,g}"
        return f"{name:<52}{ratio:>10,.2f}   {rule}: {'met' if met else 'NOT MET'}"


TARGETS = (
    Target(EIGHT, "PyProcessMacro", OURS, 50),
    Target(EIGHT, "pingouin", OURS, 150),
    Target(EIGHT, BY_HAND, OURS, 12),
    Target(EIGHT, OURS, PRODUCT, 3.5, most=True),
    Target(EIGHT, BCA, OURS, 1.15, most=True),
    Target(ONE, "lavaan", OURS, 5000),
    Target(IMPUTATION, MICE, OURS, 20),
    Target(POWER, "PyProcessMacro", OURS, 100),
)


class Bench:
    """Runs the parts one after the other and gathers their rows.

    Parameters
    ----------
    sizes : Sizes
    data : Data
    """

    def __init__(self, sizes: Sizes, data: Data) -> None:
        """Begin without a row."""
        self.sizes, self.data = sizes, data
        self.rows: list[Timing] = []
        self.missing: list[str] = []
        self.began = time.monotonic()

    def attempt(self, name: str, run: Callable[[], list[Timing]]) -> None:
        """Run one part; say how long it took, or why it could not be run."""
        print(f"{time.monotonic() - self.began:6.0f} s  {name} …", flush=True)
        try:
            found = run()
        except NotThereError as error:
            self.missing.append(f"{name}: {error}")
            print(f"          not timed: {error}", flush=True)
            return
        for row in found:
            told = "" if row.share == 1.0 else f"  reckoned from {row.share:.1%}"
            print(f"          {row.program:<32}{row.seconds:>10.4f} s CPU{told}")
        self.rows += found

    def models(self, task: str, peers: bool) -> None:
        """Time one or all of the eight models."""
        results: tuple[MediationResult, ...] = ()

        def ours() -> list[Timing]:
            nonlocal results
            rows, results = our_side(self.data, task, self.sizes.ours)
            return rows

        self.attempt(f"{task}, smcm", ours)
        repeats = self.sizes.theirs
        self.attempt(
            f"{task}, by hand", lambda: by_hand(self.data, task, repeats, results)
        )
        for program, run, n_boot, reps in self.others(task) if peers else ():
            self.attempt(
                f"{task}, {program}",
                lambda p=program, r=run, n=n_boot, k=reps: [
                    self.theirs(task, p, r(p, *self.files(task), n, k), n, results)
                ],
            )
        if peers and task == ONE:
            self.attempt(f"{task}, lavaan", lambda: [self.lavaan(task, results)])

    def files(self, task: str) -> tuple[Path, Path]:
        """Arguments that all programs share."""
        return self.data.folder / "data.csv", self.data.file(task)

    def others(self, task: str) -> list[tuple[str, Callable[..., Answer], int, int]]:
        """List program, how to run it, resamples run, and repeats."""
        all_of_it, size = self.data.n_boot, self.sizes
        found = [
            ("PyProcessMacro", run_python, all_of_it, size.theirs),
            ("pingouin", run_python, all_of_it, size.theirs),
            ("statsmodels", run_python, size.part, size.theirs),
            ("boot", run_r, all_of_it, size.theirs),
        ]
        return found if task == EIGHT else [*found, ("psych", run_r, all_of_it, 3)]

    def theirs(
        self,
        task: str,
        program: str,
        answer: Answer,
        n_boot: int,
        results: tuple[MediationResult, ...],
    ) -> Timing:
        """Make a row of an answer, times in proportion to the resamples run."""
        share = n_boot / self.data.n_boot
        return row_of(
            self.data,
            task,
            program,
            answer.spent.of(share),
            version=answer.version,
            share=share,
            apart=estimates_apart(results, answer.models),
            limits_apart=limits_apart(results, answer.models, n_boot),
        )

    def lavaan(self, task: str, results: tuple[MediationResult, ...]) -> Timing:
        """Reckon from two short runs, so that its fixed part is counted once."""
        few, many = self.sizes.lavaan
        first, second = (
            run_r("lavaan", *self.files(task), k, self.sizes.theirs)
            for k in (few, many)
        )
        rest = (self.data.n_boot - many) / (many - few)
        long, short = second.spent, first.spent
        spent = Spent(
            long.cpu + rest * (long.cpu - short.cpu),
            long.wall + rest * (long.wall - short.wall),
            long.repeats,
        )
        return row_of(
            self.data,
            task,
            "lavaan",
            spent,
            version=second.version,
            share=many / self.data.n_boot,
            apart=estimates_apart(results, second.models),
            limits_apart=limits_apart(results, second.models, many),
        )

    def imputation(self, peers: bool) -> None:
        """Fill the items, here and in mice."""
        model = imputation_model(load_cohort())
        size = {"n": model.values.shape[0], "models": 1, "resamples": N_IMPUTATIONS}

        def ours() -> list[Timing]:
            _, spent = timed(lambda: imputation.ours(model), imputation.REPEATS)
            return [other_row(IMPUTATION, OURS, VERSION, spent, **size)]

        def theirs() -> list[Timing]:
            r = rscript()
            try:
                version = imputation.mice_version(r)
                spent = Spent(*imputation.mice(r), 1)
            except CalledProcessError as error:
                raise NotThereError(str(error)) from error
            return [other_row(IMPUTATION, MICE, version, spent, **size)]

        self.attempt(f"imputation, {ITERATIONS} sweeps, smcm", ours)
        if peers:
            self.attempt("imputation, mice (some minutes)", theirs)

    def power(self, peers: bool) -> None:
        """Simulate the power of an indirect effect."""
        count, few = self.sizes.simulated, self.sizes.replications
        size = {"n": CASES, "models": count, "resamples": RESAMPLES}

        def ours() -> list[Timing]:
            plan = {"n_replications": count, "n_boot": RESAMPLES, "seed": 1}
            _, spent = timed(
                lambda: indirect_power(PATH, PATH, CASES, **plan), self.sizes.theirs
            )
            return [other_row(POWER, OURS, VERSION, spent, **size)]

        def theirs() -> list[Timing]:
            answer = run_python("power", CASES, RESAMPLES, few, PATH, PATH)
            share = few / count
            spent, name = answer.spent.of(share), "PyProcessMacro"
            return [other_row(POWER, name, answer.version, spent, share=share, **size)]

        self.attempt("power, smcm", ours)
        if peers:
            self.attempt("power, PyProcessMacro", theirs)

    def growth(self, quick: bool) -> None:
        """Measure the peak, and the cost against sizes."""
        for task, n, n_boot, models in growth.sizes(quick):
            name = f"{n:,} cases, {n_boot:,} resamples, {models} models"
            self.attempt(
                name,
                lambda t=task, given=(n, n_boot, models): [
                    growth.cost(t, *given, self.sizes.theirs)
                ],
            )


def other_row(
    task: str, program: str, version: str, spent: Spent, **size: float
) -> Timing:
    """Make a row of a task with other data than the eight models."""
    return Timing(
        task=task,
        program=program,
        version=version,
        repeats=spent.repeats,
        seconds=spent.cpu,
        wall=spent.wall,
        load=load(),
        **({"share": 1.0} | size),
    )


def table(rows: list[Timing], side: Timing | None) -> None:
    """Print the rows with their ratios, and the share of the peak."""
    base = {row.task: row.seconds for row in rows if row.program == OURS}
    names = ("CPU s", "wall s", "ratio", "of peak", "run", "apart", "limits, SE")
    print(f"\n{'':<46}" + "".join(f"{name:>11}" for name in names))
    for row in rows:
        size = f" {row.n}×{row.resamples}×{row.models}" * (row.task not in base)
        cells = [f"{row.seconds:.4f}", f"{row.wall:.4f}"]
        cells.append(f"{row.seconds / base[row.task]:.2f}" if row.task in base else "")
        if row.gflop is None or side is None:
            cells.append("")
        else:
            cells.append(f"{row.gflop / row.seconds * side.seconds / side.gflop:.0%}")
        cells.append(f"{row.share:.1%}")
        cells.append("" if row.apart is None else f"{row.apart:.1e}")
        cells.append("" if row.limits_apart is None else f"{row.limits_apart:.2f}")
        name = f"{row.task}, {row.program}{size}"
        print(f"{name:<46}" + "".join(f"{cell:>11}" for cell in cells))


def measure(sizes: Sizes, folder: Path, *, quick: bool, peers: bool) -> Bench:
    """Run everything; the peers too, where they are wanted."""
    bench = Bench(sizes, prepare(folder, sizes.n_boot))
    if peers:
        bench.attempt(
            "environment of the Python programs", lambda: peers_python() and []
        )
    with threadpool_limits(limits=1, user_api="blas"):
        bench.attempt("peak", lambda: [growth.peak()])
        bench.models(EIGHT, peers)
        bench.models(ONE, peers)
        bench.power(peers)
        bench.imputation(peers and not quick)
        bench.growth(quick)
    return bench


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description="Time the engine against others.")
    parser.add_argument("--quick", action="store_true", help="smaller sizes")
    parser.add_argument("--no-peers", action="store_true", help="our side alone")
    parser.add_argument("--out", type=Path, help="where to keep the times")
    given = parser.parse_args()
    sizes = QUICK if given.quick else FULL
    print(f"{machine()}; load {load()}")
    with TemporaryDirectory(prefix="smcm-bench-") as name:
        bench = measure(sizes, Path(name), quick=given.quick, peers=not given.no_peers)
    side = next((row for row in bench.rows if row.task == growth.PEAK), None)
    table(bench.rows, side)
    print()
    for target in TARGETS:
        print(target.told(bench.rows))
    whole = not (given.quick or given.no_peers or bench.missing)
    path = given.out or (SPEED if whole else FOLDER / "speed.csv")
    write(bench.rows, path)
    for line in bench.missing:
        print(f"not timed: {line}")
    shown = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    print(f"\nkept in {shown}, after {time.monotonic() - bench.began:.0f} s")


if __name__ == "__main__":
    main()
