package dev.lion.student;

import com.sun.management.OperatingSystemMXBean;
import dev.lion.student.decoder.Decoder;
import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.decoder.DecoderModel;
import dev.lion.student.decoder.LabelledSequence;
import dev.lion.student.decoder.Parameters;
import dev.lion.student.decoder.TensorThreads;
import dev.lion.student.decoding.BatchDecoder;
import dev.lion.student.decoding.DecodingConfig;
import dev.lion.student.decoding.Prompt;
import dev.lion.student.training.Trainer;
import dev.lion.student.training.TrainingConfig;
import dev.lion.testing.ScriptedTraining;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Prints how fast students of two sizes are trained and decode, on random tokens. Its main method is run from an IDE, or
 * with the module's test class path; {@code -Dthreads=1} sets the threads (default 2), {@code -Dbf16=true} the precision.
 */
public final class SpeedReport {
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private SpeedReport() {}

    /** Measures both sizes. */
    public static void main(String[] arguments) throws IOException {
        report(
                "hidden 128, 4 layers, vocabulary 1500",
                DecoderConfig.builder()
                        .vocabSize(1500)
                        .hiddenSize(128)
                        .intermediateSize(352)
                        .numHiddenLayers(4)
                        .numAttentionHeads(4)
                        .numKeyValueHeads(4)
                        .headDim(32)
                        .maxPositionEmbeddings(512)
                        .build(),
                40,
                16);
        report(
                "hidden 256, 6 layers, vocabulary 4096",
                DecoderConfig.builder()
                        .vocabSize(4096)
                        .hiddenSize(256)
                        .intermediateSize(704)
                        .numHiddenLayers(6)
                        .numAttentionHeads(4)
                        .numKeyValueHeads(4)
                        .headDim(64)
                        .maxPositionEmbeddings(512)
                        .build(),
                128,
                16);
    }

    private static void report(String name, DecoderConfig config, int length, int batch) throws IOException {
        try (var decoder = Decoder.open(config, Boolean.getBoolean("bf16"));
                var threads = TensorThreads.of(Integer.getInteger("threads", 2), config);
                var weights = DecoderModel.full(decoder, Parameters.random(decoder, 1))) {
            var examples = examples(config, 40 * batch, length);
            train(threads, weights, examples.subList(0, 5 * batch), batch);
            String training = rate(() -> train(threads, weights, examples, batch));
            var prompts = examples.stream()
                    .map(one -> new Prompt(
                            IntStream.range(0, one.promptLength())
                                    .map(one::token)
                                    .toArray(),
                            1))
                    .toList();
            String greedy = rate(() -> decode(threads, weights, prompts.subList(0, 256), DecodingConfig.greedy(32)));
            String sampled = rate(() -> decode(
                    threads,
                    weights,
                    prompts.subList(0, 256),
                    DecodingConfig.defaults().withMaxNewTokens(32)));
            String alone = rate(() -> decode(
                    threads,
                    weights,
                    prompts.subList(0, 4),
                    DecodingConfig.greedy(32).withBatchSize(1)));
            System.out.printf(
                    Locale.ROOT,
                    "%s: %,d parameters; training %s tokens/s (%d x ~%d); new tokens/s with prompts of ~%d: greedy %s in batches of 64, %s alone; sampled %s%n",
                    name,
                    config.parameterCount(),
                    training,
                    batch,
                    length,
                    length * 3 / 4,
                    greedy,
                    alone,
                    sampled);
        }
    }

    private interface Work {
        long tokens() throws IOException;
    }

    /** The best of three, as tokens a second and, to compare on a machine that others use, tokens a second of processor time. */
    private static String rate(Work work) throws IOException {
        double best = 0;
        double bestOfCpu = 0;
        for (int i = 0; i < 3; i++) {
            long start = System.nanoTime();
            long cpu = PROCESS.getProcessCpuTime();
            long tokens = work.tokens();
            best = Math.max(best, tokens / ((System.nanoTime() - start) * 1e-9));
            bestOfCpu = Math.max(bestOfCpu, tokens / ((PROCESS.getProcessCpuTime() - cpu) * 1e-9));
        }
        return String.format(Locale.ROOT, "%,.0f (%,.0f)", best, bestOfCpu);
    }

    private static long train(TensorThreads threads, DecoderModel weights, List<LabelledSequence> examples, int batch)
            throws IOException {
        var config = TrainingConfig.builder().epochs(1).batchSize(batch).build();
        var context = ScriptedTraining.in(Path.of(System.getProperty("java.io.tmpdir"), "lion-speed"), 1);
        return new Trainer(weights, threads, config).train(examples, context).tokens();
    }

    private static long decode(
            TensorThreads threads, DecoderModel weights, List<Prompt> prompts, DecodingConfig config) {
        return new BatchDecoder(weights, threads, config, Set.of(config.batchSize() + 100_000))
                .decode(prompts).stream().mapToLong(one -> one.tokens().size()).sum();
    }

    /** Lengths spread by a quarter around the given one; a quarter of each is the answer. */
    private static List<LabelledSequence> examples(DecoderConfig config, int count, int length) {
        var random = new Random(1);
        var examples = new ArrayList<LabelledSequence>();
        for (int i = 0; i < count; i++) {
            int all = length * 3 / 4 + random.nextInt(length / 2);
            examples.add(LabelledSequence.of(
                    "example " + i, random.ints(all, 0, config.vocabSize()).toArray(), all * 3 / 4));
        }
        return examples;
    }
}
