package dev.lion.examples.puzzle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code If you follow these instructions, do you return to the starting point? Take 3 steps. Turn around. ...}. */
final class Navigate implements PuzzleFamily {
    private static final String STEM = "If you follow these instructions, do you return to the starting point? ";
    private static final String CHOICES = "\nOptions:\n- Yes\n- No";
    private static final Pattern TEXT =
            Pattern.compile("(?s).*return to the starting point\\?\\s*(.*?)\\s*(?:Options:.*)?");
    private static final Pattern SENTENCE = Pattern.compile("[^.]+");
    private static final Pattern MOVE =
            Pattern.compile("Take (\\w+) steps?(?: (left|right|forward|forwards|backward|backwards))?");
    private static final Pattern TURN = Pattern.compile("Turn (left|right|around)");
    private static final String FACE_FORWARD = "Always face forward";
    private static final List<String> SIDES = List.of("left", "right", "forward", "backward");
    private static final List<String> TURNS = List.of("Turn left.", "Turn right.", "Turn around.");

    @Override
    public String name() {
        return "navigate";
    }

    @Override
    public Optional<String> solve(String text) {
        return sentences(text).flatMap(Navigate::walk).map(walker -> walker.atStart() ? "Yes" : "No");
    }

    @Override
    public Optional<Size> sizeOf(String text) {
        return solve(text).flatMap(answer -> sentences(text)).map(sentences -> {
            long moves = sentences.stream()
                    .filter(sentence -> !sentence.equals(FACE_FORWARD))
                    .count();
            return Shapes.NAVIGATE_MOVES.sizeOf((int) moves);
        });
    }

    private static Optional<List<String>> sentences(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(SENTENCE.matcher(matcher.group(1))
                        .results()
                        .map(sentence -> sentence.group().strip())
                        .filter(sentence -> !sentence.isEmpty())
                        .toList())
                : Optional.empty();
    }

    private static Optional<Walker> walk(List<String> sentences) {
        Walker walker = new Walker();
        for (String sentence : sentences) {
            Matcher move = MOVE.matcher(sentence);
            Matcher turn = TURN.matcher(sentence);
            if (move.matches() && NumberWords.parse(move.group(1)).isPresent()) {
                int steps = NumberWords.parse(move.group(1)).getAsInt();
                walker.move(steps, Optional.ofNullable(move.group(2)).orElse("forward"));
            } else if (turn.matches()) {
                walker.turn(turn.group(1));
            } else if (!sentence.equals(FACE_FORWARD)) {
                return Optional.empty();
            }
        }
        return sentences.isEmpty() ? Optional.empty() : Optional.of(walker);
    }

    /** Half of the texts return, half do not, at every length; half turn, half always face forward. */
    @Override
    public String compose(RandomGenerator random, Size size) {
        Optional<String> wanted = Optional.of(random.nextBoolean() ? "Yes" : "No");
        int moves = Shapes.NAVIGATE_MOVES.draw(random, size);
        boolean turning = moves > 2 && random.nextBoolean();
        return Draw.until(
                text -> solve(text).equals(wanted),
                () -> STEM + (turning ? turningWalk(random, moves) : facingWalk(random, moves)) + CHOICES);
    }

    private static String facingWalk(RandomGenerator random, int moves) {
        List<String> sentences = new ArrayList<>(List.of(FACE_FORWARD + "."));
        for (int i = 0; i < moves; i++) {
            sentences.add(steps(random) + " " + Draw.one(random, SIDES) + ".");
        }
        return String.join(" ", sentences);
    }

    private static String turningWalk(RandomGenerator random, int moves) {
        List<String> sentences = new ArrayList<>();
        for (int i = 0; i < moves; i++) {
            sentences.add(random.nextInt(3) == 0 ? Draw.one(random, TURNS) : steps(random) + ".");
        }
        return String.join(" ", sentences);
    }

    private static String steps(RandomGenerator random) {
        int steps = Draw.between(random, 1, Shapes.NAVIGATE_STEPS);
        return "Take " + steps + (steps == 1 ? " step" : " steps");
    }
}
