package dev.lion.examples.puzzle;

import com.google.common.base.Splitter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** "Complete the rest of the sequence ... Input: [ ( )", to which the answer is "]". */
final class DyckLanguages implements PuzzleFamily {
    private static final String STEM =
            "Complete the rest of the sequence, making sure that the parentheses are closed properly. Input: ";
    private static final Pattern TEXT = Pattern.compile("(?s).*closed properly\\.\\s*Input:\\s*([\\[\\](){}<>\\s]+)");
    private static final Splitter BRACKETS = Splitter.on(' ').omitEmptyStrings();
    private static final String OPENING = "([{<";
    private static final String CLOSING = ")]}>";

    @Override
    public String name() {
        return "dyck_languages";
    }

    @Override
    public Optional<String> solve(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? open(matcher.group(1)).filter(open -> !open.isEmpty()).map(DyckLanguages::close)
                : Optional.empty();
    }

    @Override
    public Optional<Size> sizeOf(String text) {
        return solve(text)
                .map(answer -> Shapes.DYCK_OPENINGS.sizeOf((int) text.chars()
                        .filter(symbol -> OPENING.indexOf(symbol) >= 0)
                        .count()));
    }

    /** One, two or three brackets, equally often, are left open. */
    @Override
    public String compose(RandomGenerator random, Size size) {
        int openings = Shapes.DYCK_OPENINGS.draw(random, size);
        int openAtEnd = Draw.between(random, 1, Math.min(openings, Shapes.DYCK_OPEN_AT_END));
        int depth = size == Size.SMALL ? Shapes.DYCK_SMALL_DEPTH : Shapes.DYCK_RARER_DEPTH;
        return STEM
                + Draw.until(
                        sequence -> open(sequence)
                                .filter(open -> open.size() == openAtEnd)
                                .isPresent(),
                        () -> walk(random, openings, openings - openAtEnd, depth));
    }

    /** The brackets left open, innermost first; empty when one is closed that is not open. */
    private static Optional<Deque<Integer>> open(String sequence) {
        Deque<Integer> open = new ArrayDeque<>();
        for (String bracket : BRACKETS.split(sequence.replaceAll("\\s*(\\S)\\s*", "$1 "))) {
            int opened = OPENING.indexOf(bracket);
            if (opened >= 0) {
                open.push(opened);
            } else if (open.isEmpty() || open.pop() != CLOSING.indexOf(bracket)) {
                return Optional.empty();
            }
        }
        return Optional.of(open);
    }

    private static String close(Deque<Integer> open) {
        List<String> closing = new ArrayList<>();
        open.forEach(kind -> closing.add(CLOSING.substring(kind, kind + 1)));
        return String.join(" ", closing);
    }

    /** Opens and closes at random, never deeper than allowed; may end with too many brackets open. */
    private static String walk(RandomGenerator random, int openings, int closings, int depth) {
        Deque<Integer> open = new ArrayDeque<>();
        List<String> symbols = new ArrayList<>();
        int opened = 0;
        int closed = 0;
        while (opened < openings || (closed < closings && !open.isEmpty())) {
            boolean mayOpen = opened < openings && open.size() < depth;
            boolean mayClose = closed < closings && !open.isEmpty();
            if (!mayOpen && !mayClose) {
                break;
            }
            if (mayOpen && (!mayClose || random.nextBoolean())) {
                int kind = random.nextInt(OPENING.length());
                open.push(kind);
                symbols.add(OPENING.substring(kind, kind + 1));
                opened++;
            } else {
                int kind = open.pop();
                symbols.add(CLOSING.substring(kind, kind + 1));
                closed++;
            }
        }
        return String.join(" ", symbols);
    }

    /** Brackets count up to the first wrong one. */
    @Override
    public double credit(String expected, String actual) {
        return Credit.prefix(expected, actual);
    }
}
