package dev.lion.report;

import dev.lion.report.SampleChoice.Pick;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All samples that the page shows, read in one pass over the run's texts.
 *
 * @param widest the widest gaps of each iteration
 * @param caughtUp hard when first judged, easy when last judged
 * @param across many of every gap, to search
 */
record Samples(List<Sample> widest, List<Sample> caughtUp, List<Sample> across) {
    /** Samples to search, if their texts are not long. */
    private static final int MOST = 240;

    static Samples of(ReportData data, Lineage lineage, Rounds rounds) {
        SampleChoice choice = new SampleChoice(data, lineage, rounds);
        List<Pick> widest = choice.widest();
        List<Pick> caughtUp = choice.caughtUp(widest);
        List<Pick> across = choice.across(MOST);
        List<Pick> all = new ArrayList<>(widest);
        all.addAll(caughtUp);
        all.addAll(across);
        Map<Pick, Sample> loaded = new HashMap<>();
        Sample.load(all, data, lineage, rounds)
                .forEach(sample -> loaded.put(new Pick(sample.instruction().id(), sample.iteration()), sample));
        return new Samples(of(widest, loaded), of(caughtUp, loaded), of(across, loaded));
    }

    private static List<Sample> of(List<Pick> picks, Map<Pick, Sample> loaded) {
        return picks.stream()
                .flatMap(pick -> Optional.ofNullable(loaded.get(pick)).stream())
                .toList();
    }
}
