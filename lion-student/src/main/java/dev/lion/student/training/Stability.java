package dev.lion.student.training;

import dev.lion.data.ImitationSummary.LossPoint;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * When a training is lost. A loss or a norm that is not finite always is. A loss is when it is {@value #LOSS} times both that
 * of a model that knows nothing and the lowest of the steps before; a norm when it is {@value #NORM} times both 1 and the
 * mean of the {@value #STEPS} steps before. Hard batches, a bad start and jumps of the data do not reach either: to be so
 * wrong, a model must be certain of wrong tokens throughout a step. A loss without a bound is only asked to be finite.
 *
 * @param lossOfIgnorance in nats; empty when the loss of a sound training has no bound
 */
record Stability(OptionalDouble lossOfIgnorance) {
    private static final int LOSS = 4;
    private static final int NORM = 1000;
    private static final int STEPS = 50;

    /** What is wrong with a step's loss; empty when nothing is. */
    Optional<String> faultOfLoss(double loss, List<LossPoint> before) {
        double lowest = before.stream().mapToDouble(LossPoint::loss).min().orElse(loss);
        double most =
                lossOfIgnorance.isPresent() ? LOSS * Math.max(lossOfIgnorance.getAsDouble(), lowest) : Double.MAX_VALUE;
        return fault("loss", loss, most);
    }

    /** What is wrong with a step's gradient norm; empty when nothing is. */
    Optional<String> faultOfNorm(double norm, List<LossPoint> before) {
        double mean = before.subList(Math.max(0, before.size() - STEPS), before.size()).stream()
                .mapToDouble(point -> point.gradientNorm().orElseThrow())
                .average()
                .orElse(norm);
        return fault("gradient norm", norm, NORM * Math.max(1, mean));
    }

    private static Optional<String> fault(String name, double value, double most) {
        if (!Double.isFinite(value)) {
            return Optional.of("its " + name + " is " + value);
        }
        return value <= most
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "its %s %.4g explodes: after the steps before, %.4g is the most",
                        name,
                        value,
                        most));
    }
}
