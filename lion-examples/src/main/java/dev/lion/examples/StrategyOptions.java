package dev.lion.examples;

import dev.lion.evaluation.Benchmark;
import dev.lion.loop.LoopConfig;
import dev.lion.strategy.KeepRule;
import dev.lion.strategy.ParentRule;
import dev.lion.strategy.StopRule;
import dev.lion.strategy.StudentStart;
import dev.lion.strategy.TrainPoolRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** How a run may differ from the paper's. */
final class StrategyOptions {
    private static final Pattern RATIO = Pattern.compile("(\\d{1,6}):(\\d{1,6})");
    private static final String REPLAY = "replay=";
    private static final String CHANCE = "chance";

    @Option(
            names = "--train-pool",
            defaultValue = "replace",
            paramLabel = "RULE",
            description = {
                "what each imitation after the first learns from: replace, the new instructions, as in the paper;"
                        + " accumulate, the seeds and all new ones so far;"
                        + " replay=SHARE, the new ones and SHARE earlier ones for each (default: ${DEFAULT-VALUE})"
            })
    private String trainPool = "";

    @Option(
            names = "--student-start",
            defaultValue = "present",
            paramLabel = "FROM",
            description = "from where those imitations start: present, the student as it is, as in the paper;"
                    + " base, the student that the run was given (default: ${DEFAULT-VALUE})")
    private String studentStart = "";

    @Option(
            names = "--hard-to-easy",
            defaultValue = "1:1",
            paramLabel = "H:E",
            description = "new instructions from hard ones to those from easy ones, such as 2:1 or 1:0"
                    + " (default: ${DEFAULT-VALUE}, the paper's)")
    private String hardToEasy = "";

    @Option(
            names = "--parents",
            defaultValue = "uniform",
            paramLabel = "RULE",
            description = "from which of them: uniform, each as likely, as in the paper;"
                    + " lineage, each seed's descendants as likely; undirected, from all, hard or easy, to compare with"
                    + " (default: ${DEFAULT-VALUE})")
    private String parents = "";

    @Option(
            names = "--stop-at-plateau",
            paramLabel = "FALL",
            description = "end before the last iteration when the share of hard instructions no longer falls by FALL,"
                    + " such as 0.01")
    private Optional<Double> plateau = Optional.empty();

    @Option(
            names = "--plateau-patience",
            defaultValue = "1",
            paramLabel = "N",
            description = "iterations in a row without such a fall that end the run (default: ${DEFAULT-VALUE})")
    private int patience;

    @Option(
            names = "--evaluate",
            paramLabel = "PATH",
            description =
                    "after each imitation measure the student on a task file in BIG-Bench Hard's JSON or AGIEval's"
                            + " JSON Lines format, or on a folder of them; the items should be in no seed file. A fall that chance"
                            + " does not explain is said")
    private Optional<Path> evaluate = Optional.empty();

    @Option(
            names = "--keep-best",
            arity = "0..1",
            fallbackValue = "0",
            paramLabel = "TOLERANCE",
            description = "go on and end with the most accurate student so far when a new one is less accurate by more"
                    + " than TOLERANCE, such as 0.02 (0 when left out), or, with chance for it, by more than chance"
                    + " explains; needs --evaluate")
    private Optional<String> keepBest = Optional.empty();

    /** Adds what is wrong. */
    void check(OptionFaults faults) {
        faults.require(
                        trainPoolRule().isPresent(),
                        "--train-pool must be replace, accumulate or replay=SHARE with a SHARE above 0 such as 0.3, but is "
                                + trainPool)
                .require(start().isPresent(), "--student-start must be present or base, but is " + studentStart)
                .require(
                        hardShare().isPresent(),
                        "--hard-to-easy must be two whole numbers such as 2:1, not both 0, but is " + hardToEasy)
                .require(
                        parentRule().isPresent(), "--parents must be uniform, lineage or undirected, but is " + parents)
                .require(
                        plateau.map(fall -> fall > 0 && fall <= 1).orElse(true),
                        "--stop-at-plateau must be above 0 and at most 1, but is " + plateau.orElse(0.0))
                .atLeast(1, "--plateau-patience", patience)
                .require(
                        keepRule().isPresent(),
                        "--keep-best must be from 0 to 1, or chance, but is " + keepBest.orElse(""))
                .require(
                        keepBest.isEmpty() || evaluate.isPresent(),
                        "--keep-best needs --evaluate PATH, to know which student is best");
    }

    /** Applies what was checked. */
    LoopConfig.Builder applyTo(LoopConfig.Builder config) {
        return config.trainPoolRule(trainPoolRule().orElseThrow())
                .studentStart(start().orElseThrow())
                .hardShare(hardShare().orElseThrow())
                .parentRule(parentRule().orElseThrow())
                .keepRule(keepRule().orElseThrow())
                .stopRule(plateau.map(fall -> StopRule.plateau(fall, patience)).orElseGet(StopRule::never));
    }

    /**
     * The evaluation, when there is to be one.
     *
     * @throws dev.lion.evaluation.EvaluationFileException when its items cannot be read
     */
    Optional<Benchmark> readEvaluation() throws IOException {
        return evaluate.isPresent() ? Optional.of(Benchmark.on(BenchmarkFiles.read(evaluate.get()))) : Optional.empty();
    }

    /** What stands for an evaluation's items in the manifest. */
    static String fingerprint(Benchmark evaluation) {
        return Wording.count(evaluation.items().size(), "item") + ", " + evaluation.fingerprint();
    }

    private Optional<KeepRule> keepRule() {
        if (keepBest.isEmpty()) {
            return Optional.of(KeepRule.latest());
        }
        if (keepBest.get().equals(CHANCE)) {
            return Optional.of(KeepRule.unlessFallen());
        }
        OptionalDouble tolerance = number(keepBest.get());
        return tolerance.isPresent() && tolerance.getAsDouble() >= 0 && tolerance.getAsDouble() <= 1
                ? Optional.of(KeepRule.best(tolerance.getAsDouble()))
                : Optional.empty();
    }

    private Optional<TrainPoolRule> trainPoolRule() {
        if (trainPool.startsWith(REPLAY)) {
            OptionalDouble share = number(trainPool.substring(REPLAY.length()));
            return share.isPresent() && share.getAsDouble() > 0 && Double.isFinite(share.getAsDouble())
                    ? Optional.of(TrainPoolRule.replay(share.getAsDouble()))
                    : Optional.empty();
        }
        return switch (trainPool) {
            case "replace" -> Optional.of(TrainPoolRule.replace());
            case "accumulate" -> Optional.of(TrainPoolRule.accumulate());
            default -> Optional.empty();
        };
    }

    private static OptionalDouble number(String text) {
        try {
            return OptionalDouble.of(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    private Optional<StudentStart> start() {
        return switch (studentStart) {
            case "present" -> Optional.of(StudentStart.present());
            case "base" -> Optional.of(StudentStart.base());
            default -> Optional.empty();
        };
    }

    private OptionalDouble hardShare() {
        Matcher ratio = RATIO.matcher(hardToEasy);
        if (!ratio.matches()) {
            return OptionalDouble.empty();
        }
        double hard = Integer.parseInt(ratio.group(1));
        double all = hard + Integer.parseInt(ratio.group(2));
        return all == 0 ? OptionalDouble.empty() : OptionalDouble.of(hard / all);
    }

    private Optional<ParentRule> parentRule() {
        return switch (parents) {
            case "uniform" -> Optional.of(ParentRule.uniform());
            case "lineage" -> Optional.of(ParentRule.balancedByLineage());
            case "undirected" -> Optional.of(ParentRule.undirected());
            default -> Optional.empty();
        };
    }
}
