package dev.lion.examples.puzzle;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ((2 + 1) * (3 - 1)) =}. */
final class MultistepArithmetic implements PuzzleFamily {
    private static final Pattern TEXT = Pattern.compile("\\s*(\\([-+*()\\d\\s]+\\))\\s*=\\s*");
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final List<String> OPERATORS = List.of("+", "-", "*");

    @Override
    public String name() {
        return "multistep_arithmetic_two";
    }

    @Override
    public Optional<String> solve(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches() ? ArithmeticParser.evaluate(matcher.group(1)).map(String::valueOf) : Optional.empty();
    }

    @Override
    public Optional<Size> sizeOf(String text) {
        return solve(text)
                .map(answer -> Shapes.ARITHMETIC_TERMS.sizeOf(
                        (int) (NUMBER.matcher(text).results().count() + 1) / 2));
    }

    /** Zero, which chance would make the most frequent answer, is mostly avoided. */
    @Override
    public String compose(RandomGenerator random, Size size) {
        int terms = Shapes.ARITHMETIC_TERMS.draw(random, size);
        return Draw.until(
                text -> random.nextInt(4) == 0 || !solve(text).equals(Optional.of("0")),
                () -> "((" + bracket(random, terms, size) + ") " + Draw.one(random, OPERATORS) + " ("
                        + bracket(random, terms, size) + ")) =");
    }

    private static String bracket(RandomGenerator random, int terms, Size size) {
        StringBuilder text = new StringBuilder(term(random, size));
        for (int i = 1; i < terms; i++) {
            text.append(' ').append(Draw.one(random, OPERATORS)).append(' ').append(term(random, size));
        }
        return text.toString();
    }

    private static String term(RandomGenerator random, Size size) {
        int digit = Draw.between(random, 1, Shapes.ARITHMETIC_DIGITS);
        return String.valueOf(size == Size.RARER && random.nextInt(4) == 0 ? -digit : digit);
    }

    /** An integer answer earns up to a half for being close. */
    @Override
    public double credit(String expected, String actual) {
        return Credit.closeness(expected, actual);
    }
}
