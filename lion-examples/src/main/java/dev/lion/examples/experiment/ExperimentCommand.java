package dev.lion.examples.experiment;

import dev.lion.evaluation.BigBenchHard;
import dev.lion.evaluation.ExactMatch;
import dev.lion.examples.OptionFaults;
import dev.lion.examples.StopOnSignal;
import dev.lion.report.ExperimentResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs one of the paper's experiments at the size of a laptop. */
@Command(
        name = "experiment",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Run an experiment on the puzzles, offline, from random weights, and write what it found as JSON and as a page.",
            "",
            "  adversarial  the loop against random parents, at equal answers and tokens, and against more epochs",
            "  threshold    the gap from which an instruction is hard: 0, 0.5, 1, 1.5, 2",
            "  ratio        hard to easy among the new instructions: 1:0, 2:1, 1:1, 1:2, 0:1",
            "  curve        what each iteration brings",
            "  referee      noise and position bias of the referee, with and without exchanging the order",
            "  map          in which circumstances the loop pays",
            "",
            "The same command continues an experiment that was stopped. Experiments share the runs that they have in common."
        })
public final class ExperimentCommand implements Callable<Integer> {
    private static final int MOST_ITEMS = 10_000;

    @Spec
    private @Nullable CommandSpec command;

    @Parameters(
            paramLabel = "NAME",
            completionCandidates = Names.class,
            description = "one of: ${COMPLETION-CANDIDATES}")
    private String name = "";

    @Option(
            names = "--seeds",
            split = ",",
            defaultValue = "1,2,3,4,5,6",
            paramLabel = "N",
            description = "each is a run of every arm (default: ${DEFAULT-VALUE})")
    private List<Long> seeds = new ArrayList<>();

    @Option(
            names = "--bbh",
            paramLabel = "DIR",
            description = "also measure on the items of BIG-Bench Hard in this folder of task files")
    private Optional<Path> bbh = Optional.empty();

    @Option(
            names = "--held-out",
            defaultValue = "100",
            paramLabel = "N",
            description = "held-out puzzles of each family (default: ${DEFAULT-VALUE})")
    private int heldOut;

    @Option(
            names = "--out",
            defaultValue = "runs/experiments",
            paramLabel = "DIR",
            description = "where results and runs are kept (default: ${DEFAULT-VALUE})")
    private Path out = Path.of("");

    @Override
    public Integer call() throws Exception {
        Optional<Experiment> experiment = Experiments.named(name);
        new OptionFaults(Objects.requireNonNull(command))
                .require(experiment.isPresent(), "there is no experiment " + name + "; there are " + Names.all())
                .require(!seeds.isEmpty(), "--seeds must name a seed")
                .require(new HashSet<>(seeds).size() == seeds.size(), "--seeds must not name a seed twice")
                .within(1, MOST_ITEMS, "--held-out", heldOut)
                .refuse();
        List<ExactMatch.Item> publicItems = bbh.map(BigBenchHard::readTasks).orElse(List.of());
        run(experiment.orElseThrow(), publicItems);
        return 0;
    }

    private void run(Experiment experiment, List<ExactMatch.Item> publicItems) throws Exception {
        System.out.println(experiment.question());
        System.out.println(experiment.trials().size() * seeds.size()
                + " runs; shown is the accuracy on held-out puzzles after each imitation.");
        System.out.println();
        var runner = new ExperimentRunner(experiment, seeds, heldOut, publicItems, out, System.out);
        ExperimentResult result = StopOnSignal.during(() -> runner.run(Provenance.of(commandLine())), runner::stop);
        System.out.println();
        System.out.println(result.claim());
        result.support().forEach(System.out::println);
        System.out.println();
        System.out.println("The results  " + runner.folder().resolve("results.json"));
        System.out.println("The page     "
                + runner.folder().resolve("report.html").toAbsolutePath().toUri());
    }

    private String commandLine() {
        return "lion-examples "
                + String.join(
                        " ",
                        Objects.requireNonNull(command)
                                .commandLine()
                                .getParseResult()
                                .originalArgs());
    }

    /** The names of the experiments. */
    static final class Names implements Iterable<String> {
        static String all() {
            return String.join(", ", new Names());
        }

        @Override
        public Iterator<String> iterator() {
            return Experiments.ALL.stream().map(Experiment::name).iterator();
        }
    }
}
