package dev.lion.data;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A task in words, with an optional input that it works on.
 *
 * <p>The id is derived from text and input, so equal texts are the same instruction wherever they appear: an answer that
 * was paid for once is found again.
 *
 * @param id 16 hexadecimal digits of SHA-256 over text and input
 * @param text the instruction itself, not blank
 * @param input what the instruction works on (Alpaca's {@code input}); empty when there is none
 * @param provenance where it came from
 */
public record Instruction(String id, String text, String input, Provenance provenance) {
    public Instruction {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(provenance, "provenance");
        if (text.isBlank()) {
            throw new IllegalArgumentException("an instruction's text must not be blank");
        }
    }

    /** A seed instruction without an input. */
    public static Instruction of(String text) {
        return of(text, "");
    }

    /** A seed instruction with an input; an empty input is the same as none. */
    public static Instruction of(String text, String input) {
        return new Instruction(idOf(text, input), text, input, Provenance.seed());
    }

    /** The same instruction, known to come from elsewhere. */
    public Instruction withProvenance(Provenance newProvenance) {
        return new Instruction(id, text, input, newProvenance);
    }

    /** Text and input as one, separated by a line break: what novelty and solvers look at. */
    public String fullText() {
        return input.isEmpty() ? text : text + "\n" + input;
    }

    /** The id that these contents have. */
    public static String idOf(String text, String input) {
        return Hashing.sha256()
                .newHasher()
                .putString(text, StandardCharsets.UTF_8)
                .putByte((byte) 0)
                .putString(input, StandardCharsets.UTF_8)
                .hash()
                .toString()
                .substring(0, 16);
    }
}
