package dev.lion.loop;

import dev.lion.run.IterationSummary;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a generation brought, in words. */
final class Outcome {
    private Outcome() {}

    /** Requests and rejections, to be put behind the statement that nothing was new; nothing when they are not known. */
    static String of(Optional<IterationSummary.Generation> generation) {
        return generation
                .map(it -> ": " + it.requests() + " requests, rejected: " + byRule(it.rejected()))
                .orElse("");
    }

    /** Counts by rule, most first. */
    static String byRule(Map<String, Integer> rejected) {
        return rejected.isEmpty()
                ? "none"
                : rejected.entrySet().stream()
                        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                        .map(each -> each.getValue() + " " + each.getKey())
                        .collect(Collectors.joining(", "));
    }
}
