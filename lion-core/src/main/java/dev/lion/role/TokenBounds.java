package dev.lion.role;

import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The most tokens that a call may take, for roles that do not say themselves. */
final class TokenBounds {
    /** Room for a prompt around the texts. */
    private static final long PROMPT = 2048;

    private static final long TEACHER_OUTPUT = 1024;
    private static final long REFEREE_OUTPUT = 512;
    private static final long GENERATOR_OUTPUT_PER_WORD = 4;
    private static final long GENERATOR_OUTPUT_FLOOR = 64;

    private TokenBounds() {}

    static Optional<TokenUsage> teacher(String instruction) {
        return Optional.of(new TokenUsage(PROMPT + bytes(instruction), TEACHER_OUTPUT));
    }

    static Optional<TokenUsage> referee(String instruction, Response first, Response second) {
        long input = PROMPT + bytes(instruction) + bytes(first.text()) + bytes(second.text());
        return Optional.of(new TokenUsage(input, REFEREE_OUTPUT));
    }

    static Optional<TokenUsage> generator(String parent) {
        long words = parent.strip().split("\\s+").length;
        long output = Math.max(GENERATOR_OUTPUT_FLOOR, GENERATOR_OUTPUT_PER_WORD * words);
        return Optional.of(new TokenUsage(PROMPT + bytes(parent), Math.max(output, bytes(parent))));
    }

    // no tokenizer makes more tokens of a text than its UTF-8 has bytes
    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
