package dev.lion.examples.puzzle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lettered choices at the end of a question.
 *
 * @param choices their texts, from (A)
 */
record Options(List<String> choices) {
    private static final Pattern CHOICE = Pattern.compile("(?m)^\\s*\\(([A-Z])\\)\\s*(.*?)\\s*$");

    Options {
        choices = List.copyOf(choices);
    }

    /** Reads the choices; there are none when the letters do not run from (A). */
    static Options parse(String text) {
        List<String> choices = new ArrayList<>();
        Matcher matcher = CHOICE.matcher(text);
        while (matcher.find() && matcher.group(1).charAt(0) == 'A' + choices.size()) {
            choices.add(matcher.group(2));
        }
        return new Options(choices);
    }

    /** The text before the choices. */
    static String stem(String text) {
        int start = text.indexOf("Options:");
        return (start < 0 ? text : text.substring(0, start)).strip();
    }

    /** "(B)", when it is the only choice that fits. */
    Optional<String> only(Predicate<String> fits) {
        List<Integer> fitting = new ArrayList<>();
        for (int i = 0; i < choices.size(); i++) {
            if (fits.test(choices.get(i))) {
                fitting.add(i);
            }
        }
        return fitting.size() == 1 ? Optional.of("(" + (char) ('A' + fitting.get(0)) + ")") : Optional.empty();
    }

    /** "Options:" and one line for each choice. */
    String format() {
        StringBuilder text = new StringBuilder("Options:");
        for (int i = 0; i < choices.size(); i++) {
            text.append("\n(").append((char) ('A' + i)).append(") ").append(choices.get(i));
        }
        return text.toString();
    }
}
