package dev.lion.examples.puzzle;

import com.google.common.base.Splitter;
import com.google.common.collect.Collections2;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Slow second opinions on composed texts; they share no code with the solver. */
final class BruteForce {
    private BruteForce() {}

    /** Replaces innermost brackets by their value until there are none. */
    static String bool(String text) {
        return collapse("( " + text.replace(" is", "") + " )", BruteForce::anyOfAll);
    }

    private static String anyOfAll(String flat) {
        for (String alternative : flat.strip().split(" or ", -1)) {
            if (Splitter.on(" and ").splitToStream(alternative).allMatch(BruteForce::literal)) {
                return "True";
            }
        }
        return "False";
    }

    private static boolean literal(String negated) {
        return negated.endsWith("True") == (occurrences(negated, "not") % 2 == 0);
    }

    /** Replaces innermost brackets by their value until there are none. */
    static String arithmetic(String text) {
        return collapse(text.replace(" =", ""), flat -> String.valueOf(flat(flat)));
    }

    private static String collapse(String text, UnaryOperator<String> value) {
        String rest = text;
        Pattern innermost = Pattern.compile("\\(([^()]*)\\)");
        for (Matcher matcher = innermost.matcher(rest); matcher.find(); matcher = innermost.matcher(rest)) {
            rest = rest.substring(0, matcher.start()) + value.apply(matcher.group(1)) + rest.substring(matcher.end());
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

    /** Walks on a grid; east and north are the components of two vectors. */
    static String walked(String text) {
        int[] place = {0, 0};
        int[] ahead = {0, 1};
        Pattern order = Pattern.compile("(Take|Turn) (\\w+)(?: steps?)?(?: (left|right|backward|forward))?\\.");
        for (MatchResult said : order.matcher(text).results().toList()) {
            if (said.group(1).equals("Turn")) {
                ahead = turned(ahead, said.group(2));
            } else {
                int[] way = turned(ahead, said.group(3) == null ? "forward" : said.group(3));
                place[0] += way[0] * Integer.parseInt(said.group(2));
                place[1] += way[1] * Integer.parseInt(said.group(2));
            }
        }
        return place[0] == 0 && place[1] == 0 ? "Yes" : "No";
    }

    private static int[] turned(int[] way, String side) {
        return switch (side) {
            case "left" -> new int[] {-way[1], way[0]};
            case "right" -> new int[] {way[1], -way[0]};
            case "around", "backward" -> new int[] {-way[0], -way[1]};
            default -> way;
        };
    }

    /** Follows the asked person's thing backwards through the swaps to the person who had it at the start. */
    static String heldAtStart(String text) {
        String stem = text.substring(0, text.indexOf("\nOptions"));
        String asked = stem.replaceFirst("(?s).*At the end of [^,]*, (\\w+) .*", "$1");
        List<MatchResult> swaps = Pattern.compile(
                        "(\\w+) and (\\w+) (?:swap|switch|trade) (?:their|balls|books|partners|pos)")
                .matcher(stem)
                .results()
                .toList();
        for (int i = swaps.size() - 1; i >= 0; i--) {
            String one = swaps.get(i).group(1);
            String other = swaps.get(i).group(2);
            asked = asked.equals(one) ? other : asked.equals(other) ? one : asked;
        }
        return "(" + asked.charAt(0) + ")"; // Alice had (A), Bob (B), ...
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
