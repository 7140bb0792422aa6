"""Answer many questions about power, on the cores of this machine or on a cluster."""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing

from smcm.errors import FailedRunsError
from smcm.rerun.progress import counted
from smcm.stats.power_methods import BOOTSTRAP
from smcm.stats.power_question import PowerAnswer, PowerQuestion, answer

PACE = 6e-10  # seconds for a case of a resample of a sample, about
PATIENCE = 15.0  # seconds of work for which it does not pay to start processes
SEARCHED = 500  # cases of a search whose end nobody knows yet


def answer_all(
    questions: Sequence[PowerQuestion], workers: int | None, dask: str | None
) -> list[PowerAnswer]:
    """Answer questions in order, several at a time where that is worth it.

    Parameters
    ----------
    questions : sequence of PowerQuestion
    workers : int or None
        Processes; None for one on each core.
    dask : str or None
        Address of a scheduler.

    Raises
    ------
    SmcmError
        A question without an answer, a cluster that cannot be used, or workers that
        were killed.
    """
    short = len(questions) == 1 or sum(map(_seconds, questions)) < PATIENCE
    with counted(len(questions), "Simulating") as step:
        if dask is None and (short or workers == 1):
            return [_told(answer(question), step) for question in questions]
        return _spread(questions, workers, dask, step)


def _seconds(question: PowerQuestion) -> float:
    """Guess how long a question takes."""
    how = question.how
    if how.method != BOOTSTRAP:
        return 0.0
    drawn = (question.n or SEARCHED) / question.team_size
    return PACE * how.n_replications * how.n_boot * drawn


def _told(found: PowerAnswer, step: Callable[[], None]) -> PowerAnswer:
    step()
    return found


def _spread(
    questions: Sequence[PowerQuestion],
    workers: int | None,
    dask: str | None,
    step: Callable[[], None],
) -> list[PowerAnswer]:
    from smcm.rerun.executors import choose_pool  # noqa: PLC0415 (slow to import)

    with closing(choose_pool(workers, dask)) as pool:
        killed: tuple[type[Exception], ...] = (BrokenProcessPool, *pool.killed)
        try:
            with pool.open() as executor:
                return _gather(questions, executor, step)
        except killed as error:
            raise FailedRunsError(
                "A worker was killed; is there enough memory? Lower --resamples or "
                "--workers, and give the command again."
            ) from error


def _gather(
    questions: Sequence[PowerQuestion], executor: Executor, step: Callable[[], None]
) -> list[PowerAnswer]:
    futures = [executor.submit(answer, question) for question in questions]
    try:
        for future in as_completed(futures):
            future.result()
            step()
    except BaseException:
        for future in futures:
            future.cancel()
        raise
    return [future.result() for future in futures]
