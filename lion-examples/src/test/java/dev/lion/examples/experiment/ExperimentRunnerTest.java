package dev.lion.examples.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lion.examples.experiment.Experiment.Pair;
import dev.lion.report.ExperimentFile;
import dev.lion.report.ExperimentResult;
import dev.lion.report.ExperimentResult.Point;
import dev.lion.report.ExperimentResult.Run;
import dev.lion.role.StoppedException;
import dev.lion.run.ManifestMismatchException;
import dev.lion.run.RunDirectory;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentRunnerTest {
    private static final Regime TINY =
            new Regime("tiny", "tiny", List.of("navigate", "web_of_lies"), 1, 24, 12, 2, 2, 2);
    private static final Experiment EXPERIMENT = new Experiment(
            "tiny",
            "Does it run?",
            List.of(
                    new Trial("lion", Arm.lion(), TINY),
                    new Trial("random", Arm.random(), TINY),
                    new Trial("seeds-again", Arm.seedsAgain(), TINY)),
            List.of(new Pair("lion", "random")),
            1,
            List.of(),
            Claims::differences,
            List.of());

    private final ByteArrayOutputStream console = new ByteArrayOutputStream();

    @TempDir
    Path out;

    private ExperimentRunner runner(List<Long> seeds) {
        return new ExperimentRunner(
                EXPERIMENT, seeds, 4, List.of(), out, new PrintStream(console, true, StandardCharsets.UTF_8));
    }

    private static final Provenance HERE = new Provenance("lion-examples experiment tiny", Optional.empty());

    @Test
    void run_threeArms_haveEqualAnswersAndTokensAndBeginAlike() throws Exception {
        ExperimentResult result = runner(List.of(1L, 2L)).run(HERE);
        Run lion = result.runs().get(0);
        Run random = result.runs().get(1);
        Run again = result.runs().get(2);
        assertThat(lion.points()).extracting(Point::answered).containsExactly(24L, 36L, 48L);
        assertThat(random.points()).extracting(Point::answered).containsExactly(24L, 36L, 48L);
        assertThat(again.points()).extracting(Point::answered).containsOnly(24L);
        assertThat(random.last().tokens())
                .isCloseTo(lion.last().tokens(), within(lion.last().tokens() / 20));
        assertThat(again.last().tokens())
                .isCloseTo(lion.last().tokens(), within(lion.last().tokens() / 20));
        assertThat(random.points().get(0).tasks())
                .isEqualTo(lion.points().get(0).tasks());
        assertThat(result.comparisons())
                .hasSize(2)
                .allSatisfy(c -> assertThat(c.differences()).hasSize(2));
        assertThat(ExperimentFile.read(out.resolve("tiny/results.json"))).isEqualTo(result);
        assertThat(out.resolve("tiny/report.html")).isNotEmptyFile();
    }

    @Test
    void run_again_readsWhatIsThereAndAsksNobody() throws Exception {
        ExperimentResult first = runner(List.of(1L)).run(HERE);
        String shown = console.toString(StandardCharsets.UTF_8);
        Path times = out.resolve("runs/tiny/lion-1/times.jsonl");
        byte[] before = Files.readAllBytes(times);
        console.reset();
        assertThat(runner(List.of(1L)).run(HERE)).isEqualTo(first);
        assertThat(console.toString(StandardCharsets.UTF_8)).isEqualTo(shown);
        assertThat(Files.readAllBytes(times)).isEqualTo(before);
    }

    @Test
    void run_underOtherItems_refusesTheRunsThatAreThere() throws Exception {
        runner(List.of(1L)).run(HERE);
        var other = new ExperimentRunner(
                EXPERIMENT, List.of(1L), 5, List.of(), out, new PrintStream(console, true, StandardCharsets.UTF_8));
        assertThatThrownBy(() -> other.run(HERE))
                .isInstanceOf(ManifestMismatchException.class)
                .hasMessageContaining("experiment.items");
    }

    @Test
    void run_someSeedsDone_saysThatItIsInterim() throws Exception {
        ExperimentResult whole = runner(List.of(1L)).run(HERE);
        assertThat(whole.claim()).doesNotContain("Interim");
        ExperimentResult part = new Findings(EXPERIMENT, List.of(1L, 2L), false).of(whole.runs(), Map.of());
        assertThat(part.claim()).startsWith("Interim, 3 of 6 runs: ");
    }

    @Test
    void run_stoppedBefore_beginsNothingAndSaysHowToGoOn() {
        ExperimentRunner runner = runner(List.of(1L));
        runner.stop();
        assertThatThrownBy(() -> runner.run(HERE))
                .isInstanceOf(StoppedException.class)
                .hasMessageContaining("the same command continues");
        assertThat(out.resolve("runs")).doesNotExist();
    }

    @Test
    void run_randomParents_comeFromTheWholePoolAndSeedsAgainTrainOnSeedsAlone() throws Exception {
        runner(List.of(1L)).run(HERE);
        try (var run = RunDirectory.read(out.resolve("runs/tiny/random-1"))) {
            assertThat(run.generated(1)).hasSize(12);
            assertThat(run.manifest().configuration()).containsEntry("parentRule", "undirected");
        }
        try (var run = RunDirectory.read(out.resolve("runs/tiny/seeds-again-1"))) {
            assertThat(run.summaries())
                    .allSatisfy(summary -> assertThat(summary.trainPool()).isEqualTo(24));
        }
    }
}
