"""The commands that fit the model elsewhere, and what comes out."""

from dataclasses import asdict
from textwrap import wrap

from smcm import process_text
from smcm.chapters.process.model import ShownModel
from smcm.parameters import SYNTHETIC, RunParameters
from smcm.report.show import Listing

FOLDER, DATA = "rows", "analysis.csv"  # the second as `smcm study` names it
WIDTH = 76  # characters


def command_of_spss(found: ShownModel) -> Listing:
    """Write the call of the macro in the syntax of SPSS."""
    spec, fit = found.fit.spec, found.fit
    words = [
        f"process y={spec.y}",
        f"/x={spec.x}",
        *(f"/m={name}" for name in spec.mediators),
        *f"/cov={' '.join(spec.covariates)}".split(),
        *("/model=4", "/total=1", "/stand=1", "/longname=1"),
        f"/boot={fit.draws.direct.size}",
        f"/seed={fit.seed}.",
    ]
    return Listing(_folded(words))


def command_of_r(found: ShownModel) -> Listing:
    """Write the call of the function in R."""
    spec, fit = found.fit.spec, found.fit
    covariates = ", ".join(f'"{name}"' for name in spec.covariates)
    words = [
        f'process(data = read.csv("{DATA}"),',
        f'y = "{spec.y}",',
        f'x = "{spec.x}",',
        *(f'm = "{name}",' for name in spec.mediators),
        *f"cov = c({covariates}),".replace(" = ", "\u00a0=\u00a0").split(" "),
        *("model = 4,", "total = 1,", "stand = 1,"),
        f"boot = {fit.draws.direct.size},",
        f"seed = {fit.seed})",
    ]
    return Listing(_folded(words))


def commands_of_smcm(found: ShownModel) -> Listing:
    """Write the commands that make the data file and what this page shows."""
    spec, fit = found.fit.spec, found.fit
    words = [
        f"smcm mediate {FOLDER}/{DATA}",
        f"--x {spec.x}",
        *(f"--m {name}" for name in spec.mediators),
        f"--y {spec.y}",
        *(f"--covariate {name}" for name in spec.covariates),
        f"--n-boot {fit.draws.direct.size}",
        f"--seed {fit.seed}",
        "--stream r",
    ]
    study = ["smcm study", *_departures(found.run), f"--rows {FOLDER}"]
    return Listing(f"{_folded(study, chr(92))}\n{_folded(words, chr(92))}")


def output(found: ShownModel) -> Listing:
    """Write the model in the blocks of PROCESS."""
    return Listing(process_text(found.fit))


def _departures(run: RunParameters) -> list[str]:
    """Name what differs from the defaults; whose folder the data are in is private."""
    given, default = asdict(run), asdict(RunParameters())
    given["data"] = SYNTHETIC if run.data == SYNTHETIC else "DATA"
    return [
        f"--{name.replace('_', '-')} {value}"
        for name, value in given.items()
        if value != default[name]
    ]


def _folded(words: list[str], end: str = "") -> str:
    """Break a long command between words, with a sign where the shell needs one."""
    whole = " ".join(word.replace(" ", "\u00a0") for word in words)
    lines = wrap(
        whole,
        WIDTH,
        subsequent_indent="  ",
        break_on_hyphens=False,
        break_long_words=False,
    )
    return (f" {end}\n" if end else "\n").join(lines).replace("\u00a0", " ")
