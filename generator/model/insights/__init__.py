"""What follows from a strategy and a day by thought alone: freshness, completeness, the scorecard,
who must look at what.
"""
