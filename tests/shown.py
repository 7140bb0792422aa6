"""The figures and tables of the article's chapters by their names."""

from types import SimpleNamespace

from smcm.report.figures import (
    bootstrap as bootstrap_figure,
)
from smcm.report.figures import (
    diagram as diagram_figure,
)
from smcm.report.figures import (
    fidelity as fidelity_figure,
)
from smcm.report.figures import (
    forest as forest_figure,
)
from smcm.report.figures import (
    missing as missing_figure,
)
from smcm.report.figures import (
    outcomes as outcomes_figure,
)
from smcm.report.figures import (
    paths as paths_figure,
)
from smcm.report.tables import (
    change as change_table,
)
from smcm.report.tables import (
    characteristics as characteristics_table,
)
from smcm.report.tables import (
    measures as measures_table,
)
from smcm.report.tables import (
    models as models_table,
)
from smcm.report.tables import (
    nesting as nesting_table,
)
from smcm.report.tables import (
    participants as participants_table,
)
from smcm.report.tables import (
    reciprocity as reciprocity_table,
)

figures = SimpleNamespace(
    bootstrap_distribution=bootstrap_figure.bootstrap_distribution,
    mediation_diagram=diagram_figure.mediation_diagram,
    fidelity_over_time=fidelity_figure.fidelity_over_time,
    indirect_effects=forest_figure.indirect_effects,
    missingness_map=missing_figure.missingness_map,
    outcomes_over_time=outcomes_figure.outcomes_over_time,
    path_diagrams=paths_figure.path_diagrams,
)
tables = SimpleNamespace(
    change=change_table.change,
    characteristics=characteristics_table.characteristics,
    measures=measures_table.measures,
    missing=measures_table.missing,
    indirect_effects=models_table.indirect_effects,
    paths=models_table.paths,
    sensitivity=models_table.sensitivity,
    nesting=nesting_table.nesting,
    participants=participants_table.participants,
    reciprocity=reciprocity_table.reciprocity,
)
