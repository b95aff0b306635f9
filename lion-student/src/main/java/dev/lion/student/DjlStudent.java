package dev.lion.student;

import com.google.common.hash.Hashing;
import com.google.common.primitives.Ints;
import dev.lion.data.Demonstration;
import dev.lion.data.ImitationSummary;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.role.Student;
import dev.lion.role.TrainingContext;
import dev.lion.student.decoder.LabelledSequence;
import dev.lion.student.decoder.TensorThreads;
import dev.lion.student.decoding.BatchDecoder;
import dev.lion.student.decoding.Continuation;
import dev.lion.student.decoding.Prompt;
import dev.lion.student.training.Trainer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A llama-style student that is trained and answers in this process, on DJL's PyTorch engine, from a Hugging Face
 * checkpoint or from nothing.
 *
 * <p>All weights are trained, in float32. With one seed and one number of threads, a training on one machine gives the same
 * weights to the last bit. Answers follow from the weights, the sampling seed and the instruction's id, not from the batch.
 *
 * <p>May be used from any thread; calls wait for one another. Holds native memory until it is closed: four bytes for each
 * parameter, while it is trained twelve more, and for small decoders another four for each thread beyond the first.
 */
public final class DjlStudent implements Student {
    private final StudentConfig config;
    private StudentModel model;
    private TensorThreads threads;
    private boolean closed;

    DjlStudent(StudentConfig config, StudentModel model) {
        this.config = config;
        this.model = model;
        this.threads = TensorThreads.of(config.threads(), model.decoder().config());
    }

    /** A student to be configured. */
    public static DjlStudentBuilder builder() {
        return new DjlStudentBuilder();
    }

    /** How this student works. */
    public StudentConfig config() {
        return config;
    }

    /** {@inheritDoc} An instruction that fills the student's context by itself gets an empty answer, cut by length. */
    @Override
    public synchronized List<Response> answer(List<Instruction> batch) {
        requireOpen();
        var prompts = batch.stream().map(this::prompt).toList();
        var continuations = new BatchDecoder(model.weights(), threads, config.decoding(), model.ends()).decode(prompts);
        return IntStream.range(0, batch.size())
                .mapToObj(i -> response(prompts.get(i), continuations.get(i)))
                .toList();
    }

    private Prompt prompt(Instruction instruction) {
        long seed = Hashing.sipHash24(config.samplingSeed(), 0)
                .hashString(instruction.id(), StandardCharsets.UTF_8)
                .asLong();
        return new Prompt(model.encodePrompt(model.format().prompt(instruction)), seed);
    }

    private Response response(Prompt prompt, Continuation continuation) {
        int[] tokens =
                continuation.tokens().stream().mapToInt(Integer::intValue).toArray();
        return new Response(
                model.tokenizer().decode(tokens),
                continuation.finishReason(),
                new TokenUsage(prompt.length(), tokens.length));
    }

    /**
     * {@inheritDoc} The loss is on the answer and the end of text after it. A demonstration longer than {@code maxLength} of
     * the training's configuration, or than the student's context, is skipped and counted. When this throws, the weights
     * are somewhere in the middle of the training.
     */
    @Override
    public synchronized ImitationSummary imitate(List<Demonstration> demonstrations, TrainingContext context)
            throws IOException {
        requireOpen();
        var sequences = demonstrations.stream().map(this::sequence).toList();
        return new Trainer(model.weights(), threads, config.training()).train(sequences, context);
    }

    private LabelledSequence sequence(Demonstration demonstration) {
        int[] prompt = model.encodePrompt(model.format().prompt(demonstration.instruction()));
        int[] answer = model.tokenizer().encode(demonstration.response().text());
        int[] tokens = Ints.concat(prompt, answer, new int[] {model.end()});
        return LabelledSequence.of(demonstration.instruction().id(), tokens, prompt.length);
    }

    /** Writes a Hugging Face folder: weights in float32, configuration, tokenizer, prompt format. */
    @Override
    public synchronized void save(Path directory) throws IOException {
        requireOpen();
        model.write(directory);
    }

    /** Replaces weights, configuration, tokenizer and prompt format by those of a Hugging Face folder. */
    @Override
    public synchronized void restore(Path directory) throws IOException {
        requireOpen();
        var restored = StudentModel.read(directory, config);
        threads.close();
        model.close();
        model = restored;
        threads = TensorThreads.of(config.threads(), restored.decoder().config());
    }

    /** What a test looks into. */
    StudentModel model() {
        return model;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this student is closed");
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            threads.close();
            model.close();
        }
    }
}
