package dev.lion.evaluation;

import com.google.common.base.Splitter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What counts of a student's answer to an item. An answer is right when what counts of it equals the target, blanks around
 * that apart. Immutable, so any thread may use it.
 */
public sealed interface AnswerRule {
    /** The answers that there are to choose from; none where any text may be the answer. */
    List<String> choices();

    /** What counts of an answer; empty when none of the choices is in it. */
    Optional<String> read(String answer);

    /** The whole answer counts, without the blanks around it: an exact match. */
    static AnswerRule wholeText() {
        return new WholeText();
    }

    /**
     * The first capital letter of an answer that is the letter of an option counts, wherever it stands (paper, section 4,
     * after AGIEval's own code): <i>(B) because of A</i> is B, and so is <i>Between these, C</i>.
     *
     * @param options as {@code A}, {@code B}, or as {@code (A)}, {@code (B)}
     */
    static AnswerRule firstLetter(List<String> options) {
        return new FirstLetter(options);
    }

    /**
     * The first of some words in an answer counts, in capitals or not, where it is not a part of a longer word.
     *
     * @param words such as {@code Yes}, {@code No}
     */
    static AnswerRule firstWord(List<String> words) {
        return new FirstWord(words);
    }

    /** {@link #wholeText()}. */
    record WholeText() implements AnswerRule {
        @Override
        public List<String> choices() {
            return List.of();
        }

        @Override
        public Optional<String> read(String answer) {
            return Optional.of(answer.strip());
        }
    }

    /** {@link #firstLetter}. */
    record FirstLetter(List<String> choices) implements AnswerRule {
        private static final Pattern OPTION = Pattern.compile("[A-Z]|\\([A-Z]\\)");

        public FirstLetter {
            choices = several(choices);
            choices.forEach(choice -> {
                if (!OPTION.matcher(choice).matches()) {
                    throw new IllegalArgumentException("an option is called A or (A), not " + choice);
                }
            });
        }

        @Override
        public Optional<String> read(String answer) {
            return answer.chars()
                    .boxed()
                    .flatMap(letter -> choices.stream().filter(choice -> letter(choice) == letter))
                    .findFirst();
        }

        private static int letter(String choice) {
            return choice.charAt(choice.length() / 2);
        }
    }

    /** {@link #firstWord}. */
    record FirstWord(List<String> choices) implements AnswerRule {
        public FirstWord {
            choices = several(choices);
            choices.forEach(choice -> {
                if (Splitter.on(' ').splitToList(choice).size() > 1) {
                    throw new IllegalArgumentException("a choice is one word, not " + choice);
                }
            });
        }

        @Override
        public Optional<String> read(String answer) {
            Matcher found = pattern().matcher(answer);
            return found.find()
                    ? choices.stream()
                            .filter(choice -> choice.equalsIgnoreCase(found.group()))
                            .findFirst()
                    : Optional.empty();
        }

        private Pattern pattern() {
            String words = choices.stream()
                    .sorted(Comparator.comparingInt(String::length).reversed())
                    .map(Pattern::quote)
                    .collect(Collectors.joining("|"));
            return Pattern.compile("(?iu)(?<![\\p{L}\\p{N}])(?:" + words + ")(?![\\p{L}\\p{N}])");
        }
    }

    private static List<String> several(List<String> choices) {
        List<String> copy = List.copyOf(choices);
        long different = copy.stream()
                .map(choice -> choice.toUpperCase(Locale.ROOT))
                .distinct()
                .count();
        if (copy.size() < 2 || different < copy.size() || copy.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("there must be two different choices or more, none blank, but there are "
                    + copy.size() + ": " + copy);
        }
        return copy;
    }
}
