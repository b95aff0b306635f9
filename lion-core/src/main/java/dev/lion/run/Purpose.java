package dev.lion.run;

import dev.lion.data.PaidRole;
import java.util.Comparator;
import java.util.Objects;

/**
 * What a call was made for. Ordered as the loop goes.
 *
 * @param iteration from 0
 * @param stage during which stage
 * @param role who was called
 */
public record Purpose(int iteration, Stage stage, PaidRole role) implements Comparable<Purpose> {
    private static final Comparator<Purpose> ORDER = Comparator.comparingInt(Purpose::iteration)
            .thenComparing(purpose -> Purpose.rank(purpose.stage))
            .thenComparing(Purpose::role);

    public Purpose {
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(role, "role");
    }

    // in an iteration, the imitation follows the discrimination and the generation
    private static int rank(Stage stage) {
        return switch (stage) {
            case DISCRIMINATION -> 0;
            case GENERATION -> 1;
            case IMITATION -> 2;
            case EVALUATION -> 3;
        };
    }

    @Override
    public int compareTo(Purpose other) {
        return ORDER.compare(this, other);
    }
}
