package dev.lion.loop;

import dev.lion.run.Stage;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * A call of a role, as retries, time limits and warnings see it.
 *
 * @param role who is called
 * @param where during which stage, in words; empty outside of any
 * @param instructionId about which instruction, when it is about one
 * @param doing what the role is asked to do, as in "to answer 64 instructions"; may be blank
 * @param abandon what happens when an attempt, whose number it is given, neither ends in time nor when interrupted;
 *     empty where a call has no time limit
 */
record CallSite(
        Role role, Optional<Where> where, Optional<String> instructionId, String doing, Optional<IntConsumer> abandon) {

    /** A stage of an iteration. */
    record Where(int iteration, Stage stage) {
        @Override
        public String toString() {
            return stage.name().toLowerCase(Locale.ROOT) + " of iteration " + iteration;
        }
    }

    /** The student, when it takes up what it saved. */
    static CallSite restoring(Path directory) {
        return new CallSite(
                Role.STUDENT,
                Optional.empty(),
                Optional.empty(),
                "to restore itself from " + directory,
                Optional.empty());
    }

    /** Who is awaited for what, as in "the referee on 00c0ffee in discrimination of iteration 2". */
    String describe() {
        return "the " + role
                + (doing.isBlank() ? "" : " " + doing)
                + instructionId.map(id -> " on " + id).orElse("")
                + where.map(place -> " in " + place).orElse("");
    }
}
