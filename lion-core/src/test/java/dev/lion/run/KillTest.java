package dev.lion.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.lion.run.ChildRun.Order;
import dev.lion.run.ChildRun.Shape;
import dev.lion.testing.Trees;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real kills (SIGKILL) of real processes, at moments that are drawn from a seed: whatever is under way, the next sitting
 * goes on, the last one ends with the same files as a run that was never killed, and nothing is asked again but what was in
 * flight at a kill. The system property {@code lion.kills} says how many at least, 64 by default:
 *
 * <pre>
 * mvn -pl lion-core -am verify -Dtest=KillTest -Dsurefire.failIfNoSpecifiedTests=false -Dlion.kills=500
 * </pre>
 */
@Tag("slow")
class KillTest {
    private static final int KILLS = Integer.getInteger("lion.kills", 64);
    private static final int KILLS_OF_A_RUN = 8;
    private static final int LONGEST_PAUSE_MILLIS = 12;
    private static final int LENGTH_OF_A_NOTE = 40;

    @TempDir
    Path temp;

    /** What came of one run. */
    private record Outcome(Map<String, Integer> kills, int questions, int askedAgain) {}

    @Test
    void run_killedAgainAndAgain_endsWithTheSameFilesAndAsksOnlyForWhatWasInFlight() throws Exception {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"), "skipped: Windows has no SIGKILL");
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<Outcome> outcomes = new ArrayList<>();
        try {
            while (kills(outcomes) < KILLS) {
                int first = outcomes.size();
                List<Callable<Outcome>> runs = new ArrayList<>();
                for (int seed = first; seed < first + Shape.values().length; seed++) {
                    Shape shape = List.of(Shape.values()).get(seed % Shape.values().length);
                    runs.add(new KilledRun(temp.resolve("run-" + seed), shape, seed));
                }
                for (Future<Outcome> outcome : threads.invokeAll(runs)) {
                    outcomes.add(outcome.get());
                }
            }
        } finally {
            threads.shutdownNow();
        }
        report(outcomes);
        assertThat(kills(outcomes)).isGreaterThanOrEqualTo(KILLS);
    }

    private static int kills(List<Outcome> outcomes) {
        return outcomes.stream()
                .flatMap(outcome -> outcome.kills().values().stream())
                .mapToInt(Integer::intValue)
                .sum();
    }

    private static void report(List<Outcome> outcomes) {
        Map<String, Integer> underWay = new TreeMap<>();
        outcomes.forEach(
                outcome -> outcome.kills().forEach((what, kills) -> underWay.merge(what, kills, Integer::sum)));
        System.out.printf(
                "%d kills of %d runs; under way: %s; %d questions, %d asked again%n",
                kills(outcomes),
                outcomes.size(),
                underWay,
                outcomes.stream().mapToInt(Outcome::questions).sum(),
                outcomes.stream().mapToInt(Outcome::askedAgain).sum());
    }

    /** One run, killed some times, then left in peace. */
    private static final class KilledRun implements Callable<Outcome> {
        private final Path home;
        private final Shape shape;
        private final int seed;
        private final Random random;
        private final Map<String, Integer> kills = new TreeMap<>();
        private int sitting;

        private KilledRun(Path home, Shape shape, int seed) {
            this.home = home;
            this.shape = shape;
            this.seed = seed;
            this.random = new Random(seed);
        }

        private Path directory() {
            return home.resolve("killed");
        }

        private Order order(Path directory, Path log, int longestPauseMillis) {
            return new Order(directory, log, Integer.toString(++sitting), shape, seed, longestPauseMillis);
        }

        @Override
        public Outcome call() throws Exception {
            Files.createDirectories(home);
            boolean killed = true;
            for (int kill = 0; killed && kill < KILLS_OF_A_RUN; kill++) {
                killed = sitAndKill(kill == 0);
                if (killed) {
                    kills.merge(underWay(), 1, Integer::sum);
                }
            }
            ChildRun.sit(order(directory(), home.resolve("calls"), 0), FaultyDisk.sound());
            assertEndedAsIfNeverKilled();
            CallLog log = CallLog.read(home.resolve("calls"));
            return new Outcome(kills, log.questions(), log.requireOnlyCallsInFlightAskedAgain(shape.concurrentCalls()));
        }

        private void assertEndedAsIfNeverKilled() throws IOException {
            Path whole = home.resolve("whole");
            ChildRun.sit(order(whole, home.resolve("calls-of-the-whole"), 0), FaultyDisk.sound());
            assertThat(Trees.of(directory())).as("%s, seed %d", shape, seed).isEqualTo(Trees.of(whole));
        }

        /** Whether the process was killed before it ended by itself. */
        private boolean sitAndKill(boolean first) throws IOException, InterruptedException {
            Path errors = home.resolve("errors-" + sitting);
            Process process = new ProcessBuilder(order(directory(), home.resolve("calls"), LONGEST_PAUSE_MILLIS)
                            .command())
                    .redirectError(errors.toFile())
                    .start();
            try {
                assertThat(process.getInputStream().read())
                        .as("the process begins")
                        .isEqualTo('!');
                awaitMoment(process, first);
            } finally {
                process.destroyForcibly();
                assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            }
            boolean killed = process.exitValue() == 128 + 9;
            assertThat(killed || process.exitValue() == 0)
                    .as(() -> "ended by itself with an error: " + text(errors))
                    .isTrue();
            return killed;
        }

        private static String text(Path file) {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                return e.toString();
            }
        }

        // after some time, after some calls, or when a certain file or directory appears
        private void awaitMoment(Process process, boolean first) throws InterruptedException {
            switch (first ? 0 : random.nextInt(3)) {
                case 0 -> {
                    List<Path> milestones = milestones();
                    int next = Math.min(passed(milestones) + random.nextInt(9), milestones.size() - 1);
                    Path awaited = milestones.get(next);
                    await(process, () -> Files.exists(awaited));
                    process.waitFor(random.nextInt(4), TimeUnit.MILLISECONDS);
                }
                case 1 -> {
                    File log = home.resolve("calls").toFile();
                    long length = log.length() + random.nextInt(60 * LENGTH_OF_A_NOTE);
                    await(process, () -> log.length() > length);
                }
                default -> process.waitFor(random.nextInt(500), TimeUnit.MILLISECONDS);
            }
        }

        private static void await(Process process, BooleanSupplier condition) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (process.isAlive() && !condition.getAsBoolean() && System.nanoTime() < deadline) {
                LockSupport.parkNanos(100_000);
            }
        }

        // in the order in which they appear
        private List<Path> milestones() {
            List<String> files =
                    new ArrayList<>(List.of("lock", "seeds.jsonl.pending", "run.json.pending", "run.json"));
            for (int iteration = 0; iteration <= shape.iterations(); iteration++) {
                String prefix = "iteration-" + iteration + "/";
                if (iteration > 0) {
                    files.addAll(List.of(
                            prefix + "in-progress/student-answers.jsonl",
                            prefix + "student-answers.jsonl.pending",
                            prefix + "verdicts.jsonl",
                            prefix + "in-progress/proposals.jsonl",
                            prefix + "rejected.jsonl",
                            prefix + "generated.jsonl"));
                }
                files.addAll(List.of(
                        prefix + "in-progress/answers.jsonl",
                        prefix + "answers.jsonl",
                        prefix + "in-progress/training/progress",
                        "student/iteration-" + iteration + ".pending",
                        "student/iteration-" + iteration,
                        prefix + "summary.json"));
            }
            return files.stream().map(directory()::resolve).toList();
        }

        /** How many milestones lie up to the last one that is there. */
        private static int passed(List<Path> milestones) {
            int passed = milestones.size();
            while (passed > 0 && !Files.exists(milestones.get(passed - 1))) {
                passed--;
            }
            return passed;
        }

        private String underWay() {
            List<Path> milestones = milestones();
            int passed = passed(milestones);
            return passed == 0
                    ? "nothing yet"
                    : directory()
                            .relativize(milestones.get(passed - 1))
                            .toString()
                            .replaceAll("\\d+", "k");
        }
    }
}
