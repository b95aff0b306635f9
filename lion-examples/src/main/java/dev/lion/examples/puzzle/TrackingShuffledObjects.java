package dev.lion.examples.puzzle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code Alice, Bob, and Claire are playing a game ... First, Alice and Bob swap balls ... Claire has the}. */
final class TrackingShuffledObjects implements PuzzleFamily {
    private static final String HOLDS = "(?:has|gets|holds|is dancing with|is playing)";
    private static final Pattern START =
            Pattern.compile("(?s)At the start of [^:]*:\\s*(.+?)\\.\\s*(?:As the|Throughout|First)");
    private static final Pattern HOLDING = Pattern.compile("(\\w+) " + HOLDS + " (?:(?:an?|the) )?(.+)");
    private static final Pattern SWAP = Pattern.compile("(\\w+) and (\\w+) (?:swap|switch|trade|exchange)");
    private static final Pattern QUESTION =
            Pattern.compile("At the end of [^,]*, (\\w+) " + HOLDS + "(?: the)?\\s*\\Z");
    private static final List<String> PEOPLE = List.of("Alice", "Bob", "Claire", "Dave", "Eve", "Fred", "Gertrude");

    private final int people;
    private final List<SwapScene> rarerScenes;

    /** The task for three, five or seven people. */
    TrackingShuffledObjects(int people) {
        this.people = people;
        rarerScenes = SwapScene.ALL.stream()
                .filter(scene -> !scene.equals(SwapScene.BALLS))
                .toList();
    }

    @Override
    public String name() {
        return "tracking_shuffled_objects_" + NumberWords.cardinal(people) + "_objects";
    }

    @Override
    public Optional<String> solve(String text) {
        String stem = Options.stem(text);
        Matcher question = QUESTION.matcher(stem);
        Map<String, String> holdings = holdings(stem);
        if (holdings.size() != people || !question.find() || !swap(stem, holdings)) {
            return Optional.empty();
        }
        return Optional.ofNullable(holdings.get(question.group(1)))
                .flatMap(held -> Options.parse(text).only(held::equalsIgnoreCase));
    }

    @Override
    public Optional<Size> sizeOf(String text) {
        return solve(text)
                .map(answer -> Shapes.TRACKING_SWAPS.sizeOf(
                        (int) SWAP.matcher(text).results().count()));
    }

    private static Map<String, String> holdings(String stem) {
        Map<String, String> holdings = new HashMap<>();
        Matcher start = START.matcher(stem);
        if (start.find()) {
            for (String part : Listing.split(start.group(1))) {
                Matcher holding = HOLDING.matcher(part);
                if (holding.matches()) {
                    holdings.put(holding.group(1), holding.group(2));
                }
            }
        }
        return holdings;
    }

    /** Plays every swap; false when somebody swaps who holds nothing. */
    private static boolean swap(String stem, Map<String, String> holdings) {
        int start = Math.max(stem.indexOf("First,"), 0);
        Matcher swap = SWAP.matcher(stem.substring(start));
        while (swap.find()) {
            String one = holdings.get(swap.group(1));
            String other = holdings.get(swap.group(2));
            if (one == null || other == null) {
                return false;
            }
            holdings.put(swap.group(1), other);
            holdings.put(swap.group(2), one);
        }
        return true;
    }

    /** Small texts are about balls, the shortest of the five scenes. */
    @Override
    public String compose(RandomGenerator random, Size size) {
        SwapScene scene = size == Size.SMALL ? SwapScene.BALLS : Draw.one(random, rarerScenes);
        List<String> names = PEOPLE.subList(0, people);
        List<String> things = Draw.distinct(random, scene.things(), people);
        int swaps = size == Size.SMALL ? Shapes.TRACKING_SWAPS.draw(random, size) : people;
        return scene.start(names, things) + swaps(random, swaps, names, scene) + scene.end(Draw.one(random, names))
                + "\n" + new Options(things).format();
    }

    private static String swaps(RandomGenerator random, int swaps, List<String> names, SwapScene scene) {
        List<String> sentences = new ArrayList<>();
        for (int i = 0; i < swaps; i++) {
            String when = i == 0 ? "First" : i == swaps - 1 ? "Finally" : "Then";
            List<String> pair = Draw.distinct(random, names, 2);
            sentences.add(when + ", " + pair.get(0) + " and " + pair.get(1) + " " + scene.swapping() + ".");
        }
        return String.join(" ", sentences);
    }
}
