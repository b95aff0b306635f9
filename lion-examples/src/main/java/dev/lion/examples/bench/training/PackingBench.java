package dev.lion.examples.bench.training;

import dev.lion.examples.bench.ScratchDirectory;
import dev.lion.examples.novelty.TextFile;
import dev.lion.student.decoder.LabelledSequence;
import dev.lion.student.tokenizer.StudentTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What it gains that sequences of different lengths go through the decoder without padding. */
@Command(
        name = "packing",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Train on random batches of texts as the student does, packed, and on the same batches filled up to their longest"
                    + " text with tokens that are not learnt; useful tokens a second of both, which are equally many.",
            "Tokens are those of a tokenizer that is trained on a sample of the texts. The same trainer makes both, in turn."
        })
public final class PackingBench implements Callable<Integer> {
    private static final int SAMPLE = 4000;
    private static final int LONGEST = 1024;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FILE",
            description = "JSON Lines with an \"instruction\", whose lengths are taken")
    private Path data = Path.of("");

    @Option(
            names = "--case",
            defaultValue = "5m-fp32-full",
            paramLabel = "CASE",
            description = "as bench training: ${DEFAULT-VALUE}")
    private String name = "";

    @Option(names = "--batch", defaultValue = "16", paramLabel = "N", description = "texts of a step: ${DEFAULT-VALUE}")
    private int batch;

    @Option(names = "--batches", defaultValue = "12", paramLabel = "N", description = "batches: ${DEFAULT-VALUE}")
    private int batches;

    @Option(
            names = "--steps",
            defaultValue = "3",
            paramLabel = "N",
            description = "steps on each batch, of which the fastest counts: ${DEFAULT-VALUE}")
    private int steps;

    @Option(names = "--threads", paramLabel = "N", description = "processors to use; default all")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "of choices and weights: ${DEFAULT-VALUE}")
    private long seed;

    /** Sums over all batches. */
    private static final class Sums {
        private long tokens;
        private double seconds;
        private double work;

        private void add(List<LabelledSequence> sequences, TimedSteps watch) {
            tokens += sequences.stream().mapToInt(LabelledSequence::inputLength).sum();
            seconds += watch.fastest();
            work += watch.leastWork();
        }
    }

    @Override
    public Integer call() throws IOException {
        TrainingCase which = TrainingCase.named(name);
        List<int[]> texts = texts(which.shape().config().vocabSize());
        var run = new CaseRun(which, batch, Integer.MAX_VALUE, false, threads);
        var packed = new Sums();
        var padded = new Sums();
        try (var open = run.new Open(seed);
                var scratch = ScratchDirectory.in(Path.of(System.getProperty("java.io.tmpdir")))) {
            for (int i = 0; i < batches; i++) {
                List<int[]> chosen = texts.subList(i * batch, (i + 1) * batch);
                int longest =
                        chosen.stream().mapToInt(text -> text.length).max().orElseThrow();
                measure(open, chosen, 0, scratch.path(), packed);
                measure(open, chosen, longest, scratch.path(), padded);
            }
        }
        print(packed, padded);
        return 0;
    }

    private void measure(CaseRun.Open open, List<int[]> texts, int length, Path directory, Sums sums)
            throws IOException {
        var sequences = texts.stream().map(text -> sequence(text, length)).toList();
        var watch = new TimedSteps(directory, seed, () -> {});
        open.train(sequences, steps + 1, watch);
        sums.add(sequences, watch);
    }

    /** The text behind as much filling as makes it so long; attention and all products treat both alike. */
    private static LabelledSequence sequence(int[] text, int length) {
        int filling = Math.max(0, length - text.length);
        int[] tokens = new int[filling + text.length];
        System.arraycopy(text, 0, tokens, filling, text.length);
        var learnt = new BitSet();
        learnt.set(filling + 1, tokens.length);
        return new LabelledSequence("text", tokens, learnt);
    }

    private List<int[]> texts(int vocabulary) throws IOException {
        var texts = new ArrayList<String>();
        new TextFile(data).read(texts::add);
        Collections.shuffle(texts, new Random(seed));
        try (var tokenizer = StudentTokenizer.train(texts.subList(0, Math.min(SAMPLE, texts.size())), vocabulary)) {
            return texts.stream()
                    .limit((long) batch * batches)
                    .map(tokenizer::encode)
                    .map(tokens -> tokens.length < 2 ? new int[2] : tokens)
                    .map(tokens -> tokens.length <= LONGEST ? tokens : Arrays.copyOf(tokens, LONGEST))
                    .toList();
        }
    }

    private void print(Sums packed, Sums padded) {
        System.out.printf(
                Locale.ROOT,
                "%d batches of %d texts, %d useful tokens, %.2f with filling%n"
                        + "packed %,.0f useful tokens/s, padded %,.0f: %.2f times (%.2f by processor time)%n",
                batches,
                batch,
                packed.tokens,
                (double) padded.tokens / packed.tokens,
                packed.tokens / packed.seconds,
                packed.tokens / padded.seconds,
                padded.seconds / packed.seconds,
                padded.work / packed.work);
    }
}
