"""Scored runs against each other: what `compare`, `gate` and `leaderboard` build on.

Import the module that holds the subject; get the runs themselves from `bench.sides.load_sides`.

- `comparable`: `differences(a, b)`, every reason in words why two scored runs may not stand in one table, [] when
  they may; `require_comparable(views)` raises NotComparable (exit 7) with them; `title(view)` names a run in a sentence
- `pairing`: `pair(views)` gives a `Paired`: comparable views as aligned arrays per metric, with articles, classes
  and the headline's weights
"""
