"""The frame of the explorer that the script fills.

Without JavaScript the form and the view stay hidden and the plain table stays open.
The script is at the end of the frame and not in the head: it runs before the page is
first painted, so that the table does not flash up.
"""

from string import Template

from smcm.chapters.explorer.numbers import LEVEL, TERMS

STATIC = "../_static"  # seen from a chapter
FRAME = Template(
    """\
<link rel="stylesheet" href="$static/explorer.css"/>
<div class="explorer full-width" data-explorer>
<form class="explorer-form" aria-label="What to show" autocomplete="off" hidden>
$form
</form>
<div class="explorer-said" role="status">
<p class="explorer-note" data-show="note"></p>
<p class="explorer-summary" data-show="summary"></p>
<p class="explorer-reason" data-show="reason"></p>
</div>
<div class="explorer-view" hidden>
<div class="explorer-pair">
<div class="explorer-panel">
<h3>The paths</h3>
<svg data-draw="paths" role="img"></svg>
<p class="explorer-key">Each arrow has its coefficient with the $level interval. Solid
arrows are significant at the level that applies, dashed arrows are not.</p>
</div>
<div class="explorer-panel">
<h3>The numbers</h3>
<table class="table explorer-numbers">
<caption data-show="title"></caption>
<thead><tr><th scope="col">Path</th><th scope="col">Estimate<br/>$level CI</th>
<th scope="col">p</th><th scope="col">Level</th>
<th scope="col">Conclusion</th></tr></thead>
<tbody>
$rows
</tbody>
</table>
</div>
</div>
<div class="explorer-words">
<h3>Abstract of this run</h3>
<p data-show="abstract"></p>
<p class="explorer-key"><span data-show="n"></span> clients. <span
 data-show="statement"></span> <a data-link="page">Page of this run</a></p>
</div>
<div class="explorer-pair">
<div class="explorer-panel">
<h3>This model in every run</h3>
<svg data-draw="runs" role="img"></svg>
<p class="explorer-key"><span data-show="across"></span> $key</p>
</div>
<div class="explorer-panel">
<h3>Every model of this run</h3>
<svg data-draw="models" role="img"></svg>
<p class="explorer-key">Completely standardized, so that outcomes can be compared; the
axis is the same in every view. $key</p>
<div class="explorer-cite">
<h3>Cite this view</h3>
<p class="explorer-citation" data-show="citation"></p>
<p><button type="button" data-copy="link">Copy the link to this view</button>
<button type="button" data-copy="citation">Copy the citation</button>
<span role="status" data-show="copied"></span></p>
</div>
</div>
</div>
</div>
<details class="explorer-all" open>
<summary>All numbers in one table</summary>
$plain
</details>
<script type="application/json">$data</script>
</div>
<script src="$static/explorer-draw.js"></script>
<script src="$static/explorer.js"></script>
"""
)
EMPTY = "<td></td>" * 4
KEY = f"Lines are {LEVEL} intervals; a filled dot marks mediation by the rule."


def page(*, form: str, data: str, plain: str) -> str:
    """Put the controls, the data and the plain table into the frame."""
    rows = "\n".join(
        f'<tr><th scope="row">{sign} <small>{meaning}</small></th>{EMPTY}</tr>'
        for sign, meaning in TERMS.values()
    )
    return FRAME.substitute(
        static=STATIC,
        form=form,
        data=data,
        plain=plain,
        rows=rows,
        level=LEVEL,
        key=KEY,
    )
