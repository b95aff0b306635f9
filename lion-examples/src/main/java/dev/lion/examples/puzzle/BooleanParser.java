package dev.lion.examples.puzzle;

import com.google.common.base.Splitter;
import java.util.List;
import java.util.Optional;

/** Recursive descent over Boolean expressions; {@code not} binds tighter than {@code and}, {@code and} than {@code or}. */
final class BooleanParser {
    /** Every level takes room on the stack; deeper ones are no expression. */
    private static final int MAX_DEPTH = 500;

    private final List<String> tokens;
    private int next;
    private int depth;

    private BooleanParser(String expression) {
        tokens = Splitter.on(' ').omitEmptyStrings().splitToList(expression.replaceAll("([()])|\\s+", " $1 "));
    }

    /** The value, or empty when this is no expression. */
    static Optional<Boolean> evaluate(String expression) {
        BooleanParser parser = new BooleanParser(expression);
        Optional<Boolean> value = parser.disjunction();
        return parser.next == parser.tokens.size() ? value : Optional.empty();
    }

    private Optional<Boolean> disjunction() {
        Optional<Boolean> value = conjunction();
        while (value.isPresent() && take("or")) {
            boolean left = value.get();
            value = conjunction().map(right -> left || right);
        }
        return value;
    }

    private Optional<Boolean> conjunction() {
        Optional<Boolean> value = negation();
        while (value.isPresent() && take("and")) {
            boolean left = value.get();
            value = negation().map(right -> left && right);
        }
        return value;
    }

    private Optional<Boolean> negation() {
        if (depth == MAX_DEPTH) {
            return Optional.empty();
        }
        depth++;
        Optional<Boolean> value = negatedOrInBrackets();
        depth--;
        return value;
    }

    private Optional<Boolean> negatedOrInBrackets() {
        if (take("not")) {
            return negation().map(value -> !value);
        }
        if (take("(")) {
            Optional<Boolean> value = disjunction();
            return take(")") ? value : Optional.empty();
        }
        if (take("True")) {
            return Optional.of(true);
        }
        return take("False") ? Optional.of(false) : Optional.empty();
    }

    private boolean take(String token) {
        boolean found = next < tokens.size() && tokens.get(next).equals(token);
        if (found) {
            next++;
        }
        return found;
    }
}
