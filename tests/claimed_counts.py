"""What every whole number in a book is: a count of clients, by kind, or none.

The patterns are looked for in `tests.printed_counts.Number.words`.
"""

import re

# ruff: noqa: E501 (a pattern in one piece)

SAME_FOR_ALL = re.compile(
    r"book/(lessons/|audit|codebook|validation|references|python|scale|get|your-data)|"
    r"(index|search|genindex|_static/\S*) \|"
)  # pages that rest on printed numbers, simulation or invented people
KINDS = {
    "planned": (r"book/power \|",),
    "printed": (
        r"(followed|The|participants were|file of|for|requires|51% of the|all|With) ⟦(155|311|558|162)⟧ \S+ "
        r"(adults|clients|people|independent|participants|women|residual|and)",
        r"book/printed \| \S+ \| Table 1 ⟦\d+⟧ Reason$",
    ),
    "table 1, printed beside": (r"\| Table 1 ⟦\d+⟧ These data$",),
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
        r"⟦\d+⟧ \S+ clients have (every|all) scores?\b|are missing; ⟦|⟦\d+⟧ \d+ of \d+ clients have",
    ),
    "pattern": (r"fig-missing.csv \|",),
    "other patterns": (r"⟦\d+⟧ \d+ (clients with other|with rare patterns)",),
    "imputed": (r"imputed for ⟦",),
    "short windows": (
        r"it affects ⟦|longest window, ⟦\d+⟧ \S+ clients have days without",
    ),
    "reaching": (r"months, ⟦\d+⟧ \S+ begins? before the client’s entry",),
    "not held": (r"(Excluded|interview)[^|]*⟦\d+⟧ \d+ months$",),
    "site": (r"contributed between (\S+ and )?⟦",),
    "n": (
        r"(It includes|describes the|has|analysis includes|that the|computed from|and) "
        r"⟦\d+⟧ \S+ clients",
        r"simulated for ⟦|numbers? of clients, ⟦|N=⟦",
        r"models include between .*⟦|between \S+ and ⟦\d+⟧ \S+ clients\.",
        r"horizon only; ⟦|Map of missing scores: ⟦",
        r"Of the ⟦\d+⟧ \S+ windows|of ⟦\d+⟧ \S+ clients have all",
        r"(every-run|tab-compare.csv|tab-power.csv|article) \| .*⟦\d+⟧ [nN]$",
        r"\| Clients ⟦\d+⟧ Value$|json \| runs.n ⟦",
        r"Clients (in the data|of the sites)[^⟦]*⟦|In the models ⟦",
        r"(every-number|how-numbers-are-compared|tab-\S+.csv) \| Figures 2 and 3 "
        r"captions ⟦\d+⟧ These data$",
    ),
    "threshold": (r"at least ⟦\d+⟧ \S+ clients|(Counts below|add up to) ⟦",),
}
PERSONS = re.compile(
    r"⟦\d+⟧ \S+ (\w+ )?(clients|people|persons|participants|adults|women|men)\b|"
    r"⟦\d+⟧ (N|n|N, count|clients|Missing)$"
)
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
        r"⟦20⟧ (.*QOLI-20|Different conclusion for$)|QOLI-⟦|(Outcome|outcome|model|To|From|short|title|What)$",
        r"sites?( \d,?)* ⟦|site ⟦|[wW]ithout ⟦|(Sites|sites|Strongest covariate)$",
        r"\[[\d, ]*⟦|⟦\d+⟧ \[|(Table|Figure|Tables|Study) [S\d]*⟦|⟦\d+⟧ S\d",
        r"json \| (models|start|choices|axis)\.|runs\.(page|row|at|title|eight|statement)",
        r"Model ⟦|model = ⟦|SPSS ⟦|CR⟦|called ⟦|-⟦|ICC⟦|\(2-1-1|Site ⟦\d⟧ \d$",
        r"(\d,|or) ⟦\d⟧ \d(, or \d)?\)|, ⟦0⟧ 0 to|Sites ⟦\d⟧ Value|\| Sites ⟦|Here$|⟦\d+⟧ (ICC\(|R²|2-1-1)|Level ⟦",
    ),
    "percentages, limits and levels": (
        r"⟦\d+⟧ [^ ]*%|⟦\d+⟧ \S* ?(%|percent)|⟦\d+⟧ .*%|⟦(50|80|95|99)⟧",
        r"\d% to ⟦|between \S+ and ⟦\d+⟧ \S+ above|(below|above|total of|limit of) ⟦",
        r"number are between ⟦|numbers are between ⟦|scale from .*⟦|from ⟦\d+⟧ \d+ to",
        r"(from|to) ⟦\d+⟧ |\((8|a) to ⟦|\(8 to|⟦10⟧ 10⁻|× 10|is rated from|Rubin’s own",
        r"⟦[01]⟧ (0\.00.*|ab|a|b|ICC|estimate|low|Change.*|MC error|p\(c′\)|p \(Holm\)|1, the|1 between.*)$",
        r"json \| runs.models.rows|interval ⟦|power of ⟦|(range|ranges) from ⟦|SD|p$|p,|FMI|VIF|Condition|CI|[aA]nswers|Range",
    ),
    "settings of a run: samples, sets, draws, seed": (
        r"(n-boot|n-imputations|seed) ⟦|(Bootstrap samples|Imputations|Seed)",
        r"⟦\d+⟧ \S+ (bootstrap|resamples|samples|imputed|imputations|completed|products)",
        r"⟦\d+⟧ \S+ (Monte Carlo|draws|pairs|times|sets|indirect|per model|combinations|percentile)",
        r"in each of ⟦|⟦\d+⟧ \S+ iterations|more than the ⟦|percentiles of ⟦|draws$|imputed, ⟦|pools ⟦",
        r"⟦\d+⟧ \S+ (simulated|complete cohorts|single paths|of them, and)|For the other ⟦",
    ),
    "degrees of freedom": (
        r"t\(|F\(|\(2 and ⟦|F ⟦|⟦\d+⟧ \S+ (df|residual|degrees)|df",
        r"t tests with ⟦|\(a, c\) and ⟦|variance have|against ⟦",
        r"Table 2( notes)? ⟦|Results ¶\d ⟦|Test$",
    ),
    "models, runs, equations and findings": (
        r"⟦\d+⟧ \S+ (of|runs|models|equations|numbers|are equal|equal by rule|cannot hold)",
        r"figure \| \d of ⟦8⟧|\b(of|all) ⟦\d+⟧ \S+ (runs|models|combinations|equations)|in five of the ⟦",
        r"(across|what-changed-and-what-did-not|does-the-finding-hold)\S* \|",
        r"tab-across|⟦\d+⟧ \S+ differ|printed, ⟦|differ, and ⟦|In ⟦\d+⟧ \S+ of the models",
        r"book/nesting \| text \| teams in \S+ of the ⟦",
    ),
    "shares of combinations, of samples": (
        r"book/multiverse \| (which-choices|leaving-out-one|tab-multiverse|fig-multiverse)",
        r"tab-latent-trial|effects-between-and-within|fig-false-alarms",
    ),
    "teams, case managers, assessments and what the scale holds": (
        r"⟦\d+⟧ \S+ (teams|case managers|case records|items|ratings|questions|points)",
        r"fig-fidelity.csv|Items$|The ⟦\d+⟧ \S+ teams|the groups are the ⟦|⟦\d+⟧ \$",
        r"(all|clients by) ⟦14⟧ 14 scores|figure \| .*⟦\d+⟧ \d+ at the (first|last)|scale scores of a|of ⟦\d+⟧ \S+ scale scores|Of ⟦\S+⟧ \S+ scale",
    ),
    "what the article printed": (
        r"Published study$|book/(introduction|methods|index|discussion) \| text \| .*⟦(311|558|162|300)⟧",
        r"book/printed \| text \|",
        r"a true slope of ⟦",
    ),
    "measures of a score": (
        r"fig-outcomes.csv|fig-densities.csv|fig-traces.csv|fig-cross|fig-(rho|robust)",
        r"⟦\d+⟧ \d*\.0+(?!\d)",  # written with decimals
        r"Clients reported ⟦\d+⟧ \d+\.0 adverse childhood experiences on average",
    ),
}


def patterns(table):
    return [(kind, re.compile("|".join(found))) for kind, found in table.items()]


KNOWN, OTHERS = patterns(KINDS), patterns(NO_CLIENTS)


def kind_of(number):
    """Say what a number counts: a kind of `KINDS`, "" for no clients, None if unknown."""
    words = number.words
    if SAME_FOR_ALL.match(words):
        return ""
    for kind, pattern in KNOWN:
        if pattern.search(words):
            return kind
    if PERSONS.search(words):
        return None
    return "" if any(pattern.search(words) for _, pattern in OTHERS) else None
