package dev.lion.examples.experiment;

import dev.lion.examples.puzzle.PuzzleFamily;
import dev.lion.examples.puzzle.Puzzles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The circumstances of a distillation: which families there are, how often each comes among the seeds, how much may be
 * spent.
 *
 * @param id names the regime in paths
 * @param label in a few words
 * @param families names of the puzzle families
 * @param skew exponent of Zipf's law for the families' shares among the seeds: 0 is even. Which family is frequent and
 *     which is rare goes round with the seed: over as many seeds as families each has each rank once
 * @param seeds seed instructions
 * @param generated new instructions in each iteration
 * @param iterations adversarial iterations
 * @param seedEpochs passes over the seeds in the first imitation
 * @param epochs passes over the new instructions in each later one, were they as long as the seeds: so many tokens may be
 *     spent on it
 */
record Regime(
        String id,
        String label,
        List<String> families,
        double skew,
        int seeds,
        int generated,
        int iterations,
        int seedEpochs,
        int epochs) {
    /** A family that is rare has so many seeds all the same. */
    private static final int FEWEST = 8;

    Regime {
        families = List.copyOf(families);
        if (seeds < FEWEST * families.size()) {
            throw new IllegalArgumentException(
                    seeds + " seeds are too few for " + families.size() + " families; at least " + FEWEST + " each");
        }
    }

    List<PuzzleFamily> puzzles() {
        return families.stream().map(Regime::family).toList();
    }

    private static PuzzleFamily family(String name) {
        return Puzzles.FAMILIES.stream()
                .filter(family -> family.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no family of puzzles is named " + name));
    }

    /** How many seeds each family has, in all {@link #seeds()}. */
    Map<PuzzleFamily, Integer> counts(long seed) {
        List<PuzzleFamily> ranked = new ArrayList<>(puzzles());
        Collections.rotate(ranked, Math.floorMod(seed, ranked.size()));
        double all = 0;
        for (int rank = 0; rank < ranked.size(); rank++) {
            all += weight(rank);
        }
        int free = seeds - FEWEST * ranked.size();
        Map<PuzzleFamily, Integer> counts = new LinkedHashMap<>();
        int given = 0;
        double sum = 0;
        for (int rank = 0; rank < ranked.size(); rank++) {
            sum += weight(rank);
            int upTo = (int) Math.round(free * sum / all);
            counts.put(ranked.get(rank), FEWEST + upTo - given);
            given = upTo;
        }
        return counts;
    }

    String inWords() {
        String shares = skew == 0 ? "equally frequent" : "shares by Zipf\u2019s law with exponent " + skew;
        return families.size() + " families, " + shares + "; " + seeds + " seeds, " + seedEpochs + " passes; then "
                + iterations + " times " + generated + " new, " + epochs + " passes";
    }

    /** How frequent each family is among the seeds. */
    Map<String, Double> shares(long seed) {
        Map<String, Double> shares = new LinkedHashMap<>();
        counts(seed).forEach((family, count) -> shares.put(family.name(), (double) count / seeds));
        return shares;
    }

    private double weight(int rank) {
        return Math.pow(rank + 1.0, -skew);
    }
}
