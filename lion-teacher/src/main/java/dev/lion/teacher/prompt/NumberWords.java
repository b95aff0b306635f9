package dev.lion.teacher.prompt;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The numbers from one to ten as words, in English, German, French, Spanish and Chinese; of those that mean nothing else. */
final class NumberWords {
    private static final String HALF = " and a half";

    private static final List<String> LANGUAGES = List.of(
            "one two three four five six seven eight nine ten",
            "eins zwei drei vier fünf sechs sieben acht neun zehn",
            "- deux trois quatre cinq six sept huit neuf dix",
            "uno dos tres cuatro cinco seis siete ocho nueve diez",
            "一 二 三 四 五 六 七 八 九 十");

    private static final Map<String, Double> VALUES = values();

    /** Any of the words, the longest first, followed perhaps by {@code and a half}. */
    static final String PATTERN = VALUES.keySet().stream()
                    .sorted(Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                    .collect(Collectors.joining("|", "(?:", ")"))
            + "(?:" + HALF + ")?+";

    /** Any of the words but those for one, which are words for other things too, and of some numbers above ten, and zero. */
    static final String ABOVE_ONE = VALUES.entrySet().stream()
                    .filter(word -> word.getValue() > 1)
                    .map(Map.Entry::getKey)
                    .sorted()
                    .collect(Collectors.joining("|"))
            + "|zero|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred"
            + "|null|zwanzig|fünfzig|hundert|zéro|vingt|cinquante|cero|veinte|cien"
            + "|ноль|два|три|четыре|пять|шесть|семь|восемь|девять|десять|сто";

    private NumberWords() {}

    private static Map<String, Double> values() {
        Map<String, Double> values = new HashMap<>();
        for (String language : LANGUAGES) {
            String[] words = language.split(" ", -1);
            for (int i = 0; i < words.length; i++) {
                if (!words[i].equals("-")) {
                    values.put(words[i], i + 1.0);
                }
            }
        }
        return values;
    }

    /** The number that a match of the pattern stands for. */
    static double value(String match) {
        String lower = match.toLowerCase(Locale.ROOT);
        return lower.endsWith(HALF) ? word(lower.substring(0, lower.length() - HALF.length())) + 0.5 : word(lower);
    }

    private static double word(String word) {
        return Objects.requireNonNull(VALUES.get(word), word);
    }
}
