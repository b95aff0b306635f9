package dev.lion.novelty;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Random texts of which many are variations of others: the harder the more alike they are. Seeded. */
final class Soup {
    private final Random random;
    private final List<String> words;
    private final int longest;
    private final List<String> made = new ArrayList<>();

    /**
     * @param words to choose from; the first ones are chosen far more often
     * @param longest the most words in a text
     */
    Soup(long seed, List<String> words, int longest) {
        random = new Random(seed);
        this.words = words;
        this.longest = longest;
    }

    /** Words of Latin letters, {@code count} of them. */
    static List<String> latin(int count) {
        return IntStream.range(0, count).mapToObj(i -> "w" + i).toList();
    }

    /** The next text: new, a variation of an earlier one, a repetition, or one without any token. */
    String next() {
        String text = switch (made.isEmpty() ? 0 : random.nextInt(12)) {
            case 1, 2, 3, 4, 5 -> variation(earlier());
            case 6 -> earlier();
            case 7 -> random.nextBoolean() ? "" : "?!";
            case 8 -> earlier() + " " + earlier();
            default -> fresh();
        };
        made.add(text);
        return text;
    }

    private String earlier() {
        return made.get(random.nextInt(made.size()));
    }

    private String fresh() {
        int length = random.nextInt(1 + random.nextInt(longest));
        return random.ints(length, 0, 1).mapToObj(i -> word()).collect(Collectors.joining(" "));
    }

    private String variation(String text) {
        List<String> changed = new ArrayList<>(List.of(text.split(" ", -1)));
        for (int change = random.nextInt(1 + changed.size() / 2); change >= 0; change--) {
            int at = random.nextInt(changed.size());
            switch (random.nextInt(4)) {
                case 0 -> changed.add(at, word());
                case 1 -> changed.set(random.nextInt(changed.size()), changed.get(at));
                default -> changed.set(at, word());
            }
        }
        return String.join(" ", changed);
    }

    // roughly Zipf: the logarithm of the rank is uniform
    private String word() {
        return words.get((int) Math.pow(words.size(), random.nextDouble()) - 1);
    }
}
