package dev.lion.examples.experiment;

import dev.lion.examples.experiment.Arm.Quality;
import dev.lion.examples.experiment.Experiment.Pair;
import dev.lion.report.ExperimentResult.Published;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** The experiments that there are. */
final class Experiments {
    /** Families that a student of this size learns within a few thousand examples. */
    private static final List<String> LEARNABLE = List.of(
            "boolean_expressions", "dyck_languages", "navigate", "object_counting", "web_of_lies", "word_sorting");

    private static final List<String> WITH_UNLEARNABLE = List.of(
            "boolean_expressions",
            "dyck_languages",
            "navigate",
            "object_counting",
            "web_of_lies",
            "word_sorting",
            "multistep_arithmetic_two",
            "tracking_shuffled_objects_three_objects");

    /** Seeds as users have them: much of one kind, little of others. */
    static final Regime LONG_TAIL = new Regime("long-tail", "a long tail", LEARNABLE, 1.5, 600, 2400, 3, 8, 4);

    private static final List<String> NOTES = List.of(
            "A student of four hundred thousand parameters that starts from random weights, a generator and a referee that are"
                    + " programs: what is measured is how the loop spends a budget, not how well a large model writes"
                    + " instructions or judges.",
            "More epochs has the seeds\u2019 answers only: it is equal in tokens, not in answers.",
            "The first measure weighs all families alike, however rare they are among the seeds: it asks whether the student"
                    + " can do the whole job. The second weighs them as the seeds do.",
            "From a hard parent the generator writes one of the same family and size, from an easy one one that is longer, nested or"
                    + " unusually worded, as the paper wants it. Held-out puzzles are of the seeds\u2019 size; what the others are"
                    + " good for, only BIG-Bench Hard\u2019s own items ask.",
            "Equal answers and equal training are not equal money: the loop pays for the referee\u2019s calls as well.",
            "The intervals are Student\u2019s, over seeds; those of comparisons that are made at once are wide enough to hold"
                    + " together. A seed decides the seeds, the first weights, which family is"
                    + " frequent, and every later choice.");

    static final List<Experiment> ALL = List.of(adversarial(), threshold(), ratio(), curve(), referee(), map());

    private Experiments() {}

    static Optional<Experiment> named(String name) {
        return ALL.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    private static Experiment adversarial() {
        return new Experiment(
                "adversarial",
                "Does it pay to search for what the student cannot do, at equal numbers of answers and of training tokens?",
                trials(
                        LONG_TAIL,
                        List.of(
                                Arm.lion(),
                                Arm.random(),
                                Arm.lion().withHardShare("1:0", 1).labelled("Lion, 1:0"),
                                Arm.random().withHardShare("1:0", 1),
                                Arm.seedsAgain())),
                List.of(
                        new Pair("lion", "random"),
                        new Pair("ratio-1-0", "random-1-0"),
                        new Pair("lion", "seeds-again"),
                        new Pair("random", "seeds-again")),
                1,
                List.of(),
                Claims::differences,
                NOTES);
    }

    private static Experiment threshold() {
        return search(
                "threshold",
                "Which gap between teacher and student should count as hard?",
                DoubleStream.of(0, 0.5, 1.0, 1.5, 2.0)
                        .mapToObj(tau -> tau == 1.0
                                ? Arm.lion().labelled("\u03c4 = 1.0")
                                : Arm.lion().withThreshold(tau))
                        .toList(),
                "table 4",
                List.of(89.58, 92.16, 93.81, 94.09, 92.23),
                List.of(26.5, 29.8, 32.0, 31.6, 31.3));
    }

    private static Experiment ratio() {
        return search(
                "ratio",
                "How many new instructions should come from hard ones, and how many from easy ones?",
                List.of(
                        Arm.lion().withHardShare("1:0", 1),
                        Arm.lion().withHardShare("2:1", 2.0 / 3),
                        Arm.lion().labelled("1:1"),
                        Arm.lion().withHardShare("1:2", 1.0 / 3),
                        Arm.lion().withHardShare("0:1", 0)),
                "table 5",
                List.of(89.60, 92.95, 93.81, 91.77, 90.02),
                List.of(30.8, 33.1, 32.0, 29.6, 24.3));
    }

    /** Settings around the paper's, with the figures of one of its tables. */
    private static Experiment search(
            String name, String question, List<Arm> arms, String table, List<Double> vicuna, List<Double> bbh) {
        List<Pair> pairs = against(arms, "lion");
        return new Experiment(
                name,
                question,
                trials(LONG_TAIL, arms),
                pairs,
                pairs.size(),
                published(arms, table, vicuna, bbh),
                Claims::against,
                NOTES);
    }

    private static Experiment curve() {
        return new Experiment(
                "curve",
                "How much does each iteration bring?",
                trials(LONG_TAIL, List.of(Arm.lion(), Arm.random(), Arm.seedsAgain())),
                List.of(),
                1,
                List.of(
                        new Published(
                                "Lion-7B on BIG-Bench Hard, % (figure 5, read off)",
                                World.PUBLIC, Map.of(), List.of(27.4, 30.1, 30.6, 32.0)),
                        new Published(
                                "Lion-7B on AGIEval, % (figure 5, read off)",
                                World.PUZZLES, Map.of(), List.of(23.3, 25.5, 25.9, 26.3))),
                Claims::gains,
                NOTES);
    }

    private static Experiment referee() {
        List<Arm> arms = List.of(
                faulty("perfect", "a perfect referee", Quality.PERFECT, true),
                Arm.lion().labelled("noise 1, bias 1, exchanged"),
                faulty("noise-3", "noise 3, exchanged", new Quality(3, 0), true),
                faulty("noise-3-once", "noise 3, one order", new Quality(3, 0), false),
                faulty("bias-4", "bias 4, exchanged", new Quality(1, 4), true),
                faulty("bias-4-once", "bias 4, one order", new Quality(1, 4), false),
                faulty("bias-against-4-once", "bias \u22124, one order", new Quality(1, -4), false),
                Arm.random());
        List<Pair> pairs = new ArrayList<>(against(arms, "perfect"));
        pairs.add(new Pair("noise-3", "noise-3-once"));
        pairs.add(new Pair("bias-4", "bias-4-once"));
        return new Experiment(
                "referee",
                "What do noise and position bias of the referee do to the result, and does exchanging the order help?",
                trials(LONG_TAIL, arms),
                pairs,
                pairs.size(),
                List.of(),
                Claims::against,
                NOTES);
    }

    private static Arm faulty(String id, String label, Quality quality, boolean exchanged) {
        String orders = exchanged ? "both orders, averaged" : "the teacher\u2019s answer always first";
        return Arm.lion()
                .withReferee(
                        id,
                        label,
                        "noise of " + quality.noise() + " points, " + quality.bias()
                                + " points for the answer shown first; " + orders,
                        quality,
                        exchanged);
    }

    private static Experiment map() {
        List<Regime> regimes = List.of(
                LONG_TAIL,
                new Regime("even", "even families", LEARNABLE, 0, 600, 2400, 3, 8, 4),
                new Regime("tight", "a long tail, tight budget", LEARNABLE, 1.5, 600, 600, 3, 8, 4),
                new Regime(
                        "unlearnable",
                        "a long tail with unlearnable families",
                        WITH_UNLEARNABLE,
                        1.5,
                        600,
                        2400,
                        3,
                        8,
                        4),
                new Regime(
                        "even-unlearnable", "even families, two unlearnable", WITH_UNLEARNABLE, 0, 600, 2400, 3, 8, 4));
        List<Trial> trials = new ArrayList<>();
        List<Pair> pairs = new ArrayList<>();
        for (Regime regime : regimes) {
            for (Arm arm : List.of(Arm.lion(), Arm.random())) {
                trials.add(new Trial(
                        regime.id() + "/" + arm.id(), arm.labelled(arm.label() + ", " + regime.label()), regime));
            }
            pairs.add(new Pair(regime.id() + "/lion", regime.id() + "/random"));
        }
        return new Experiment(
                "map",
                "Where does the loop pay, and where does it not?",
                trials,
                pairs,
                pairs.size(),
                List.of(),
                Claims::whereItPays,
                NOTES);
    }

    private static List<Trial> trials(Regime regime, List<Arm> arms) {
        return arms.stream().map(arm -> new Trial(arm.id(), arm, regime)).toList();
    }

    private static List<Pair> against(List<Arm> arms, String baseline) {
        return arms.stream()
                .filter(arm -> !arm.id().equals(baseline))
                .map(arm -> new Pair(arm.id(), baseline))
                .toList();
    }

    private static List<Published> published(List<Arm> arms, String table, List<Double> vicuna, List<Double> bbh) {
        return List.of(
                new Published(
                        "Lion-7B on Vicuna-80, % of ChatGPT (" + table + ")",
                        World.PUZZLES,
                        byArm(arms, vicuna),
                        List.of()),
                new Published(
                        "Lion-7B on BIG-Bench Hard, % (" + table + ")", World.PUBLIC, byArm(arms, bbh), List.of()));
    }

    private static Map<String, Double> byArm(List<Arm> arms, List<Double> figures) {
        Map<String, Double> byArm = new LinkedHashMap<>();
        for (int i = 0; i < figures.size(); i++) {
            byArm.put(arms.get(i).id(), figures.get(i));
        }
        return byArm;
    }
}
