package dev.lion.examples.puzzle;

import java.util.Optional;
import java.util.OptionalLong;

/** Recursive descent over integers, {@code + - *} and brackets; multiplication first, then from left to right. */
final class ArithmeticParser {
    /** Every level takes room on the stack; deeper ones are no expression. */
    private static final int MAX_DEPTH = 500;

    private final String text;
    private int next;
    private int depth;

    private ArithmeticParser(String expression) {
        text = expression.replaceAll("\\s+", "");
    }

    /** The value, or empty when this is no expression or its value does not fit a long. */
    static Optional<Long> evaluate(String expression) {
        ArithmeticParser parser = new ArithmeticParser(expression);
        try {
            OptionalLong value = parser.sum();
            return value.isPresent() && parser.next == parser.text.length()
                    ? Optional.of(value.getAsLong())
                    : Optional.empty();
        } catch (ArithmeticException overflow) {
            return Optional.empty();
        }
    }

    private OptionalLong sum() {
        OptionalLong value = product();
        while (value.isPresent() && (peek('+') || peek('-'))) {
            boolean plus = text.charAt(next++) == '+';
            OptionalLong right = product();
            if (right.isEmpty()) {
                return right;
            }
            value = OptionalLong.of(
                    plus
                            ? Math.addExact(value.getAsLong(), right.getAsLong())
                            : Math.subtractExact(value.getAsLong(), right.getAsLong()));
        }
        return value;
    }

    private OptionalLong product() {
        OptionalLong value = factor();
        while (value.isPresent() && peek('*')) {
            next++;
            OptionalLong right = factor();
            if (right.isEmpty()) {
                return right;
            }
            value = OptionalLong.of(Math.multiplyExact(value.getAsLong(), right.getAsLong()));
        }
        return value;
    }

    private OptionalLong factor() {
        if (depth == MAX_DEPTH) {
            return OptionalLong.empty();
        }
        depth++;
        OptionalLong value = signedOrInBrackets();
        depth--;
        return value;
    }

    private OptionalLong signedOrInBrackets() {
        if (peek('-')) {
            next++;
            OptionalLong value = factor();
            return value.isPresent() ? OptionalLong.of(-value.getAsLong()) : value;
        }
        if (peek('(')) {
            next++;
            OptionalLong value = sum();
            boolean closed = peek(')');
            next++;
            return closed ? value : OptionalLong.empty();
        }
        return number();
    }

    private OptionalLong number() {
        int start = next;
        while (next < text.length() && Character.isDigit(text.charAt(next))) {
            next++;
        }
        boolean readable = next > start && next - start <= 15;
        return readable ? OptionalLong.of(Long.parseLong(text.substring(start, next))) : OptionalLong.empty();
    }

    private boolean peek(char symbol) {
        return next < text.length() && text.charAt(next) == symbol;
    }
}
