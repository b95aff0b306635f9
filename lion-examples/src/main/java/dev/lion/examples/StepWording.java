package dev.lion.examples;

import dev.lion.data.ImitationSummary.LossPoint;
import dev.lion.role.StepMeasurement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A training step as a progress line shows it: what a person looks for first comes first, as narrow terminals cut the end. */
final class StepWording {
    private StepWording() {}

    /** As in {@code loss 1.234, 3,210 tokens/s, 1.9 GB, norm 0.82, rate 2.0e-05}; what is not known is left out. */
    static String atAGlance(LossPoint point, StepMeasurement measured) {
        List<String> words = new ArrayList<>(List.of(words("loss %.3f", point.loss())));
        measured.tokensPerSecond().ifPresent(speed -> words.add(words("%,.0f tokens/s", speed)));
        measured.residentBytes().ifPresent(bytes -> words.add(words("%.1f GB", bytes / 1e9)));
        point.gradientNorm().ifPresent(norm -> words.add(words("norm %.2f", norm)));
        words.add(words("rate %.1e", point.learningRate()));
        return String.join(", ", words);
    }

    private static String words(String format, double number) {
        return String.format(Locale.ROOT, format, number);
    }
}
