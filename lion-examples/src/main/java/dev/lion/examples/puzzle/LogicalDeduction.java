package dev.lion.examples.puzzle;

import com.google.common.base.Splitter;
import com.google.common.collect.Collections2;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code In a golf tournament, there were three golfers: ... Eve finished above Mya. ...}. */
final class LogicalDeduction implements PuzzleFamily {
    private static final Pattern TEXT =
            Pattern.compile("(?s).*?(?:there (?:are|were)|sells) (\\w+) [\\w ]+: ([^.]+)\\.\\s+(.+?)\\.?\\s*");
    private static final Splitter SENTENCES =
            Splitter.on(Pattern.compile("\\.\\s+")).omitEmptyStrings();

    private final int objects;

    /** The task for three, five or seven objects. */
    LogicalDeduction(int objects) {
        this.objects = objects;
    }

    @Override
    public String name() {
        return "logical_deduction_" + NumberWords.cardinal(objects) + "_objects";
    }

    /** The one choice that holds in every order the statements allow. */
    @Override
    public Optional<String> solve(String text) {
        Matcher matcher = TEXT.matcher(Options.stem(text));
        if (!matcher.matches() || !matcher.group(1).equals(NumberWords.cardinal(objects))) {
            return Optional.empty();
        }
        List<String> names = Listing.split(matcher.group(2)).stream()
                .map(name -> name.replaceFirst("^an? ", ""))
                .toList();
        if (names.size() != objects) {
            return Optional.empty();
        }
        return clues(names, SENTENCES.splitToList(matcher.group(3)))
                .map(clues -> orders(names, clues).toList())
                .filter(orders -> !orders.isEmpty())
                .flatMap(orders -> Options.parse(text)
                        .only(choice -> OrderClue.parse(choice, names)
                                .filter(clue -> orders.stream().allMatch(clue))
                                .isPresent()));
    }

    @Override
    public Optional<Size> sizeOf(String text) {
        return solve(text).map(answer -> text.contains(OrderSetting.SMALL.occasion()) ? Size.SMALL : Size.RARER);
    }

    /** What the sentences say; empty when one is not understood. */
    private static Optional<List<Predicate<List<String>>>> clues(List<String> names, List<String> sentences) {
        List<Predicate<List<String>>> clues = new ArrayList<>();
        for (String sentence : sentences) {
            Optional<Predicate<List<String>>> clue = OrderClue.parse(sentence, names);
            if (clue.isEmpty()) {
                return Optional.empty();
            }
            clues.add(clue.get());
        }
        return Optional.of(clues);
    }

    /** The orders that the clues allow, found one after the other. */
    private static Stream<List<String>> orders(List<String> names, List<Predicate<List<String>>> clues) {
        return Collections2.permutations(names).stream()
                .filter(order -> clues.stream().allMatch(clue -> clue.test(order)));
    }

    /** Small texts are about golfers, with the shortest sentences; the order of the choices is the objects', drawn. */
    @Override
    public String compose(RandomGenerator random, Size size) {
        OrderSetting setting = size == Size.SMALL ? OrderSetting.SMALL : Draw.one(random, OrderSetting.RARER);
        List<String> order = Draw.distinct(random, setting.objects(), objects);
        List<String> listed = Draw.shuffled(random, order);
        List<String> sentences = Draw.until(
                drawn -> clues(order, drawn)
                        .filter(clues -> orders(order, clues).limit(2).count() == 1)
                        .isPresent(),
                () -> sentences(random, setting, order));
        int asked = random.nextInt(objects);
        Options options = new Options(listed.stream()
                .map(object -> setting.subject(object) + " " + setting.position(asked, objects))
                .toList());
        return setting.start(listed) + String.join(". ", sentences) + ".\n" + options.format();
    }

    /** True statements, one fewer than objects, about places or about objects that stand close together. */
    private List<String> sentences(RandomGenerator random, OrderSetting setting, List<String> order) {
        List<String> sentences = new ArrayList<>();
        while (sentences.size() < objects - 1) {
            int one = random.nextInt(objects);
            int other = Math.min(objects - 1, Math.max(0, one + Draw.between(random, -2, 2)));
            sentences.add(
                    one == other
                            ? setting.subject(order.get(one)) + " " + setting.position(one, objects)
                            : setting.relation(order.get(one), order.get(other), one < other));
        }
        return sentences;
    }
}
