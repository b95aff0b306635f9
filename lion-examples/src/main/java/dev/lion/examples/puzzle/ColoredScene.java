package dev.lion.examples.puzzle;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Coloured things, perhaps in a row, and what can be asked about them.
 *
 * @param things from left to right
 */
record ColoredScene(List<ColoredThing> things) {
    private static final String COLOR_OF = "What (?:color is|is the color of) the ";

    /** A kind of question and how it is answered in words. */
    private record Question(Pattern pattern, Answer answer) {}

    @FunctionalInterface
    private interface Answer extends Function<ColoredScene, Function<MatchResult, Optional<String>>> {}

    private static final List<Question> QUESTIONS = List.of(
            question("Is the (.+) (\\S+)\\?", scene -> match -> scene.isColored(match.group(1), match.group(2))),
            question(COLOR_OF + "(left|right)-?most \\w+\\?", scene -> match -> scene.endColor(match.group(1))),
            question(
                    COLOR_OF + "\\w+ directly to the (left|right) of the (.+)\\?",
                    scene -> match -> scene.neighbourColor(match.group(2), match.group(1))),
            question(
                    COLOR_OF + "\\w+ (?:furthest|farthest) from the (.+)\\?",
                    scene -> match -> scene.furthestColor(match.group(1))),
            question(COLOR_OF + "(.+)\\?", scene -> match -> scene.colorOf(match.group(1))),
            question(
                    "How many (.+?) (?:do you see )?to the (left|right) of the (.+)\\?",
                    scene -> match -> scene.countBeside(match.group(1), match.group(2), match.group(3))),
            question(
                    "How many (.+) are neither (\\S+) nor (\\S+)\\?",
                    scene -> match -> scene.count(ThingFilter.parse(match.group(1))
                            .and(thing -> !thing.color().equals(match.group(2)))
                            .and(thing -> !thing.color().equals(match.group(3))))),
            question(
                    "If I remove all the (.+) from the [^,]+, how many (.+) remain .*\\?",
                    scene -> match -> scene.count(ThingFilter.parse(match.group(2))
                            .and(ThingFilter.parse(match.group(1)).negate()))));

    ColoredScene {
        things = List.copyOf(things);
    }

    /** The answer in words, such as "yes", "three" or "teal"; empty when the question is not understood. */
    Optional<String> answer(String text) {
        for (Question question : QUESTIONS) {
            Matcher matcher = question.pattern().matcher(text);
            if (matcher.matches()) {
                return question.answer().apply(this).apply(matcher);
            }
        }
        return Optional.empty();
    }

    private static Question question(String pattern, Answer answer) {
        return new Question(Pattern.compile(pattern), answer);
    }

    private Optional<String> isColored(String noun, String color) {
        return only(noun).map(index -> things.get(index).color().equals(color) ? "yes" : "no");
    }

    private Optional<String> colorOf(String noun) {
        return only(noun).flatMap(this::colorAt);
    }

    private Optional<String> endColor(String side) {
        return colorAt(side.equals("left") ? 0 : things.size() - 1);
    }

    private Optional<String> neighbourColor(String reference, String side) {
        return only(reference).flatMap(index -> colorAt(side.equals("left") ? index - 1 : index + 1));
    }

    /** Empty when both ends of the row are equally far. */
    private Optional<String> furthestColor(String reference) {
        int last = things.size() - 1;
        return only(reference)
                .filter(index -> 2 * index != last)
                .flatMap(index -> colorAt(2 * index > last ? 0 : last));
    }

    private Optional<String> countBeside(String phrase, String side, String reference) {
        return only(reference)
                .map(index -> side.equals("left") ? things.subList(0, index) : things.subList(index + 1, things.size()))
                .flatMap(beside -> new ColoredScene(beside).count(ThingFilter.parse(phrase)));
    }

    private Optional<String> count(Predicate<ColoredThing> wanted) {
        return Optional.of(NumberWords.cardinal(
                things.stream().filter(wanted).mapToInt(ColoredThing::count).sum()));
    }

    /** Where the one thing stands that the phrase means; empty when it means none or several. */
    private Optional<Integer> only(String phrase) {
        Predicate<ColoredThing> wanted = ThingFilter.parse(phrase);
        List<Integer> found = IntStream.range(0, things.size())
                .filter(i -> wanted.test(things.get(i)))
                .boxed()
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private Optional<String> colorAt(int index) {
        return index >= 0 && index < things.size()
                ? Optional.of(things.get(index).color())
                : Optional.empty();
    }
}
