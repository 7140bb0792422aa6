"""What a page on real data may show: no client, and no group of a few."""

FEWEST_CLIENTS = 10  # that a mark, a mean or a pattern of a figure rests on
