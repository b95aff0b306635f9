package dev.lion.teacher;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * How a model chooses its tokens. What is empty is not sent, and the model's own setting applies; some hosted models
 * refuse requests that name a temperature, and take {@link #modelDefault()}.
 *
 * @param temperature 0 or more; 0 is the most likely token always
 * @param topP the share of probability that is sampled from, above 0, at most 1
 */
public record Sampling(OptionalDouble temperature, OptionalDouble topP) {
    public Sampling {
        Objects.requireNonNull(temperature, "temperature");
        Objects.requireNonNull(topP, "topP");
        if (temperature.isPresent()
                && !(temperature.getAsDouble() >= 0 && temperature.getAsDouble() < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("temperature must be 0 or more: " + temperature.getAsDouble());
        }
        if (topP.isPresent() && !(topP.getAsDouble() > 0 && topP.getAsDouble() <= 1)) {
            throw new IllegalArgumentException("top-p must be above 0 and at most 1: " + topP.getAsDouble());
        }
    }

    /** Nothing is sent: the settings of the model apply. */
    public static Sampling modelDefault() {
        return new Sampling(OptionalDouble.empty(), OptionalDouble.empty());
    }

    /** A temperature; top-p stays the model's. */
    public static Sampling of(double temperature) {
        return new Sampling(OptionalDouble.of(temperature), OptionalDouble.empty());
    }

    /** A temperature and a top-p. */
    public static Sampling of(double temperature, double topP) {
        return new Sampling(OptionalDouble.of(temperature), OptionalDouble.of(topP));
    }
}
