package dev.lion.examples.bench.decoding;

import dev.lion.data.Instruction;
import dev.lion.examples.bench.InventedText;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Prompts of 6 to 75 invented words; equal seeds, equal prompts. */
final class MixedPrompts {
    private static final int MOST_PARTS = 3;

    private MixedPrompts() {}

    /** So many prompts, with a word before each that no prompt of another round begins with. */
    static List<String> of(int count, long seed, int round) {
        return IntStream.range(0, count)
                .mapToObj(i -> round + "." + i + " " + text(new Random(seed * 1_000_003 + i)))
                .toList();
    }

    private static String text(Random random) {
        return IntStream.rangeClosed(0, random.nextInt(MOST_PARTS))
                .mapToObj(i -> InventedText.instruction(random))
                .map(Instruction::text)
                .collect(Collectors.joining(" "));
    }
}
