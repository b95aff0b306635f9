package dev.lion.student;

import dev.lion.student.decoder.Device;
import dev.lion.student.decoder.LoraConfig;
import dev.lion.student.decoder.WeightType;
import dev.lion.student.decoding.BatchingConfig;
import dev.lion.student.decoding.DecodingConfig;
import dev.lion.student.prompt.PromptFormat;
import dev.lion.student.training.TrainingConfig;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * How a {@link DjlStudent} works; set through its builder.
 *
 * @param training how it is trained; default {@link TrainingConfig#defaults()}, the paper's
 * @param decoding how it answers; default {@link DecodingConfig#defaults()}, the paper's
 * @param batching how many answers it writes together; default {@link BatchingConfig#defaults()}
 * @param promptFormat how instructions are put to it; default what lion saved in its checkpoint, else the
 *     model's own chat template, else {@link PromptFormat#alpaca()}
 * @param lora the adapter that is trained while the weights stay as they are; default none: all weights are trained
 * @param baseType how weights that are not trained are held; default {@link WeightType#BFLOAT16}, as most models are published
 * @param base the folder of the model that an adapter's folder belongs to; default the one that it names
 * @param device what it computes on; default {@link Device#AUTO}
 * @param precision the number type of its matrix products; default {@link Precision#AUTO}
 * @param threads processors that it uses; default all
 * @param samplingSeed where the random choices of its answers come from, together with the instruction's id; default 0
 */
public record StudentConfig(
        TrainingConfig training,
        DecodingConfig decoding,
        BatchingConfig batching,
        Optional<PromptFormat> promptFormat,
        Optional<LoraConfig> lora,
        WeightType baseType,
        Optional<Path> base,
        Device device,
        Precision precision,
        int threads,
        long samplingSeed) {

    public StudentConfig {
        Objects.requireNonNull(training, "training");
        Objects.requireNonNull(decoding, "decoding");
        Objects.requireNonNull(batching, "batching");
        Objects.requireNonNull(promptFormat, "promptFormat");
        Objects.requireNonNull(lora, "lora");
        Objects.requireNonNull(baseType, "baseType");
        Objects.requireNonNull(base, "base");
        device.requireSupported();
        Objects.requireNonNull(precision, "precision");
        if (threads < 1) {
            throw new IllegalArgumentException("a student needs at least one thread, not " + threads);
        }
    }

    /** For reading a folder with all weights that such a student has written. */
    StudentConfig toReadBack() {
        return new StudentConfig(
                training,
                decoding,
                batching,
                Optional.empty(),
                Optional.empty(),
                baseType,
                Optional.empty(),
                device,
                precision,
                threads,
                samplingSeed);
    }
}
