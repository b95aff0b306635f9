package dev.lion.examples.bench;

import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import java.util.Random;
import java.util.stream.IntStream;

/** Instructions of made-up words, of which a few are frequent and most are rare, as in real text. */
public final class InventedText {
    private static final int VOCABULARY = 30_000;
    private static final int SHORTEST = 6;
    private static final int LENGTHS = 20;
    private static final int LETTERS = 26;

    private InventedText() {}

    /** So many instructions, all different in practice; equal seeds, equal instructions. */
    public static InstructionPool pool(int size, long seed) {
        return InstructionPool.of(IntStream.range(0, size)
                .mapToObj(i -> instruction(new Random(seed * 1_000_003 + i)))
                .toList());
    }

    /** 6 to 25 words. */
    public static Instruction instruction(Random random) {
        StringBuilder text = new StringBuilder();
        int words = SHORTEST + random.nextInt(LENGTHS);
        for (int i = 0; i < words; i++) {
            appendWord(text, rank(random));
        }
        return Instruction.of(text.toString());
    }

    // the probability of a word falls as 1 / rank
    private static int rank(Random random) {
        return (int) Math.pow(VOCABULARY, random.nextDouble());
    }

    private static void appendWord(StringBuilder text, int rank) {
        if (text.length() > 0) {
            text.append(' ');
        }
        for (int rest = rank; rest > 0; rest /= LETTERS) {
            text.append((char) ('a' + rest % LETTERS));
        }
    }
}
