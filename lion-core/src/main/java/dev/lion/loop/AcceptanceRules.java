package dev.lion.loop;

import dev.lion.data.Instruction;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the paper's acceptance rules look for. They look at the instruction's text, not at its input. */
final class AcceptanceRules {
    private static final int TOO_FEW_WORDS = 3;
    private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    private AcceptanceRules() {}

    /** A function with a name. */
    record Named(String name, Function<Instruction, Optional<String>> check) implements AcceptanceRule {
        @Override
        public Optional<String> rejection(Instruction candidate) {
            return check.apply(candidate);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<AcceptanceRule> named(Collection<String> names) {
        Set<String> unknown = new TreeSet<>(names);
        AcceptanceRule.paper().forEach(rule -> unknown.remove(rule.name()));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("no acceptance rule is named " + String.join(", ", unknown)
                    + "; there are "
                    + AcceptanceRule.paper().stream().map(AcceptanceRule::name).collect(Collectors.joining(", ")));
        }
        return AcceptanceRule.paper().stream()
                .filter(rule -> names.contains(rule.name()))
                .toList();
    }

    static Optional<String> mentionsInstruction(Instruction candidate) {
        boolean found = candidate.text().toLowerCase(Locale.ROOT).contains("instruction");
        return found ? Optional.of("holds the word \"instruction\"") : Optional.empty();
    }

    static Optional<String> tooShort(Instruction candidate) {
        int words = candidate.text().strip().split("\\s+").length;
        return words <= TOO_FEW_WORDS ? Optional.of("has " + words + " words") : Optional.empty();
    }

    static Optional<String> beginsWithPunctuation(Instruction candidate) {
        char first = candidate.text().stripLeading().charAt(0);
        return PUNCTUATION.indexOf(first) >= 0 ? Optional.of("begins with " + first) : Optional.empty();
    }

    static Optional<String> nonAsciiStart(Instruction candidate) {
        int first = candidate.text().stripLeading().codePointAt(0);
        return first > 0x7F ? Optional.of("begins with " + Character.toString(first)) : Optional.empty();
    }
}
