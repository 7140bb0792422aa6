"""What the pooled models conclude, also after adjusting for how many they are."""

from smcm.analysis.pooled import IndirectTest, PooledModel, PooledStudy
from smcm.chapters.missing.effect_facts import tested_facts
from smcm.report.conclusions import Analysis, Conclusion, Conclusions, judged


def conclusions(found: PooledStudy) -> Conclusions:
    """Gather both."""
    alpha = found.study.design.alpha.level
    tests = tuple(_adjusted(test, alpha) for test in found.tests)
    pooled = Analysis(name="pooled", models=tuple(map(_pooled, found.models)))
    adjusted = Analysis(name="adjusted", models=tests)
    return Conclusions(analyses=(pooled, adjusted))


def _pooled(one: PooledModel) -> Conclusion:
    extent = judged(one.mediated, interval=one.main.excludes_zero)
    return Conclusion(model=one.model.key, extent=extent)


def _adjusted(test: IndirectTest, alpha: float) -> Conclusion:
    """Judge an indirect effect by Holm; its interval alone is not adjusted."""
    found = tested_facts(test, alpha).holm.significant
    extent = judged(found, interval=test.excludes_zero)
    return Conclusion(model=test.model.key, extent=extent, p=test.p_holm)
