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
        return orders(names, matcher.group(3))
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

    /** The orders that the sentences allow; empty when a sentence is not understood. */
    private static Optional<List<List<String>>> orders(List<String> names, String sentences) {
        List<Predicate<List<String>>> clues = new ArrayList<>();
        for (String sentence : SENTENCES.split(sentences)) {
            Optional<Predicate<List<String>>> clue = OrderClue.parse(sentence, names);
            if (clue.isEmpty()) {
                return Optional.empty();
            }
            clues.add(clue.get());
        }
        return Optional.of(Collections2.permutations(names).stream()
                .filter(order -> clues.stream().allMatch(clue -> clue.test(order)))
                .toList());
    }

    /** Small texts are about golfers, with the shortest sentences; the order of the choices is the objects', drawn. */
    @Override
    public String compose(RandomGenerator random, Size size) {
        OrderSetting setting = size == Size.SMALL ? OrderSetting.SMALL : Draw.one(random, OrderSetting.RARER);
        List<String> order = Draw.distinct(random, setting.objects(), objects);
        List<String> listed = Draw.shuffled(random, order);
        List<String> clues = Draw.until(
                drawn -> orders(order, String.join(". ", drawn))
                        .filter(found -> found.size() == 1)
                        .isPresent(),
                () -> clues(random, setting, order));
        int asked = random.nextInt(objects);
        Options options = new Options(listed.stream()
                .map(object -> setting.subject(object) + " " + setting.position(asked, objects))
                .toList());
        return setting.start(listed) + String.join(". ", clues) + ".\n" + options.format();
    }

    /** As many true statements as it takes at least, when all are relations. */
    private List<String> clues(RandomGenerator random, OrderSetting setting, List<String> order) {
        List<String> clues = new ArrayList<>();
        while (clues.size() < objects - 1) {
            int one = random.nextInt(objects);
            int other = random.nextInt(objects);
            clues.add(
                    one == other
                            ? setting.subject(order.get(one)) + " " + setting.position(one, objects)
                            : setting.relation(order.get(one), order.get(other), one < other));
        }
        return clues;
    }
}
