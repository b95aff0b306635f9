package dev.lion.run;

import dev.lion.data.InstructionPool;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.data.Verdict;
import dev.lion.loop.AdversarialLoop;
import dev.lion.loop.LoopConfig;
import dev.lion.role.GenerationResponse;
import dev.lion.testing.CountingStudent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Measures what forcing to disk costs: the time of whole runs whose every call takes 10 ms, with real forcing and without
 * any, in turn, and the share of it that the run's own thread waits for the disk, at commits; and how long one journal takes
 * for the records of eight threads, with and without.
 *
 * <pre>
 * mvn -q -pl lion-core -am test-compile
 * mvn -q -pl lion-core dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java -cp lion-core/target/test-classes:lion-core/target/classes:$(cat lion-core/target/classpath) \
 *     dev.lion.run.ForcingCost [a directory on the disk to measure] [repetitions]
 * </pre>
 */
final class ForcingCost {
    private static final int CALL_MILLIS = 10;
    private static final int SEEDS = 5000;

    private ForcingCost() {}

    /** A disk that keeps nothing when the power fails. */
    private static final class Careless extends Disk {
        @Override
        DiskFile open(Path path) throws IOException {
            return new DiskFile(path) {
                @Override
                void force() {}
            };
        }

        @Override
        void forceEntries(Path directory) {}
    }

    /** A disk that notes how long a run waited for it; a journal's own thread makes nobody wait. */
    private static final class Timed extends Disk {
        private final AtomicLong nanos = new AtomicLong();

        private interface Forcing {
            void run() throws IOException;
        }

        private void time(Forcing forcing) throws IOException {
            long start = System.nanoTime();
            forcing.run();
            if (!Thread.currentThread().getName().equals("lion-force")) {
                nanos.addAndGet(System.nanoTime() - start);
            }
        }

        @Override
        DiskFile open(Path path) throws IOException {
            return new DiskFile(path) {
                @Override
                void force() throws IOException {
                    time(super::force);
                }
            };
        }

        @Override
        void forceEntries(Path directory) throws IOException {
            time(() -> super.forceEntries(directory));
        }
    }

    /** Prints medians of some repetitions. */
    public static void main(String[] arguments) throws Exception {
        Path home = arguments.length > 0 ? Path.of(arguments[0]) : Files.createTempDirectory("forcing");
        int repetitions = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        run(home.resolve("warm-up"), new Careless(), 64);
        for (int concurrentCalls : List.of(16, 64)) {
            List<Double> forced = new ArrayList<>();
            List<Double> careless = new ArrayList<>();
            List<Double> waiting = new ArrayList<>();
            for (int i = 0; i < repetitions; i++) {
                careless.add(run(home.resolve("careless"), new Careless(), concurrentCalls));
                Timed timed = new Timed();
                forced.add(run(home.resolve("forced"), timed, concurrentCalls));
                waiting.add(timed.nanos.get() / 1e9 / forced.get(i));
            }
            print(concurrentCalls + " calls of 10 ms at once, run of one iteration", careless, forced);
            System.out.printf(Locale.ROOT, "  of which waiting for the disk: %.1f %%%n", 100 * median(waiting));
        }
        append(home.resolve("warm-up"), new Careless());
        List<Double> forced = new ArrayList<>();
        List<Double> careless = new ArrayList<>();
        for (int i = 0; i < repetitions; i++) {
            careless.add(append(home.resolve("careless"), new Careless()));
            forced.add(append(home.resolve("forced"), new Disk()));
        }
        print("400000 records from 8 threads to one journal", careless, forced);
    }

    private static void print(String what, List<Double> careless, List<Double> forced) {
        double without = median(careless);
        double with = median(forced);
        System.out.printf(
                Locale.ROOT,
                "%s: %.3f s forced, %.3f s not forced: %+.1f %%   (forced %s; not %s)%n",
                what,
                with,
                without,
                100 * (with / without - 1),
                texts(forced),
                texts(careless));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    private static String texts(List<Double> values) {
        return values.stream()
                .map(value -> String.format(Locale.ROOT, "%.3f", value))
                .collect(Collectors.joining(" "));
    }

    private static double run(Path directory, Disk disk, int concurrentCalls) throws InterruptedException {
        AdversarialLoop loop = AdversarialLoop.builder()
                .teacher(instruction -> {
                    TimeUnit.MILLISECONDS.sleep(CALL_MILLIS);
                    return Response.of("An answer of a usual length to it. ".repeat(10));
                })
                .referee(comparison -> {
                    TimeUnit.MILLISECONDS.sleep(CALL_MILLIS);
                    return new Verdict.Scored(7, 5, "The first is more precise. ".repeat(8), TokenUsage.NONE);
                })
                .generator(request -> {
                    TimeUnit.MILLISECONDS.sleep(CALL_MILLIS);
                    return GenerationResponse.of(SmallRun.words(request.randomSeed()));
                })
                .student(new CountingStudent())
                .config(LoopConfig.builder()
                        .iterations(1)
                        .generatedPerIteration(500)
                        .maxConcurrentCalls(concurrentCalls)
                        .firstBackoff(Duration.ZERO)
                        .build())
                .build();
        InstructionPool seeds = SmallRun.seeds(SEEDS);
        new Disk().delete(directory);
        long start = System.nanoTime();
        try (RunDirectory run = RunDirectory.open(directory, disk)) {
            loop.run(seeds, run);
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static double append(Path directory, Disk disk) throws InterruptedException {
        new Disk().delete(directory);
        new Disk().createDirectories(directory);
        Response response = Response.of("An answer of a usual length to it. ".repeat(6));
        List<Thread> threads = new ArrayList<>();
        long start = System.nanoTime();
        try (Journal<Answer> journal = Journal.open(disk, directory.resolve("answers.jsonl"), RecordType.ANSWERS)) {
            for (int thread = 0; thread < 8; thread++) {
                int name = thread;
                threads.add(new Thread(() -> {
                    for (int i = 0; i < 50_000; i++) {
                        journal.append(new Answer("0123456789-" + name + "-" + i, response));
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }
}
