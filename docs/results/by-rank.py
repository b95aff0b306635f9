"""The difference between two arms of `adversarial`, in points, by a family's rank among the seeds: the most frequent first.

    python3 docs/results/by-rank.py

Which family is frequent goes round with the seed, over the families in the order of the results.
"""
import json
import pathlib

runs = json.loads((pathlib.Path(__file__).parent / "adversarial" / "results.json").read_text("utf-8"))["runs"]
ends = {(run["arm"], run["seed"]): run["points"][-1]["tasks"]["puzzles"] for run in runs}
for arm, baseline in (("lion", "random"), ("ratio-1-0", "random-1-0")):
    seeds = sorted(seed for name, seed in ends if name == arm)
    families = list(ends[arm, seeds[0]])
    by_rank = [
        sum(
            ends[arm, seed][family] - ends[baseline, seed][family]
            for seed in seeds
            for family in [families[(rank - seed) % len(families)]]
        )
        / len(seeds)
        for rank in range(len(families))
    ]
    print(f"{arm} - {baseline}:", ", ".join(f"{100 * points:+.1f}" for points in by_rank))
