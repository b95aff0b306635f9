package dev.lion.examples.puzzle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code Question: Fidel lies. Millicent says Fidel tells the truth. Does Millicent tell the truth?}. */
final class WebOfLies implements PuzzleFamily {
    private static final String NAME = "(\\p{L}[\\p{L}'-]*)";
    private static final String CLAIM = "(tells the truth|lies)";
    private static final Pattern FACT = Pattern.compile("(?:^|[:.])\\s*" + NAME + "\\s+" + CLAIM + "(?=\\.)");
    private static final Pattern SAYING =
            Pattern.compile(NAME + "\\s+says\\s+(?:that\\s+)?" + NAME + "\\s+" + CLAIM + "(?=\\.)");
    private static final Pattern QUESTION = Pattern.compile("Does\\s+" + NAME + "\\s+(tell the truth|lie)\\?");

    private static final List<String> NAMES = List.of(
            "Alexis", "Crista", "Dallas", "Fidel", "Helene", "Inga", "Jerry", "Leda", "Millie", "Sal", "Sima", "Vina");
    private static final List<String> RARER_NAMES = List.of(
            "Alejandro",
            "Amberly",
            "Bernita",
            "Conception",
            "Delfina",
            "Fletcher",
            "Lorine",
            "Maybelle",
            "Osvaldo",
            "Rashida",
            "Shalonda",
            "Vernell");

    private record Saying(String speaker, String about, boolean truthful) {}

    @Override
    public String name() {
        return "web_of_lies";
    }

    @Override
    public Optional<String> solve(String text) {
        Matcher question = QUESTION.matcher(text);
        if (!question.find()) {
            return Optional.empty();
        }
        Map<String, Boolean> truthful = facts(text);
        follow(sayings(text), truthful);
        boolean truth = question.group(2).startsWith("tell");
        return Optional.ofNullable(truthful.get(question.group(1))).map(honest -> honest == truth ? "Yes" : "No");
    }

    @Override
    public Optional<Size> sizeOf(String text) {
        return solve(text)
                .map(answer -> Shapes.LIES_PEOPLE.sizeOf(
                        facts(text).size() + sayings(text).size()));
    }

    private static Map<String, Boolean> facts(String text) {
        Map<String, Boolean> facts = new HashMap<>();
        FACT.matcher(text).results().forEach(fact -> facts.put(fact.group(1), isTruth(fact.group(2))));
        return facts;
    }

    private static List<Saying> sayings(String text) {
        List<Saying> sayings = new ArrayList<>();
        SAYING.matcher(text)
                .results()
                .forEach(said -> sayings.add(new Saying(said.group(1), said.group(2), isTruth(said.group(3)))));
        return sayings;
    }

    /** Who says what is so tells the truth, who says what is not lies; in whatever order the text has it. */
    private static void follow(List<Saying> sayings, Map<String, Boolean> truthful) {
        boolean learned = true;
        while (learned) {
            learned = false;
            for (Saying saying : sayings) {
                Boolean about = truthful.get(saying.about());
                if (about != null) {
                    learned |= truthful.putIfAbsent(saying.speaker(), about == saying.truthful()) == null;
                }
            }
        }
    }

    private static boolean isTruth(String claim) {
        return claim.startsWith("tells");
    }

    /** Every claim is a toss of a coin, so yes is as frequent as no. */
    @Override
    public String compose(RandomGenerator random, Size size) {
        int count = Shapes.LIES_PEOPLE.draw(random, size);
        List<String> people = size == Size.SMALL
                ? Draw.distinct(random, NAMES, count)
                : Draw.withSomeRarer(random, NAMES, RARER_NAMES, count);
        StringBuilder text = new StringBuilder("Question: " + people.get(0) + claim(random));
        for (int i = 1; i < people.size(); i++) {
            text.append(' ')
                    .append(people.get(i))
                    .append(" says ")
                    .append(people.get(i - 1))
                    .append(claim(random));
        }
        return text + " Does " + people.get(people.size() - 1) + " tell the truth?";
    }

    private static String claim(RandomGenerator random) {
        return random.nextBoolean() ? " tells the truth." : " lies.";
    }
}
