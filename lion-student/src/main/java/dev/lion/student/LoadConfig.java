package dev.lion.student;

import dev.lion.student.decoder.WeightType;
import dev.lion.student.decoding.BatchingConfig;
import dev.lion.student.decoding.DecodingConfig;
import dev.lion.student.prompt.PromptFormat;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * How a student is loaded to answer.
 *
 * @param threads processors that it uses; default all
 * @param precision the number type of its matrix products; default {@link Precision#AUTO}, float32 unless the weights are bfloat16
 * @param weights how its weights are held; default {@link WeightType#FLOAT32}
 * @param base the folder of the model that an adapter's folder belongs to; default the one that it names
 * @param promptFormat how conversations are put to it; default what its folder says, else {@link PromptFormat#alpaca()}
 * @param decoding how it answers unless a request says otherwise; default {@link DecodingConfig#defaults()}
 * @param batching how many answers it writes together; default {@link BatchingConfig#defaults()}
 */
public record LoadConfig(
        int threads,
        Precision precision,
        WeightType weights,
        Optional<Path> base,
        Optional<PromptFormat> promptFormat,
        DecodingConfig decoding,
        BatchingConfig batching) {
    public LoadConfig {
        if (threads < 1) {
            throw new IllegalArgumentException("a student needs at least one thread, not " + threads);
        }
        Objects.requireNonNull(precision, "precision");
        Objects.requireNonNull(weights, "weights");
        Objects.requireNonNull(base, "base");
        Objects.requireNonNull(promptFormat, "promptFormat");
        Objects.requireNonNull(decoding, "decoding");
        Objects.requireNonNull(batching, "batching");
    }

    /** The defaults. */
    public static LoadConfig defaults() {
        return new LoadConfig(
                Runtime.getRuntime().availableProcessors(),
                Precision.AUTO,
                WeightType.FLOAT32,
                Optional.empty(),
                Optional.empty(),
                DecodingConfig.defaults(),
                BatchingConfig.defaults());
    }

    /** The same with other {@link #threads()}. */
    public LoadConfig withThreads(int value) {
        return new LoadConfig(value, precision, weights, base, promptFormat, decoding, batching);
    }

    /** The same with another {@link #precision()}. */
    public LoadConfig withPrecision(Precision value) {
        return new LoadConfig(threads, value, weights, base, promptFormat, decoding, batching);
    }

    /** The same with {@link #weights()} of another type. */
    public LoadConfig withWeights(WeightType value) {
        return new LoadConfig(threads, precision, value, base, promptFormat, decoding, batching);
    }

    /** The same with another {@link #base()}. */
    public LoadConfig withBase(Path value) {
        return new LoadConfig(threads, precision, weights, Optional.of(value), promptFormat, decoding, batching);
    }

    /** The same with another {@link #promptFormat()}. */
    public LoadConfig withPromptFormat(PromptFormat value) {
        return new LoadConfig(threads, precision, weights, base, Optional.of(value), decoding, batching);
    }

    /** The same with another {@link #decoding()}. */
    public LoadConfig withDecoding(DecodingConfig value) {
        return new LoadConfig(threads, precision, weights, base, promptFormat, value, batching);
    }

    /** The same with another {@link #batching()}. */
    public LoadConfig withBatching(BatchingConfig value) {
        return new LoadConfig(threads, precision, weights, base, promptFormat, decoding, value);
    }

    /** What a student is read with. */
    StudentConfig studentConfig() {
        var builder = DjlStudent.builder()
                .threads(threads)
                .precision(precision)
                .baseType(weights)
                .decoding(decoding)
                .batching(batching);
        base.ifPresent(builder::base);
        promptFormat.ifPresent(builder::promptFormat);
        return builder.config();
    }
}
