package dev.lion.examples.puzzle;

import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code not ( True and False ) or True is}. */
final class BooleanExpressions implements PuzzleFamily {
    private static final Pattern TEXT = Pattern.compile("\\s*([()a-zA-Z\\s]+?)\\s+is\\s*");
    private static final Pattern OPERATOR = Pattern.compile("not|and|or");

    @Override
    public String name() {
        return "boolean_expressions";
    }

    @Override
    public Optional<String> solve(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? BooleanParser.evaluate(matcher.group(1)).map(value -> value ? "True" : "False")
                : Optional.empty();
    }

    @Override
    public Optional<Size> sizeOf(String text) {
        return solve(text)
                .map(answer -> Shapes.BOOLEAN_OPERATORS.sizeOf(
                        (int) OPERATOR.matcher(text).results().count()));
    }

    /** As often true as false. */
    @Override
    public String compose(RandomGenerator random, Size size) {
        Optional<String> wanted = Optional.of(random.nextBoolean() ? "True" : "False");
        int operators = Shapes.BOOLEAN_OPERATORS.draw(random, size);
        return Draw.until(text -> solve(text).equals(wanted), () -> expression(random, operators, true) + " is");
    }

    /** An expression with exactly this many operators. */
    private static String expression(RandomGenerator random, int operators, boolean outer) {
        if (operators == 0) {
            return random.nextBoolean() ? "True" : "False";
        }
        int left = random.nextInt(operators + 1);
        if (left == operators) {
            return "not " + operand(random, operators - 1);
        }
        String joined = expression(random, left, false)
                + (random.nextBoolean() ? " and " : " or ")
                + operand(random, operators - 1 - left);
        return outer && random.nextInt(4) == 0 ? "( " + joined + " )" : joined;
    }

    /** An expression that may stand after an operator: in brackets if it is more than a negation, now and then anyway. */
    private static String operand(RandomGenerator random, int operators) {
        String inner = expression(random, operators, false);
        boolean bare = operators == 0 ? random.nextInt(5) > 0 : inner.matches("(not )+(True|False)");
        return bare ? inner : "( " + inner + " )";
    }
}
