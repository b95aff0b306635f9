package dev.lion.evaluation;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds out by its items which rule a task of BIG-Bench Hard goes by. */
final class ListedOptions {
    private static final Pattern LETTER = Pattern.compile("(?m)^(\\([A-Z]\\))[ \\t]*\\S");
    private static final Pattern WORD = Pattern.compile("(?m)^- (\\S+)[ \\t]*$");

    /** The pairs that tasks without a list of options choose from. */
    private static final List<List<String>> PAIRS =
            List.of(List.of("Yes", "No"), List.of("yes", "no"), List.of("True", "False"), List.of("valid", "invalid"));

    private final List<List<String>> pairs;

    /** @param targets all of the task */
    ListedOptions(List<String> targets) {
        pairs = PAIRS.stream().filter(pair -> pair.containsAll(targets)).toList();
    }

    AnswerRule rule(String input, String target) {
        List<String> letters = listed(LETTER, input);
        if (letters.size() > 1 && letters.contains(target)) {
            return AnswerRule.firstLetter(letters);
        }
        return Stream.concat(Stream.of(listed(WORD, input)), pairs.stream())
                .filter(words -> words.size() > 1 && words.contains(target))
                .findFirst()
                .map(AnswerRule::firstWord)
                .orElseGet(AnswerRule::wholeText);
    }

    private static List<String> listed(Pattern option, String input) {
        return option.matcher(input)
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();
    }
}
