package dev.lion.examples.puzzle;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code Sort the following words alphabetically: List: lethe bilk perturb}. */
final class WordSorting implements PuzzleFamily {
    private static final String STEM = "Sort the following words alphabetically: List: ";
    private static final Pattern TEXT =
            Pattern.compile("(?s)\\s*Sort the following words alphabetically:\\s*List:\\s*(\\S.*)");
    private static final List<String> LINES = WordLists.lines("words.txt");
    private static final List<String> WORDS = WordLists.words(LINES.get(0));
    private static final List<String> RARER_WORDS = LINES.stream()
            .skip(1)
            .flatMap(line -> WordLists.words(line).stream())
            .toList();

    @Override
    public String name() {
        return "word_sorting";
    }

    @Override
    public Optional<String> solve(String text) {
        return words(text)
                .map(words -> words.stream()
                        .map(word -> word.toLowerCase(Locale.ROOT))
                        .sorted()
                        .collect(Collectors.joining(" ")));
    }

    @Override
    public Optional<Size> sizeOf(String text) {
        return words(text).map(words -> Shapes.SORTING_WORDS.sizeOf(words.size()));
    }

    private static Optional<List<String>> words(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(WordLists.words(matcher.group(1).replaceAll("\\s+", " ")))
                : Optional.empty();
    }

    @Override
    public String compose(RandomGenerator random, Size size) {
        int count = Shapes.SORTING_WORDS.draw(random, size);
        List<String> words = size == Size.SMALL
                ? Draw.distinct(random, WORDS, count)
                : Draw.withSomeRarer(random, WORDS, RARER_WORDS, count);
        return STEM + String.join(" ", words);
    }

    /** Words in the right order count, even when some are missing. */
    @Override
    public double credit(String expected, String actual) {
        return Credit.commonOrder(expected, actual);
    }
}
