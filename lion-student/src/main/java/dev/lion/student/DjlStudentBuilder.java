package dev.lion.student;

import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.decoder.Device;
import dev.lion.student.decoder.LoraConfig;
import dev.lion.student.decoder.WeightType;
import dev.lion.student.decoding.BatchingConfig;
import dev.lion.student.decoding.DecodingConfig;
import dev.lion.student.prompt.PromptFormat;
import dev.lion.student.tokenizer.StudentTokenizer;
import dev.lion.student.training.TrainingConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Makes a {@link DjlStudent} from either a checkpoint or nothing; the settings' defaults are those of {@link StudentConfig}. */
public final class DjlStudentBuilder {
    private Optional<Origin> origin = Optional.empty();
    private TrainingConfig training = TrainingConfig.defaults();
    private DecodingConfig decoding = DecodingConfig.defaults();
    private BatchingConfig batching = BatchingConfig.defaults();
    private Optional<PromptFormat> promptFormat = Optional.empty();
    private Optional<LoraConfig> lora = Optional.empty();
    private WeightType baseType = WeightType.BFLOAT16;
    private Optional<Path> base = Optional.empty();
    private Device device = Device.AUTO;
    private Precision precision = Precision.AUTO;
    private int threads = Runtime.getRuntime().availableProcessors();
    private long samplingSeed;

    DjlStudentBuilder() {}

    /**
     * Starts from the weights, the tokenizer and the prompt format or chat template of a Hugging Face folder; or from the
     * adapter of a PEFT folder, which is trained on, and the model that it belongs to.
     */
    public DjlStudentBuilder checkpoint(Path folder) {
        return origin(config -> StudentModel.read(folder, config));
    }

    /**
     * Starts from random weights.
     *
     * @param tokenizer stays its caller's, to be closed after the student
     * @param seed where the weights come from
     */
    public DjlStudentBuilder fromScratch(DecoderConfig shape, StudentTokenizer tokenizer, long seed) {
        return origin(config -> StudentModel.fromScratch(shape, tokenizer, seed, config));
    }

    private DjlStudentBuilder origin(Origin chosen) {
        if (origin.isPresent()) {
            throw new IllegalStateException("checkpoint and fromScratch exclude each other and are called once");
        }
        origin = Optional.of(chosen);
        return this;
    }

    /** How the student is trained; default as in the paper. */
    public DjlStudentBuilder training(TrainingConfig value) {
        training = value;
        return this;
    }

    /** How the student answers; default as in the paper. */
    public DjlStudentBuilder decoding(DecodingConfig value) {
        decoding = value;
        return this;
    }

    /** How many answers the student writes together; default 64. */
    public DjlStudentBuilder batching(BatchingConfig value) {
        batching = value;
        return this;
    }

    /**
     * How instructions are put to the student; default what lion saved in its checkpoint, else the model's own
     * chat template, else Alpaca's.
     */
    public DjlStudentBuilder promptFormat(PromptFormat value) {
        promptFormat = Optional.of(value);
        return this;
    }

    /** Trains an adapter while the checkpoint's weights stay as they are; default all weights are trained. */
    public DjlStudentBuilder lora(LoraConfig value) {
        lora = Optional.of(value);
        return this;
    }

    /** How weights that are not trained are held; default bfloat16. */
    public DjlStudentBuilder baseType(WeightType value) {
        baseType = value;
        return this;
    }

    /** The folder of the model that an adapter's folder belongs to; default the one that it names. */
    public DjlStudentBuilder base(Path value) {
        base = Optional.of(value);
        return this;
    }

    /** What the student computes on; default {@link Device#AUTO}. */
    public DjlStudentBuilder device(Device value) {
        device = value;
        return this;
    }

    /** The number type of matrix products; default {@link Precision#AUTO}. */
    public DjlStudentBuilder precision(Precision value) {
        precision = value;
        return this;
    }

    /**
     * Processors that the student uses; default all. Another number changes the rounding of a training, and what an
     * adapter's dropout leaves out.
     */
    public DjlStudentBuilder threads(int value) {
        threads = value;
        return this;
    }

    /** Where the random choices of the answers come from; default 0. */
    public DjlStudentBuilder samplingSeed(long value) {
        samplingSeed = value;
        return this;
    }

    /**
     * The student.
     *
     * @throws IOException when the checkpoint cannot be read
     * @throws IllegalStateException when neither checkpoint nor fromScratch was called
     */
    public DjlStudent build() throws IOException {
        var config = config();
        var start = origin.orElseThrow(
                () -> new IllegalStateException("a student starts from something: call checkpoint or fromScratch"));
        return new DjlStudent(config, start.open(config));
    }

    StudentConfig config() {
        return new StudentConfig(
                training,
                decoding,
                batching,
                promptFormat,
                lora,
                baseType,
                base,
                device,
                precision,
                threads,
                samplingSeed);
    }

    private interface Origin {
        StudentModel open(StudentConfig config) throws IOException;
    }
}
