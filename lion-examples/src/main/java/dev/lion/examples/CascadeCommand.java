package dev.lion.examples;

import dev.lion.LionException;
import dev.lion.cost.Price;
import dev.lion.run.RunDirectory;
import dev.lion.student.LoadConfig;
import dev.lion.student.LoadedStudent;
import dev.lion.student.cascade.CascadeCalibration;
import dev.lion.student.cascade.CascadeDocument;
import dev.lion.student.cascade.CascadePage;
import dev.lion.student.cascade.GradedAnswer;
import dev.lion.student.cascade.WantedQuality;
import dev.lion.student.decoding.DecodingConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Finds from which confidence on a run's student may answer in its teacher's place. */
@Command(
        name = "cascade",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Find from which confidence on a run's student may answer in its teacher's place, for a wanted quality.",
            "The threshold is chosen on half of the verdicts and measured on the other half. What was found is kept in"
                    + " cascade.json beside the student, in place of what was found before; CascadeChatModel reads it there,"
                    + " and refuses the student where no threshold keeps the quality."
        })
final class CascadeCommand implements Callable<Integer> {
    /** Where the verdicts are from. */
    enum Source {
        PUZZLES,
        VERDICTS
    }

    @Spec
    private @Nullable CommandSpec command;

    @Option(names = "--run", required = true, paramLabel = "DIR", description = "the run's directory")
    private Path directory = Path.of("");

    @Option(
            names = "--on",
            description = "puzzles: the student answers fresh ones, which a program judges; verdicts: of the run's last"
                    + " discrimination, for the student whose answers they are about (default: puzzles where the run"
                    + " is about puzzles, else verdicts)")
    private Optional<Source> source = Optional.empty();

    @Option(
            names = "--student",
            paramLabel = "DIR",
            description = "another student's folder, for puzzles (default: the run's student)")
    private Optional<Path> student = Optional.empty();

    @Option(
            names = "--quality",
            defaultValue = "0.95",
            paramLabel = "SHARE",
            description = "wanted: this share of the teacher's score (default: ${DEFAULT-VALUE})")
    private double quality;

    @Option(
            names = "--accept",
            paramLabel = "SCORE",
            description = "wanted instead: the share --quality of answers with this score, of 1 to 10, or more")
    private Optional<Double> bar = Optional.empty();

    @Option(
            names = "--answers",
            defaultValue = "4000",
            paramLabel = "N",
            description = "judged answers to use at most (default: ${DEFAULT-VALUE})")
    private int answers;

    @Option(
            names = "--max-new-tokens",
            defaultValue = "128",
            paramLabel = "N",
            description = "longest answer of the student in tokens, now and in the cascade (default: ${DEFAULT-VALUE})")
    private int maxNewTokens;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "of the puzzles and of the halves (default: ${DEFAULT-VALUE})")
    private long seed;

    @Mixin
    private WeightsOption weights = new WeightsOption();

    @Option(names = "--threads", paramLabel = "N", description = "processors to use (default: all)")
    private Optional<Integer> threads = Optional.empty();

    @Option(
            names = "--price-input",
            paramLabel = "DOLLARS",
            description = "the teacher's price of a million tokens read, for the money saved")
    private Optional<Double> inputPrice = Optional.empty();

    @Option(names = "--price-output", paramLabel = "DOLLARS", description = "price of a million tokens written")
    private Optional<Double> outputPrice = Optional.empty();

    @Option(names = "--json", paramLabel = "FILE", description = "also write the calibration and the curve as JSON")
    private Optional<Path> json = Optional.empty();

    @Option(names = "--html", paramLabel = "FILE", description = "also write the curve as a page")
    private Optional<Path> html = Optional.empty();

    /** Verdicts with the student that they are about. */
    private record Judged(Path student, List<GradedAnswer> answers) {}

    @Override
    public Integer call() throws Exception {
        requireUsableOptions();
        Judged judged;
        try (var run = RunDirectory.read(directory)) {
            judged = judged(run, new CascadeVerdicts(run, answers, seed));
        }
        if (judged.answers().size() < 2) {
            throw new LionException(
                    "the run in " + directory + " has " + judged.answers().size()
                            + " verdicts that a cascade can be calibrated on, and it takes some hundreds");
        }
        WantedQuality wanted = bar.map(score -> WantedQuality.accepted(quality, score))
                .orElseGet(() -> WantedQuality.ofTeacher(quality));
        var calibration = CascadeCalibration.of(judged.answers(), wanted, seed);
        new CascadeTable(calibration, price()).print(System.out);
        write(calibration, judged.student());
        return 0;
    }

    private void requireUsableOptions() {
        new OptionFaults(Objects.requireNonNull(command))
                .require(quality > 0 && quality < 1, "--quality must be above 0 and below 1, but is " + quality)
                .require(
                        bar.map(score -> score > 1 && score <= 10).orElse(true),
                        "--accept must be above 1 and at most 10, but is " + bar.orElse(0.0))
                .within(2, 100_000, "--answers", answers)
                .atLeast(1, "--max-new-tokens", maxNewTokens)
                .atLeast(1, "--threads", threads.orElse(1))
                .require(
                        inputPrice.isPresent() == outputPrice.isPresent(),
                        "--price-input and --price-output must be given together")
                .require(inputPrice.orElse(0.0) >= 0 && outputPrice.orElse(0.0) >= 0, "a price must be 0 or more")
                .require(
                        student.isEmpty()
                                || source.filter(Source.VERDICTS::equals).isEmpty(),
                        "--student cannot be used with --on verdicts: they are about the student that wrote the answers")
                .require(
                        student.map(Files::isDirectory).orElse(true),
                        "--student must be a student's folder, but there is none at "
                                + student.map(Path::toString).orElse(""))
                .require(
                        !weights.isGiven()
                                || source.filter(Source.VERDICTS::equals).isEmpty(),
                        "--weights cannot be used with --on verdicts: the answers were written with weights in fp32")
                .refuse();
    }

    private Optional<Price> price() {
        return inputPrice.map(input -> Price.perMillionTokens(input, outputPrice.orElse(0.0)));
    }

    private Judged judged(RunDirectory run, CascadeVerdicts verdicts) throws IOException, InterruptedException {
        return source.map(Source.PUZZLES::equals).orElseGet(verdicts::areOfPuzzles)
                ? onPuzzles(run, verdicts)
                : onVerdicts(verdicts);
    }

    private Judged onPuzzles(RunDirectory run, CascadeVerdicts verdicts) throws IOException, InterruptedException {
        Path folder = student.or(run::student)
                .orElseThrow(() -> new LionException(
                        "the run in " + directory + " has no student yet: its first imitation is not finished"));
        System.out.println(
                "The student in " + folder + " answers " + answers + " puzzles that are in no pool of the run.");
        weights.printLoss(folder, loading());
        try (var loaded = LoadedStudent.load(folder, loading())) {
            return new Judged(folder, verdicts.ofFreshPuzzles(loaded, maxNewTokens));
        }
    }

    private Judged onVerdicts(CascadeVerdicts verdicts) throws IOException {
        if (student.isPresent() || weights.isGiven()) {
            throw new LionException(
                    "--student and --weights need --on puzzles: the run is about something else, and its verdicts are"
                            + " about the student that wrote the answers, with weights in fp32");
        }
        var summary = verdicts.judgedLast();
        Path folder = verdicts.writer(summary.iteration());
        System.out.println("The verdicts of iteration " + summary.iteration() + " on the answers of the student in "
                + folder + ",");
        System.out.println("which had been trained on those instructions: expect less on others, and calibrate no other"
                + " student by them.");
        System.out.println(
                "They were written as the run had them written, drawn perhaps, while a cascade's student always"
                        + " takes the likeliest token.");
        if (summary.discrimination().orElseThrow().judging().estimates().isPresent()) {
            System.out.println(
                    "The referee was asked sparingly: what it judged in both orders is not drawn by chance alone.");
        }
        try (var loaded = LoadedStudent.load(folder, loading())) {
            return new Judged(folder, verdicts.recorded(summary.iteration(), loaded));
        }
    }

    private LoadConfig loading() {
        LoadConfig config = weights.applyTo(LoadConfig.defaults()).withDecoding(DecodingConfig.greedy(maxNewTokens));
        return threads.map(config::withThreads).orElse(config);
    }

    private void write(CascadeCalibration calibration, Path folder) throws IOException {
        var document =
                CascadeDocument.of(calibration, folder, maxNewTokens, loading().weights());
        keep(
                document,
                folder.resolve(CascadeDocument.FILE_NAME),
                calibration.threshold().isPresent());
        if (json.isPresent()) {
            write(document, json.get());
        }
        if (html.isPresent()) {
            CascadePage.of(calibration, folder.toString(), price()).writeTo(html.get());
            System.out.println("The page         " + html.get().toAbsolutePath().toUri());
        }
    }

    /** One without a threshold is kept too, so that no earlier one is used that promised something else. */
    private static void keep(CascadeDocument document, Path file, boolean usable) throws IOException {
        boolean replaces = Files.exists(file);
        write(document, file);
        if (!usable) {
            System.out.println("It has no threshold"
                    + (replaces ? ", and is in place of an earlier calibration" : "")
                    + ": CascadeChatModel refuses this student until another calibration finds one.");
        }
    }

    private static void write(CascadeDocument document, Path file) throws IOException {
        document.writeTo(file);
        System.out.println("The calibration  " + file);
    }
}
