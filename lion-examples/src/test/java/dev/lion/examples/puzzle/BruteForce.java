package dev.lion.examples.puzzle;

import com.google.common.base.Splitter;
import com.google.common.collect.Collections2;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Slow second opinions on composed texts; they share no code with the solver. */
final class BruteForce {
    private BruteForce() {}

    /** Rewrites the text until one word is left. */
    static String bool(String text) {
        String rest = text.replace(" is", "");
        for (String before = ""; !before.equals(rest); ) {
            before = rest;
            rest = rest.replace("( True )", "True").replace("( False )", "False");
            rest = rest.replace("not True", "False").replace("not False", "True");
            rest = firstOnly(rest, "(?<!not )(True|False) and (True|False)", "True and True");
            if (!rest.matches(".*\\band\\b.*")) {
                rest = firstOnly(rest, "(?<!not )(True|False) or (True|False)(?! and)", "False or False");
            } else {
                rest = firstOnly(rest, "\\( (True|False) or (True|False) (?=or|\\))", "( False or False ");
            }
        }
        return rest;
    }

    /** Replaces one operation: "and" is true for two truths, "or" is false for two falsehoods. */
    private static String firstOnly(String text, String operation, String special) {
        Matcher matcher = Pattern.compile(operation).matcher(text);
        if (!matcher.find()) {
            return text;
        }
        boolean isSpecial = matcher.group().equals(special);
        String value = special.contains("and") == isSpecial ? "True" : "False";
        String opening = matcher.group().startsWith("(") ? "( " : "";
        String closing = matcher.group().endsWith(" ") ? " " : "";
        return text.substring(0, matcher.start()) + opening + value + closing + text.substring(matcher.end());
    }

    /** Rewrites products, then sums, within the innermost brackets. */
    static String arithmetic(String text) {
        String rest = text.replace(" =", "");
        Pattern innermost = Pattern.compile("\\(([^()]*)\\)");
        for (Matcher matcher = innermost.matcher(rest); matcher.find(); matcher = innermost.matcher(rest)) {
            rest = rest.substring(0, matcher.start()) + flat(matcher.group(1)) + rest.substring(matcher.end());
        }
        return rest;
    }

    private static long flat(String sum) {
        long total = 0;
        for (String term : sum.replace(" - ", " + ~").split(" \\+ ", -1)) {
            long product = term.startsWith("~") ? -1 : 1;
            for (String factor : term.replace("~", "").split(" \\* ", -1)) {
                product *= Long.parseLong(factor);
            }
            total += product;
        }
        return total;
    }

    /** Removes closed pairs until none is left, and mirrors the rest. */
    static String brackets(String text) {
        String rest = text.substring(text.indexOf("Input: ") + 7).replace(" ", "");
        for (String before = ""; !before.equals(rest); ) {
            before = rest;
            rest = rest.replace("()", "").replace("[]", "").replace("{}", "").replace("<>", "");
        }
        String mirrored = new StringBuilder(rest).reverse().toString();
        return mirrored.replace('(', ')')
                .replace('[', ']')
                .replace('{', '}')
                .replace('<', '>')
                .replaceAll("(?<=.)(?=.)", " ");
    }

    /** The last of a chain tells the truth when the lies before are even in number. */
    static String liars(String text) {
        return Pattern.compile(" lies").matcher(text).results().count() % 2 == 0 ? "Yes" : "No";
    }

    /** Words through a sorted set; only for lists without repeats. */
    static String sorted(String text) {
        return String.join(
                " ", new TreeSet<>(Splitter.on(' ').splitToList(text.substring(text.indexOf("List: ") + 6))));
    }

    /** Adds up number words that do not stand before furniture and the like. */
    static String counted(String text) {
        String things = text.substring("I have ".length(), text.indexOf('.'))
                .replaceAll("\\b(a bed|a car|a couch|a fridge|a lamp|a stove|a table)\\b", "");
        return String.valueOf(occurrences(things, "\\ban?\\b")
                + 2 * occurrences(things, "\\btwo\\b")
                + 3 * occurrences(things, "\\bthree\\b")
                + 4 * occurrences(things, "\\bfour\\b"));
    }

    private static long occurrences(String text, String pattern) {
        return Pattern.compile(pattern).matcher(text).results().count();
    }

    /** Tries every order on texts about golfers. */
    static String golf(String text) {
        List<String> names = Splitter.on(Pattern.compile(", and |, ")).splitToList(between(text, "golfers: ", "."));
        List<String> clues = Splitter.on(". ")
                .splitToList(between(text, "golfers: ", ".\nOptions").replaceFirst("^[^.]*\\. ", ""));
        String asked = between(text, "(A) ", "\n").replaceFirst("^\\w+ ", "");
        List<Character> letters = new ArrayList<>();
        for (List<String> order : Collections2.permutations(names)) {
            if (clues.stream().allMatch(clue -> holds(clue, order))) {
                names.stream()
                        .filter(name -> holds(name + " " + asked, order))
                        .forEach(name -> letters.add((char) ('A' + names.indexOf(name))));
            }
        }
        return letters.toString().replace('[', '(').replace(']', ')');
    }

    private static boolean holds(String clue, List<String> order) {
        String[] words = clue.split(" ", -1);
        int place = order.indexOf(words[0]);
        return switch (words[2]) {
            case "above" -> place < order.indexOf(words[3]);
            case "below" -> place > order.indexOf(words[3]);
            case "first" -> place == 0;
            case "second" -> place == 1;
            case "third" -> place == 2;
            case "last" -> place == order.size() - 1;
            case "second-to-last" -> place == order.size() - 2;
            default -> throw new AssertionError(clue);
        };
    }

    private static String between(String text, String start, String end) {
        int from = text.indexOf(start) + start.length();
        return text.substring(from, text.indexOf(end, from));
    }
}
