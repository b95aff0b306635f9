package dev.lion.student.checkpoint;

import dev.lion.student.decoder.BaseWeights;
import dev.lion.student.decoder.Decoder;
import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.decoder.LoraConfig;
import dev.lion.student.decoder.Parameters;
import dev.lion.student.decoder.WeightType;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Prints how much memory the loading of a model of 135 million parameters takes at its peak (Linux's {@code VmHWM}). Its main
 * method is run with the module's test class path, twice, since a peak is a process's: {@code write FOLDER BF16} makes a
 * folder with random weights, {@code load FOLDER} loads it into float32, {@code load-frozen FOLDER} into bfloat16.
 */
public final class LoadingReport {
    private static final DecoderConfig SHAPE = DecoderConfig.builder()
            .vocabSize(49_152)
            .hiddenSize(576)
            .intermediateSize(1536)
            .numHiddenLayers(30)
            .numAttentionHeads(9)
            .numKeyValueHeads(3)
            .headDim(64)
            .build();

    private LoadingReport() {}

    /** Writes or loads. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "write" -> write(folder, StoredType.valueOf(arguments[2]));
            case "load" -> load(folder);
            case "load-frozen" -> loadFrozen(folder);
            default -> throw new IllegalArgumentException("write, load or load-frozen, not " + arguments[0]);
        }
    }

    private static void write(Path folder, StoredType type) throws IOException {
        Files.createDirectories(folder);
        CheckpointFolder.write(
                folder,
                ModelDescription.of(SHAPE, SpecialTokenIds.of(0, 1)),
                CheckpointFormat.ofType(type),
                (name, chunks) -> chunks.accept(random(name)));
        Files.writeString(folder.resolve("tokenizer.json"), "{}");
        Files.writeString(folder.resolve("tokenizer_config.json"), "{}");
    }

    private static FloatBuffer random(String name) {
        List<Long> shape = SHAPE.parameterShapes().getOrDefault(name, List.of());
        var values = FloatBuffer.allocate((int) SafetensorsHeader.count(shape));
        var random = new Random(name.hashCode());
        while (values.hasRemaining()) {
            values.put((float) random.nextGaussian());
        }
        return values.flip();
    }

    private static void load(Path folder) throws IOException {
        var opened = CheckpointFolder.open(folder);
        try (var decoder = Decoder.open(opened.config(), false)) {
            double before = peak();
            long start = System.nanoTime();
            try (var weights = Parameters.zeros(decoder)) {
                for (String name : weights.names()) {
                    opened.readInto(name, weights.bytes(name).asFloatBuffer());
                }
                report("float32", 4.0 * weights.count(), before, start);
            }
        }
    }

    private static void loadFrozen(Path folder) throws IOException {
        var opened = CheckpointFolder.open(folder);
        try (var decoder = Decoder.open(opened.config(), false, WeightType.BFLOAT16, LoraConfig.ofRank(8))) {
            double before = peak();
            long start = System.nanoTime();
            try (var weights = BaseWeights.read(decoder, (name, sink) -> opened.read(name, sink::take))) {
                report(weights.type().name(), 2.0 * opened.config().parameterCount(), before, start);
            }
        }
    }

    private static void report(String type, double bytes, double before, long start) throws IOException {
        double seconds = (System.nanoTime() - start) / 1e9;
        double mib = bytes / (1 << 20);
        double after = peak();
        System.out.printf(
                Locale.ROOT,
                "%s: weights %.0f MiB; peak %.0f MiB before loading, %.0f after: %.3f times the weights; %.1f s%n",
                type,
                mib,
                before,
                after,
                (after - before) / mib,
                seconds);
    }

    private static double peak() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }
}
