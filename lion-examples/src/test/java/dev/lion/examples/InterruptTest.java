package dev.lion.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.base.Splitter;
import com.google.common.base.Stopwatch;
import com.google.common.hash.Hashing;
import dev.lion.examples.ChildProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real signals to a real process: whatever ends a quickstart early, the same command ends it as if nothing had been. */
@Tag("slow")
class InterruptTest {
    /** After so long a training has made its first step, also on a busy machine. */
    private static final Duration UNDER_WAY = Duration.ofSeconds(2);

    /** Clock times, what is drawn from them, and what is empty. */
    private static final Set<String> DIFFERENT = Set.of("times.jsonl", "report.html", "lock");

    @TempDir
    private static Path temp;

    private static Map<String, String> undisturbed = Map.of();
    private static Duration duration = Duration.ZERO;

    @BeforeAll
    static void runUndisturbed() throws Exception {
        Stopwatch watch = Stopwatch.createStarted();
        Ended ended = quickstart("undisturbed").end();
        duration = watch.elapsed();
        assertThat(ended.code()).as(ended.err()).isZero();
        undisturbed = hashes(temp.resolve("undisturbed"));
        assertThat(undisturbed).containsKeys("iteration-1/summary.json", "student/iteration-1/model.safetensors");
    }

    @Test
    void quickstart_sameSeedAgain_writesTheSameFiles() throws Exception {
        Ended ended = quickstart("again").end();

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(hashes(temp.resolve("again"))).isEqualTo(undisturbed);
    }

    @Test
    void quickstart_interruptedInEachStage_sameCommandEndsAsIfUndisturbed() throws Exception {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"), "skipped: Windows has no SIGINT to send");
        assumeFalse(interruptsAreIgnored(), "skipped: SIGINT is ignored here, as it is in a shell's background job");
        for (String stageUnderWay : List.of(
                "iteration-0/in-progress/training",
                "student/iteration-0", // being evaluated
                "iteration-1/in-progress/student-answers.jsonl",
                "iteration-1/in-progress/proposals.jsonl",
                "iteration-1/in-progress/training",
                "student/iteration-1")) {
            Path file = temp.resolve("interrupted").resolve(stageUnderWay);

            Ended ended = quickstart("interrupted")
                    .await(() -> Files.exists(file))
                    .interrupt()
                    .end();

            assertThat(ended.code()).as(stageUnderWay + "\n" + ended.err()).isEqualTo(130);
            assertThat(ended.err())
                    .as(stageUnderWay)
                    .contains("stopped: ", temp.resolve("interrupted").toString(), "the same command continues")
                    .doesNotContain("Exception", "\tat ");
        }

        Ended ended = quickstart("interrupted").end();

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(hashes(temp.resolve("interrupted"))).isEqualTo(undisturbed);
    }

    @Test
    void quickstart_interruptedInATerminal_savesItsTraining() throws Exception {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "skipped: only Linux has the script command needed");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "skipped: there is no /usr/bin/script");
        assumeFalse(interruptsAreIgnored(), "skipped: SIGINT is ignored here, as it is in a shell's background job");
        Path training = temp.resolve("terminal/iteration-0/in-progress/training");

        List<String> arguments = new ArrayList<>(arguments("terminal"));
        arguments.set(arguments.indexOf("--epochs=2"), "--epochs=400"); // far from done, however slow the interrupt
        Ended interrupted = ChildProgram.startInTerminal(temp, arguments)
                .await(() -> Files.exists(training) && age(training).compareTo(UNDER_WAY) > 0)
                .interrupt()
                .end();

        assertThat(interrupted.code()).as(interrupted.out()).isEqualTo(130);
        assertThat(interrupted.out())
                .contains("Iteration 0 imitation", "% |") // the live bar
                .contains("stopped: training was stopped after step", "the same command continues");
        assertThat(training.resolve("training.state")).isNotEmptyFile();
    }

    @Test
    void quickstart_killedAtThreeRandomMoments_sameCommandEndsAsIfUndisturbed() throws Exception {
        Random random = new Random(7);
        for (int kill = 0; kill < 3; kill++) {
            Stopwatch watch = Stopwatch.createStarted();
            long millis = random.nextLong(duration.toMillis());
            quickstart("killed")
                    .await(() -> watch.elapsed().toMillis() >= millis)
                    .kill()
                    .end();
        }

        Ended ended = quickstart("killed").end();

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(hashes(temp.resolve("killed"))).isEqualTo(undisturbed);
    }

    private static Duration age(Path file) {
        return Duration.ofMillis(System.currentTimeMillis() - file.toFile().lastModified());
    }

    private static ChildProgram quickstart(String run) throws IOException {
        return ChildProgram.start(temp, arguments(run));
    }

    private static List<String> arguments(String run) {
        return List.of(
                "quickstart",
                "--seeds=160",
                "--generate=60",
                "--held-out=40",
                "--epochs=2",
                "--iterations=1",
                "--out=" + temp.resolve(run));
    }

    /** A process that ignores SIGINT starts processes that do too. */
    private static boolean interruptsAreIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .map(line ->
                                Splitter.on(':').trimResults().splitToList(line).get(1))
                        .anyMatch(mask -> (Long.parseUnsignedLong(mask, 16) & 0b10) != 0);
    }

    private static Map<String, String> hashes(Path directory) throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path file : paths.filter(Files::isRegularFile).toList()) {
                String name = directory.relativize(file).toString();
                if (!DIFFERENT.contains(name)) {
                    hashes.put(
                            name,
                            Hashing.sha256().hashBytes(Files.readAllBytes(file)).toString());
                }
            }
        }
        return hashes;
    }
}
