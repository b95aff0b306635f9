package dev.lion.report;

import dev.lion.data.Instruction;
import dev.lion.report.Rounds.Round;
import dev.lion.run.IterationSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which hard instructions the page shows: by the size of the gap and then by id, so that equal runs show the same ones,
 * and no two of one family while other families remain.
 */
final class SampleChoice {
    private static final int ABOUT = 6;
    private static final int CAUGHT_UP = 3;

    /** An instruction and the iteration whose answers to show. */
    record Pick(String id, int iteration) {}

    private record Candidate(Instruction instruction, int iteration, double size) {}

    private final ReportData data;
    private final Lineage lineage;
    private final Rounds rounds;

    SampleChoice(ReportData data, Lineage lineage, Rounds rounds) {
        this.data = data;
        this.lineage = lineage;
        this.rounds = rounds;
    }

    /** The widest gaps of every iteration, six in all or one for each iteration, whichever is more. */
    List<Pick> widest() {
        List<IterationSummary> judged = data.judgedIterations();
        Set<String> families = new HashSet<>();
        Set<String> taken = new HashSet<>();
        List<Pick> picks = new ArrayList<>();
        for (IterationSummary summary : judged) {
            List<Candidate> hard = hardIn(summary.iteration());
            picks.addAll(spread(hard, Math.max(1, ABOUT / judged.size()), families, taken));
        }
        return picks;
    }

    /**
     * About so many over all iterations, each instruction once: half of an iteration's are those with the widest gaps, the
     * others lie evenly between its widest and its narrowest.
     */
    List<Pick> across(int count) {
        Set<String> taken = new HashSet<>();
        List<Pick> picks = new ArrayList<>();
        List<IterationSummary> judged = data.judgedIterations();
        for (int i = judged.size() - 1; i >= 0; i--) {
            int iteration = judged.get(i).iteration();
            List<Candidate> left = sorted(judgedIn(iteration)
                    .filter(c -> !taken.contains(c.instruction().id())));
            picks.addAll(across(left, iteration, Math.max(2, count / judged.size()), taken));
        }
        return picks;
    }

    private static List<Pick> across(List<Candidate> sorted, int iteration, int count, Set<String> taken) {
        int widest = Math.min(count / 2, sorted.size());
        int others = Math.min(count - widest, sorted.size() - widest);
        List<Candidate> chosen = new ArrayList<>(sorted.subList(0, widest));
        for (int i = 0; i < others; i++) {
            chosen.add(sorted.get(widest + (int) ((long) i * (sorted.size() - widest) / others)));
        }
        chosen.forEach(c -> taken.add(c.instruction().id()));
        return chosen.stream()
                .map(c -> new Pick(c.instruction().id(), iteration))
                .toList();
    }

    private Stream<Candidate> judgedIn(int iteration) {
        return rounds.all().entrySet().stream()
                .filter(e -> lineage.contains(e.getKey()))
                .flatMap(e -> e.getValue().stream()
                        .filter(round -> round.iteration() == iteration
                                && round.finding().isPresent())
                        .map(round -> new Candidate(lineage.instruction(e.getKey()), iteration, gap(round))));
    }

    /** Hard when first judged and easy when last judged, those that gained most, without those already picked. */
    List<Pick> caughtUp(List<Pick> picked) {
        Set<String> taken = picked.stream().map(Pick::id).collect(Collectors.toCollection(HashSet::new));
        Stream<Candidate> gained =
                rounds.all().keySet().stream().filter(lineage::contains).flatMap(id -> gained(id).stream());
        return spread(sorted(gained), CAUGHT_UP, new HashSet<>(), taken);
    }

    private List<Candidate> hardIn(int iteration) {
        return sorted(rounds.all().entrySet().stream()
                .filter(e -> lineage.contains(e.getKey()))
                .flatMap(e -> e.getValue().stream()
                        .filter(round -> round.iteration() == iteration && round.isHard())
                        .map(round -> new Candidate(lineage.instruction(e.getKey()), iteration, gap(round)))));
    }

    private Optional<Candidate> gained(String id) {
        List<Round> scored =
                rounds.of(id).stream().filter(r -> r.finding().isPresent()).toList();
        if (scored.size() < 2) {
            return Optional.empty();
        }
        Round first = scored.get(0);
        Round last = scored.get(scored.size() - 1);
        return first.isHard() && !last.isHard()
                ? Optional.of(new Candidate(lineage.instruction(id), first.iteration(), gap(first) - gap(last)))
                : Optional.empty();
    }

    private List<Candidate> sorted(Stream<Candidate> candidates) {
        return candidates
                .sorted(Comparator.comparingDouble(Candidate::size)
                        .reversed()
                        .thenComparing(c -> c.instruction().id()))
                .toList();
    }

    private List<Pick> spread(List<Candidate> candidates, int count, Set<String> families, Set<String> taken) {
        List<Pick> picks = new ArrayList<>();
        for (boolean newFamilyOnly : new boolean[] {true, false}) {
            for (Candidate c : candidates) {
                String family = lineage.rootOf(c.instruction()).id();
                boolean fits = !newFamilyOnly || !families.contains(family);
                if (picks.size() < count && fits && taken.add(c.instruction().id())) {
                    families.add(family);
                    picks.add(new Pick(c.instruction().id(), c.iteration()));
                }
            }
        }
        return picks;
    }

    private static double gap(Round round) {
        return round.finding().orElseThrow().gap();
    }
}
