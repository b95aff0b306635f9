package dev.lion.teacher.prompt;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The placeholders that a prompt may have.
 *
 * @param required those that it must have
 * @param optional those that it may have beside them
 */
record Placeholders(Set<String> required, Set<String> optional) {
    private static final int CLOSE = 2;

    /** What is wrong with a prompt that has these, as part of a sentence; empty when nothing is. */
    Optional<String> fault(Set<String> present) {
        Set<String> missing = new TreeSet<>(required);
        missing.removeAll(present);
        Set<String> unknown = new TreeSet<>(present);
        unknown.removeAll(required);
        unknown.removeAll(optional);
        if (missing.isEmpty() && unknown.isEmpty()) {
            return Optional.empty();
        }
        String lacks = missing.isEmpty() ? "" : "lacks " + named(missing);
        String has = unknown.isEmpty()
                ? ""
                : "has "
                        + unknown.stream()
                                .map(name -> "{" + name + "}" + meant(name))
                                .collect(Collectors.joining(", "))
                        + ", which nothing stands for";
        String and = missing.isEmpty() || unknown.isEmpty() ? "" : " and ";
        String options = optional.isEmpty() ? "" : ", and may have " + named(optional);
        return Optional.of(lacks + and + has + "; it must have " + named(required) + options);
    }

    private String meant(String name) {
        Set<String> known = new TreeSet<>(required);
        known.addAll(optional);
        return known.stream()
                .filter(other -> distance(name, other) <= CLOSE)
                .findFirst()
                .map(other -> " (did you mean {" + other + "}?)")
                .orElse("");
    }

    private static String named(Set<String> names) {
        return names.stream().sorted().map(name -> "{" + name + "}").collect(Collectors.joining(", "));
    }

    /** How many letters must be put in, taken out or changed to make one word of the other (Levenshtein). */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
