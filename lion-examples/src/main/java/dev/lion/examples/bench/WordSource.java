package dev.lion.examples.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes texts like given ones, from the same words as often as they occur. For one thread. */
final class WordSource {
    private final List<String[]> texts;
    private final Random random;

    WordSource(List<String> texts, long seed) {
        this.texts = texts.stream().map(text -> text.split(" ")).toList();
        random = new Random(seed);
    }

    /** The text with about this share of its words replaced by others. */
    String change(int text, double share) {
        String[] words = texts.get(text);
        StringBuilder changed = new StringBuilder();
        for (String word : words) {
            changed.append(random.nextDouble() < share ? anyWord() : word).append(' ');
        }
        return changed.toString();
    }

    /** Any of the texts. */
    int anyText() {
        return random.nextInt(texts.size());
    }

    private String anyWord() {
        String[] words = texts.get(anyText());
        return words[random.nextInt(words.length)];
    }

    /** Texts of words that no language has: ranks by Zipf's law out of 60,000, 3 to 200 of them, in half of the texts fewer than 47. */
    static List<String> invented(int count, long seed) {
        Random random = new Random(seed);
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int length = (int) Math.max(3, Math.min(200, Math.exp(3.85 + 0.75 * random.nextGaussian())));
            StringBuilder text = new StringBuilder();
            for (int w = 0; w < length; w++) {
                text.append('w')
                        .append((int) Math.pow(60_000, random.nextDouble()))
                        .append(' ');
            }
            texts.add(text.toString());
        }
        return texts;
    }
}
