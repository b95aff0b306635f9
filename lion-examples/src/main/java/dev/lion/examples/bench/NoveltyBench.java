package dev.lion.examples.bench;

import dev.lion.examples.novelty.TextFile;
import dev.lion.novelty.RougeLSearch;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Times the novelty index against the plain scan. */
@Command(
        name = "novelty",
        mixinStandardHelpOptions = true,
        description = {
            "Time for each candidate and memory for each text of the novelty index, beside the plain ROUGE-L scan.",
            "Run it with -Xmx1g to see that a million texts fit."
        })
final class NoveltyBench implements Callable<Integer> {
    private static final int INVENTED = 42_000;
    private static final double CHANGED_IN_CANDIDATES = 0.15;
    private static final double CHANGED_IN_COPIES = 0.4;
    private static final int[] SIZES = {1_000, 10_000};

    @Spec
    private @Nullable CommandSpec command;

    @Option(
            names = "--pool",
            paramLabel = "FILE",
            description = "JSON Lines with an \"instruction\" (default: invented texts with words by Zipf's law)")
    private @Nullable Path pool;

    @Option(
            names = "--items",
            defaultValue = "1000000",
            paramLabel = "N",
            description = "the largest pool, made by repeating the file with changed words (default: ${DEFAULT-VALUE})")
    private int items;

    @Option(
            names = "--candidates",
            defaultValue = "300",
            paramLabel = "N",
            description = "candidates of each kind (default: ${DEFAULT-VALUE})")
    private int candidates;

    @Option(
            names = "--plain",
            defaultValue = "3",
            paramLabel = "N",
            description = "candidates that the plain scan is asked about, as it is slow (default: ${DEFAULT-VALUE})")
    private int plain;

    @Option(names = "--seed", defaultValue = "42", paramLabel = "N", description = "default: ${DEFAULT-VALUE}")
    private long seed;

    @Override
    public Integer call() throws IOException {
        List<String> texts = texts();
        if (candidates < 1 || plain < 1 || plain > candidates || texts.size() <= candidates) {
            throw new ParameterException(
                    Objects.requireNonNull(command).commandLine(),
                    "--plain must be from 1 to --candidates, and --candidates less than the pool's " + texts.size());
        }
        Collections.shuffle(texts, new Random(seed));
        List<String> heldOut = List.copyOf(texts.subList(0, candidates));
        List<String> base = List.copyOf(texts.subList(candidates, texts.size()));
        run(base, heldOut, System.out);
        return 0;
    }

    private List<String> texts() throws IOException {
        if (pool == null) {
            return WordSource.invented(INVENTED, seed);
        }
        List<String> texts = new ArrayList<>();
        TextFile file = new TextFile(pool);
        file.check();
        file.read(texts::add);
        return texts;
    }

    private void run(List<String> base, List<String> heldOut, PrintStream out) {
        WordSource source = new WordSource(base, seed);
        List<String> near = IntStream.range(0, candidates)
                .mapToObj(i -> source.change(source.anyText(), CHANGED_IN_CANDIDATES))
                .toList();
        explain(base.size(), out);
        warmUp(base, heldOut);
        List<Point> points = IntStream.concat(
                        IntStream.of(SIZES).filter(size -> size < base.size()),
                        IntStream.of(base.size(), Math.max(items, base.size())))
                .distinct()
                .mapToObj(size -> new Point(
                        size,
                        DoubleStream.of(measure(size, base, source, heldOut, near, out))
                                .boxed()
                                .toList()))
                .toList();
        out.println("Growth of the medians for held-out candidates:");
        for (int i = 1; i < points.size(); i++) {
            points.get(i - 1).growthTo(points.get(i), out);
        }
        points.get(0).growthTo(points.get(points.size() - 1), out);
    }

    /** The medians of the three questions at a size. */
    private record Point(int size, List<Double> medians) {
        private void growthTo(Point larger, PrintStream out) {
            out.printf(
                    Locale.ROOT,
                    "  %,d to %,d texts, x%.1f: x%.1f (any above 0.7), x%.1f (best above 0.7), x%.1f (maximum)%n",
                    size,
                    larger.size,
                    (double) larger.size / size,
                    larger.medians.get(0) / medians.get(0),
                    larger.medians.get(1) / medians.get(1),
                    larger.medians.get(2) / medians.get(2));
        }
    }

    private void explain(int baseSize, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "ROUGE-L against %,d texts (%s); the largest pool repeats them, 2 words in 5 changed to others of the pool.%n"
                        + "Candidates: %d texts held out of the pool, and %d near-duplicates, texts of it with 15 words in 100 changed.%n"
                        + "Of each candidate the fastest of three answers counts. Plain: RougeL.score with every text in turn, on the%n"
                        + "first %d candidates, which plain/ours is about as well; ~ means multiplied from %,d texts.%n"
                        + "Processor time of one thread, Java %s, %d processors, heap at most %d MB.%n%n",
                baseSize,
                pool == null ? "invented, words by Zipf's law" : pool,
                candidates,
                candidates,
                plain,
                baseSize,
                Runtime.version().feature(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() >> 20);
    }

    private static void warmUp(List<String> base, List<String> candidates) {
        RougeLSearch index = new RougeLSearch();
        base.stream().limit(5_000).forEach(index::add);
        for (String candidate : candidates) {
            index.hasAbove(NoveltyTable.THRESHOLD, candidate);
            index.nearestAbove(NoveltyTable.THRESHOLD, candidate);
            index.nearest(candidate);
        }
    }

    // the medians for the held-out candidates
    private double[] measure(
            int size, List<String> base, WordSource source, List<String> heldOut, List<String> near, PrintStream out) {
        long heapBefore = usedHeap();
        long start = System.nanoTime();
        RougeLSearch index = new RougeLSearch();
        for (int i = 0; i < size; i++) {
            index.add(i < base.size() ? base.get(i) : source.change(i % base.size(), CHANGED_IN_COPIES));
        }
        index.nearest(heldOut.get(0));
        double seconds = (System.nanoTime() - start) / 1e9;
        double bytes = (double) (usedHeap() - heapBefore) / size;
        NoveltyTable table = new NoveltyTable(out, base.subList(0, Math.min(size, base.size())), plain);
        table.printHead();
        double[] medians = table.print(index, "held out", heldOut);
        table.print(index, "near-dupl.", near);
        out.printf(Locale.ROOT, "%12s  %.0f bytes a text, built in %.1f s%n%n", "", bytes, seconds);
        return medians;
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
