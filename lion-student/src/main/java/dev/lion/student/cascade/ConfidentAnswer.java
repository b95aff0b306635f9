package dev.lion.student.cascade;

import dev.lion.data.FinishReason;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.student.decoding.Continuation;
import java.util.Objects;

/**
 * A student's answer and how sure it was of it.
 *
 * @param instruction what it answered
 * @param response what it wrote
 * @param confidence the geometric mean of the probabilities of its tokens, the end among them, from 0 to 1; 0 for an answer
 *     that was cut off or has no words, which nobody should have instead of a whole one
 */
public record ConfidentAnswer(Instruction instruction, Response response, double confidence) {
    public ConfidentAnswer {
        Objects.requireNonNull(instruction, "instruction");
        Objects.requireNonNull(response, "response");
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("a confidence must be from 0 to 1, but is " + confidence);
        }
    }

    /** Whether there is an answer at all: one that came to its end, with words. */
    static boolean isWhole(boolean ended, String text) {
        return ended && !text.isBlank();
    }

    static double confidence(Continuation written) {
        return confidence(written.confidence(), isWhole(written.finishReason() == FinishReason.STOP, written.text()));
    }

    /** Rounding may take a mean of probabilities a hair above 1. */
    static double confidence(double mean, boolean isWhole) {
        return isWhole ? Math.min(1, mean) : 0;
    }
}
