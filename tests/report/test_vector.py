"""Figures of a page: colours in roles, words as words, the same text each time."""

import re
from io import StringIO
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pandas as pd
import pytest
from matplotlib.lines import Line2D

from smcm.audit import figures as audit_figures
from smcm.chapters.coding import figures as coding_figures
from smcm.paths import BOOK
from smcm.report import palette
from smcm.report.vector import ROLES
from tests.shown import figures

STYLES = (BOOK / "_static" / "figures.css").read_text(encoding="utf-8")
DARK_PAGE = "#14181e"  # pydata-sphinx-theme's
DRAWN = {
    "fig-model": figures.mediation_diagram,
    "fig-paths-9": lambda study: figures.path_diagrams(study, 9),
    "fig-fidelity": figures.fidelity_over_time,
    "fig-missing": figures.missingness_map,
    "fig-bootstrap": figures.bootstrap_distribution,
    "fig-outcomes": figures.outcomes_over_time,
    "fig-indirect": figures.indirect_effects,
    "fig-audit": lambda _: audit_figures.audit_intervals(),
    "fig-checks-pgi_18": lambda study: coding_figures.model_checks(study, "pgi_18"),
}
DENSE = {"fig-checks-pgi_18"}
WITHOUT_CSV = {"fig-model", "fig-checks-pgi_18"}  # no numbers, and those of clients
OF_RESULTS = ("fig-paths-9", "fig-bootstrap", "fig-outcomes", "fig-indirect")
MOST_BYTES = 150_000  # of the figures of results, which leaves as much for its text
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b")
ROLE = re.compile(r"var\(--fig-([a-z-]+), (#[0-9a-f]{6})\)")
NASTY = "Team $a_1$ <b>&\x1b[31m \u202e \\alpha %"


@pytest.fixture(scope="module")
def plates(study):
    return {name: draw(study) for name, draw in DRAWN.items()}


@pytest.fixture(scope="module")
def elements(plates):
    return {name: plate.to_html() for name, plate in plates.items()}


def parts(html):
    return re.findall(r"<svg .*?</svg>", html)


def styles(html):
    """Everything but data: a picture and the numbers may hold any letters."""
    return re.sub(r'href="[^"]*"', "", "".join(parts(html)))


@pytest.mark.parametrize("name", DRAWN)
def test_every_colour_is_a_role(elements, name):
    text = styles(elements[name])
    found = ROLE.findall(text)
    assert found
    assert {(role, colour) for role, colour in found} <= {
        (role, colour) for colour, role in ROLES.items()
    }
    assert not COLOUR.findall(ROLE.sub("", text))
    named = re.findall(r"(?:fill|stroke): ?([a-z]+)(?=[;\"])", text)
    assert set(named) <= {"none"}


@pytest.mark.parametrize("name", DRAWN)
def test_words_are_words_in_a_colour_of_the_page(elements, name):
    texts = [
        one
        for part in parts(elements[name])
        for one in ET.fromstring(part).iter("{http://www.w3.org/2000/svg}text")
    ]
    assert texts
    assert all("fill: var(--fig-" in one.get("style") for one in texts)
    assert max(len(one.text.split()) for one in texts) > 1  # not letter by letter


@pytest.mark.parametrize("name", DRAWN)
def test_drawing_anew_gives_the_same_element(study, plates, elements, name):
    assert plates[name].to_html() == elements[name]
    assert DRAWN[name](study).to_html() == elements[name]


@pytest.mark.parametrize("name", DRAWN)
def test_what_is_referred_to_is_there_once(elements, name):
    text = "".join(parts(elements[name]))
    ids = re.findall(r' id="([^"]*)"', text)
    named = re.findall(r'url\(#([^)]*)\)|href="#([^"]*)"', text)
    assert {one or other for one, other in named} <= set(ids)
    assert all(one.startswith(f"{name}-") for one in ids)


@pytest.mark.parametrize("name", DRAWN)
def test_pictures_are_in_dense_layers_alone(elements, name):
    assert ("<image " in elements[name]) == (name in DENSE)


@pytest.mark.parametrize("name", DRAWN)
def test_no_figure_offers_a_row_for_each_client(study, plates, name):
    frame = plates[name].frame
    assert frame is None or len(frame) < min(r.mediation.n for r in study.models)


@pytest.mark.parametrize("name", DRAWN)
def test_the_link_holds_the_numbers(plates, elements, name):
    link = re.search(r'href="data:text/csv;charset=utf-8,([^"]*)"', elements[name])
    frame = plates[name].frame
    assert (link is None) == (frame is None) == (name in WITHOUT_CSV)
    if frame is not None:
        assert len(frame)
        read = pd.read_csv(
            StringIO(unquote(link[1]).removeprefix("\ufeff")),
            dtype=str,
            keep_default_na=False,
        )
        written = frame.to_csv(index=False, date_format="%Y-%m-%d")
        expected = pd.read_csv(StringIO(written), dtype=str, keep_default_na=False)
        assert read.columns.tolist() == expected.columns.tolist()
        for column in read:
            ours, theirs = read[column], expected[column]
            if theirs.str.fullmatch(r"-?[\d.]+(e-?\d+)?").all():
                assert ours.astype(float).tolist() == theirs.astype(float).tolist()
            else:
                assert [v[:10] for v in ours] == [v[:10] for v in theirs]


def test_the_figures_of_results_are_light(elements):
    weights = {name: len(elements[name].encode()) for name in OF_RESULTS}
    weights["fig-paths-18"] = weights["fig-paths-9"]
    assert sum(weights.values()) < MOST_BYTES


@pytest.mark.parametrize("name", ["fig-bootstrap", "fig-model"])
def test_a_file_needs_no_style_sheet(plates, name):
    text = plates[name].to_bytes("svg").decode()
    assert "var(" not in text
    assert ET.fromstring(text).tag.endswith("svg")


def test_names_do_nothing_in_a_figure():
    figure, axes = palette.new_panels(1, 1, (3.0, 2.0), (1.0, 0.1, 0.5, 0.3), foot=0.5)
    ax = axes[0, 0, 0]
    palette.name_rows(ax, [NASTY])
    palette.heading(ax, NASTY)
    palette.name_axes(ax, x=NASTY)
    palette.add_key(figure, [Line2D([], [], label=NASTY, color=palette.INK)])
    plate = palette.finished(figure, NASTY, "fig-nasty")
    html = plate.to_html()
    shown = "Team $a_1$ <b>&\\x1b[31m \\u202e \\alpha %"
    for part in parts(html):
        texts = [one.text for one in ET.fromstring(part).iter() if one.text]
        assert shown in texts
    assert html.count("<b>") == 0
    assert plate.to_bytes("png")
    assert ET.fromstring(plate.to_bytes("svg")) is not None


def declared(selector):
    """Colours of the roles under a selector of the style sheet."""
    block = re.search(rf"{re.escape(selector)} \{{(.*?)\}}", STYLES, re.DOTALL)[1]
    return dict(re.findall(r"--fig-([a-z-]+): (#[0-9a-f]{6});", block))


def luminance(colour):
    shares = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [
        s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares
    ]
    return sum(w * v for w, v in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    high, low = sorted(map(luminance, (one, other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_style_sheet_gives_every_role_in_both_themes():
    light = {role: colour for colour, role in ROLES.items() if role != "paper"}
    assert declared(":root") == light
    assert declared('html[data-theme="dark"]').keys() == light.keys()


@pytest.mark.parametrize(
    ("selector", "page"),
    [
        (":root", "#ffffff"),
        ('html[data-theme="dark"]', DARK_PAGE),
    ],
)
def test_roles_stand_out_in_both_themes(selector, page):
    """WCAG 2.2: words 4.5:1, lines and marks 3:1."""
    colours = declared(selector)
    for role in ("ink", "quiet"):
        assert contrast(colours[role], page) >= 4.5
    for role in ("rule", "blue", "red", "green", "purple", "ochre", "sky", "grey"):
        assert contrast(colours[role], page) >= 3.0, role
