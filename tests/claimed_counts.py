"""What every whole number in a book is: a count of clients, by kind, or none."""

import re

SAME_FOR_ALL = re.compile(
    r"book/(lessons/|audit|codebook|validation|references|python|scale|get|your-data)|"
    r"(index|search|genindex|_static/\S*) \|"
)  # pages that rest on printed numbers, simulation or invented people
KINDS = {
    "block": (r"(clients|tab-characteristics.csv) \| .* (N|N, count)$",),
    "block, percent": (r"\| clients \| .* %$",),
    "missing": (
        r"(missing-data|tab-missing.csv) \| .* mo(, count)?$",
        r"(the-imputed-scores|tab-imputed.csv) \| .* Missing$",
    ),
    "missing, total": (
        r"In this edition, ⟦\d+⟧ \S+ of the \S+ scale|Of \S+ scale scores, ⟦|Total: ⟦",
    ),
    "complete": (
        r"⟦\d+⟧ \S+ clients have every score|are missing; ⟦|⟦\d+⟧ \d+ of \d+ clients have",
    ),
    "pattern": (r"fig-missing.csv \|",),
    "other patterns": (r"⟦\d+⟧ \d+ clients with other",),
    "short windows": (
        r"it affects ⟦|longest window, ⟦\d+⟧ \S+ clients have days without",
    ),
    "reaching": (r"months, ⟦\d+⟧ \S+ begins? before the client’s entry",),
    "not held": (r"(Excluded|interview)[^|]*⟦\d+⟧ \d+ months$",),
    "n": (
        r"(It includes|describes the|has|analysis includes|that the|computed from|and) "
        r"⟦\d+⟧ \S+ clients",
        r"simulated for ⟦|numbers? of clients, ⟦|those of all ⟦|N=⟦",
        r"models include between .*⟦|between \S+ and ⟦\d+⟧ \S+ clients\.",
        r"horizon only; ⟦|With ⟦\d+⟧ \S+ clients, this leaves",
        r"Of the ⟦\d+⟧ \S+ windows|of ⟦\d+⟧ \S+ clients have all",
        r"(every-run|tab-compare.csv|tab-power.csv|article) \| .*⟦\d+⟧ [nN]$",
        r"\| Clients ⟦\d+⟧ Value$|json \| runs.n ⟦",
        r"Clients (in the data|of the sites)[^⟦]*⟦|In the models ⟦",
        r"(every-number|how-numbers-are-compared|tab-\S+.csv) \| (Table 1|Figures 2 and"
        r" 3 captions) ⟦\d+⟧ These data$",
    ),
    "site": (r"Each site contributed between",),
}
NO_CLIENTS = {
    "months, days, years and dates": (
        r"⟦\d+⟧ \S+(( or| and|,) \S+)* (months?|mo|weeks|years)\b",
        r"[mM]onths? ⟦|month \S+ or ⟦|\(⟦\d+⟧ \S+ mo|, ⟦\d+⟧ \d+ mo|each of them at ⟦",
        r"⟦\d+⟧ (\S+,? )*(or |and )?\S* ?days|⟦\d+⟧ \d+-(day|month)|days instead of ⟦",
        r"(Days|Window|date|iteration|Months)$|after about .*⟦|start.window|options\.",
        r"⟦(18|9|90|180|270|360)⟧",
        r"(October|August|from) ⟦20\d\d⟧|measured on ⟦|(on|between) ⟦20\d\d⟧|⟦20\d\d⟧ 20",
        r"Before the interview|(own earlier value|Own earlier value)$",
    ),
    "names of scales, sites, tables and models": (
        r"⟦20⟧ .*QOLI-20|QOLI-⟦|(Outcome|outcome|model|To|From|short|title|What)$",
        r"sites?( \d,?)* ⟦|site ⟦|[wW]ithout ⟦|(Sites|sites|Strongest covariate)$",
        r"\|[^⟦]* ⟦\d+⟧ \[?\d+[\],]|\[[\d, ]*⟦|(Table|Figure|Tables|Study) [S\d]*⟦|⟦\d+⟧ S\d",
        r"models\.(at|outcome|short|title|axis)|start\.|Model ⟦|model = ⟦|SPSS ⟦|CR⟦",
        r"called ⟦|CI \(|⟦95⟧|⟦99⟧|⟦\d+⟧ \d+-\d+-\d+",
    ),
}
