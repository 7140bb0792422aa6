"""What the power analysis assumes."""

# The article prints the power of its regressions and not the effect size behind it.
# This f-squared, between Cohen's small (.02) and medium (.15), is the documented
# assumption under which the printed power comes out.
ASSUMED_EFFECT = 0.06
