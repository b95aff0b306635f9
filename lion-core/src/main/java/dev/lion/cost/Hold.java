package dev.lion.cost;

import dev.lion.data.Amount;
import dev.lion.run.Purpose;
import java.util.Objects;

/**
 * What is set aside for a batch of calls, until it is settled, in whatever sitting.
 *
 * @param number by which a later sitting finds it
 * @param purpose what the calls are for
 * @param most how many calls, and the most that they may take; no tokens where the budget limits neither money nor tokens
 */
public record Hold(long number, Purpose purpose, Amount most) {
    public Hold {
        Objects.requireNonNull(purpose, "purpose");
        Objects.requireNonNull(most, "most");
    }

    /** How many calls it is for. */
    public int calls() {
        return Math.toIntExact(most.calls());
    }
}
