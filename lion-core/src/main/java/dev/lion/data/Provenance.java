package dev.lion.data;

import java.util.Objects;

/** Where an instruction came from: the user's own seeds, or a generator's answer to an earlier instruction. */
public sealed interface Provenance {

    /** One of the user's own instructions. */
    record Seed() implements Provenance {}

    /**
     * Written by the generator.
     *
     * @param parentId id of the instruction it was made from
     * @param iteration the adversarial iteration that made it, from 1
     * @param difficulty whether the parent was hard or easy for the student
     */
    record Generated(String parentId, int iteration, Difficulty difficulty) implements Provenance {
        public Generated {
            Objects.requireNonNull(parentId, "parentId");
            Objects.requireNonNull(difficulty, "difficulty");
            if (iteration < 1) {
                throw new IllegalArgumentException("iteration must be 1 or more: " + iteration);
            }
        }
    }

    /** One of the user's own instructions. */
    static Provenance seed() {
        return new Seed();
    }

    /** Written by the generator, from {@code parentId}, in {@code iteration}. */
    static Provenance generated(String parentId, int iteration, Difficulty difficulty) {
        return new Generated(parentId, iteration, difficulty);
    }
}
