package dev.lion.strategy;

/** From where the student starts an imitation: by default where it is, as in the paper ({@link #present()}). */
@FunctionalInterface
public interface StudentStart {
    /** From where the imitation of an iteration starts; iterations count from 1, as the first student is the base itself. */
    Origin origin(int iteration);

    /**
     * Whether some imitation may start from the base; true by default. The loop then keeps the student that it was given,
     * under {@code student/base} of the run, before it trains it: once more the size of its weights.
     */
    default boolean needsBase() {
        return true;
    }

    /**
     * How this rule is called in the run's manifest; "custom" by default. A run is only continued under the same
     * description, so a rule of your own should have one.
     */
    default String description() {
        return "custom";
    }

    /** Each imitation continues from the student that was kept last (paper, algorithm 1). */
    static StudentStart present() {
        return StudentStarts.PRESENT;
    }

    /** Each imitation starts from the student that the run was given, as LLM2LLM has it; best with a growing Train Pool. */
    static StudentStart base() {
        return StudentStarts.BASE;
    }

    /** Where a student may start. */
    enum Origin {
        /** The student that was kept last. */
        PRESENT,
        /** The student that the run was given. */
        BASE
    }
}
