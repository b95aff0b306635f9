package dev.lion.examples.bench;

import dev.lion.novelty.RougeL;
import dev.lion.novelty.RougeLSearch;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/** Asks an index and the plain scan the same questions and prints a line for each. */
final class NoveltyTable {
    static final double THRESHOLD = 0.7;

    private static final String ROW = "%12s  %-11s  %-16s %10s %10s %12s %9s%n";
    private static final List<Question> QUESTIONS = List.of(
            new Question("any above 0.7", (index, text) -> index.hasAbove(THRESHOLD, text)),
            new Question("best above 0.7", (index, text) -> index.nearestAbove(THRESHOLD, text)),
            new Question("maximum", (index, text) -> index.nearest(text)));

    private final PrintStream out;
    private final List<String> plainPool;
    private final int plainCandidates;

    /** What an index is asked about a text. */
    private record Question(String name, BiConsumer<RougeLSearch, String> ask) {}

    /**
     * @param plainPool texts that the plain scan reads; for larger pools its time is multiplied
     * @param plainCandidates how many candidates it is asked about
     */
    NoveltyTable(PrintStream out, List<String> plainPool, int plainCandidates) {
        this.out = out;
        this.plainPool = plainPool;
        this.plainCandidates = plainCandidates;
    }

    void printHead() {
        out.printf(ROW, "pool", "candidates", "question", "median ms", "p99 ms", "plain ms", "plain/ours");
    }

    /** Prints three lines; returns the median of each question. */
    double[] print(RougeLSearch index, String kind, List<String> candidates) {
        Durations plain = plain(candidates);
        double factor = Math.max(1, (double) index.size() / plainPool.size());
        String mark = factor > 1 ? "~" : "";
        return QUESTIONS.stream()
                .mapToDouble(question -> {
                    Durations ours = Durations.fastestOfThree(
                            candidates.size(), i -> question.ask().accept(index, candidates.get(i)));
                    double plainSum = plain.sumOfFirst(plainCandidates) * factor;
                    out.printf(
                            ROW,
                            String.format(Locale.ROOT, "%,d", index.size()),
                            kind,
                            question.name(),
                            Durations.format(ours.median()),
                            Durations.format(ours.p99()),
                            mark + Durations.format(plainSum / plainCandidates),
                            mark + Durations.format(plainSum / ours.sumOfFirst(plainCandidates)));
                    return ours.median();
                })
                .toArray();
    }

    private Durations plain(List<String> candidates) {
        double[] most = new double[1];
        return Durations.once(plainCandidates, i -> {
            for (String text : plainPool) {
                most[0] = Math.max(most[0], RougeL.score(candidates.get(i), text));
            }
        });
    }
}
