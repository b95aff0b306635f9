package dev.lion.student;

import com.google.common.hash.Hashing;
import dev.lion.data.Demonstration;
import dev.lion.data.ImitationSummary;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.role.Candidates;
import dev.lion.role.ScoringStudent;
import dev.lion.role.TrainingContext;
import dev.lion.student.checkpoint.AdapterDescription;
import dev.lion.student.checkpoint.CheckpointFormat;
import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.decoder.LabelledSequence;
import dev.lion.student.decoder.TensorThreads;
import dev.lion.student.decoding.BatchDecoder;
import dev.lion.student.decoding.Continuation;
import dev.lion.student.decoding.Prompt;
import dev.lion.student.gguf.GgufType;
import dev.lion.student.prompt.Conversation;
import dev.lion.student.prompt.PromptFormat;
import dev.lion.student.training.MemoryCheck;
import dev.lion.student.training.PreferencePair;
import dev.lion.student.training.Trainer;
import dev.lion.student.training.TrainingConfig;
import dev.lion.student.training.TrainingLoad;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A student that is trained and answers in this process, on DJL's PyTorch engine, from a Hugging Face checkpoint (llama,
 * mistral, qwen2, qwen3), from a PEFT adapter of one, or from nothing.
 *
 * <p>All weights are trained, in float32, or an adapter while they stay as they are. With one seed and one number of threads, a training on one machine gives the same
 * weights to the last bit. Answers follow from the weights, the sampling seed and the instruction's id, not from the batch.
 *
 * <p>May be used from any thread; calls wait for one another. Holds native memory until it is closed: four bytes for each
 * parameter that is trained, while it is trained twelve more, and for small decoders another four for each thread beyond the
 * first; for one that is not trained what {@link StudentConfig#baseType()} takes, and while it answers one more where that
 * is int8, four more where it is otherwise not the type of the products. While it is restored from a folder with all weights, old and new are there together.
 */
public final class DjlStudent implements ScoringStudent {
    private static final int SHOWN = 5;

    private final StudentConfig config;
    private StudentModel model;
    private TensorThreads threads;
    /** What the weights were when a training began that is not complete. */
    private Optional<String> begun = Optional.empty();

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
    public synchronized List<Response> answer(List<Instruction> batch) throws InterruptedException {
        requireOpen();
        var prompts = batch.stream().map(this::prompt).toList();
        List<Continuation> continuations;
        try (var decoder = decoder()) {
            continuations = decoder.decode(prompts, config.decoding());
        }
        return IntStream.range(0, batch.size())
                .mapToObj(i -> response(prompts.get(i), continuations.get(i)))
                .toList();
    }

    private BatchDecoder decoder() {
        return BatchDecoder.open(
                model.weights(),
                threads,
                model.tokenizer()::decode,
                config.batching(),
                model.encoder().ends(),
                Duration.ZERO);
    }

    /**
     * {@inheritDoc} Computed in the way that answers are decoded.
     *
     * @throws InterruptedException when the thread is interrupted: before the next of the batch, so the one under way is waited
     *     for
     */
    @Override
    public synchronized List<List<Double>> scores(List<Candidates> batch) throws InterruptedException {
        requireOpen();
        var scores = new ArrayList<List<Double>>();
        try (var decoder = decoder()) {
            for (Candidates one : batch) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("interrupted after " + scores.size() + " of " + batch.size());
                }
                scores.add(threads.run(one.answers().stream()
                        .map(answer -> score(decoder, one.instruction(), answer))
                        .toList()));
            }
        }
        return scores;
    }

    private Callable<Double> score(BatchDecoder decoder, Instruction instruction, String answer) {
        int most = model.decoder().config().maxPositionEmbeddings();
        var sequence = model.encoder()
                .sequence(new Demonstration(instruction, Response.of(answer)))
                .filter(one -> one.length() <= most);
        return () -> sequence.map(decoder::logProbability).orElse(Double.NEGATIVE_INFINITY);
    }

    private Prompt prompt(Instruction instruction) {
        long seed = Hashing.sipHash24(config.samplingSeed(), 0)
                .hashString(instruction.id(), StandardCharsets.UTF_8)
                .asLong();
        return new Prompt(model.encoder().prompt(instruction), seed);
    }

    private Response response(Prompt prompt, Continuation continuation) {
        return new Response(
                continuation.text(),
                continuation.finishReason(),
                new TokenUsage(prompt.length(), continuation.tokens().size()));
    }

    /**
     * {@inheritDoc} The loss is on the answer and the end of text after it. A demonstration longer than {@code maxLength} of
     * the training's configuration, or than the student's context, is skipped and counted, and so is one whose answer has
     * no words: it would teach nothing but silence. Preferences are learnt from after that, by direct preference
     * optimization as {@link TrainingConfig#dpo()} has it; the same are left out. When this throws, the weights
     * are somewhere in the middle of the training.
     */
    @Override
    public synchronized ImitationSummary imitate(List<Demonstration> demonstrations, TrainingContext context)
            throws IOException {
        requireOpen();
        var wordless = new ArrayList<String>();
        var sequences = demonstrations.stream()
                .flatMap(one -> named(
                        one.instruction().id(),
                        model.encoder().sequence(one).stream().toList(),
                        wordless))
                .toList();
        var pairs = new PreferencePairs(model.encoder());
        var encoded = pairs.of(context.preferences());
        var summary = train(sequences, wordless, encoded, context);
        return pairs.accountedIn(summary, context.preferences().size() - encoded.size());
    }

    /**
     * Fine-tunes the student on conversations, of which every answer is learnt and nothing else; otherwise as {@link
     * #imitate}, without preferences. One of whose answers one has no words is skipped.
     *
     * @return what was learnt; an example is a conversation, or an answer of it where the model's chat template writes
     *     earlier turns otherwise than they were
     * @throws dev.lion.student.prompt.PromptException when the model's chat template refuses a conversation
     */
    public synchronized ImitationSummary learn(List<Conversation> conversations, TrainingContext context)
            throws IOException {
        requireOpen();
        var wordless = new ArrayList<String>();
        var examples = conversations.stream()
                .flatMap(one -> named(one.id(), model.encoder().sequences(one), wordless))
                .toList();
        return train(examples, wordless, List.of(), context);
    }

    /** The examples; where there are none, notes whose they would have been. */
    private static Stream<LabelledSequence> named(String id, List<LabelledSequence> examples, List<String> wordless) {
        if (examples.isEmpty()) {
            wordless.add(id);
        }
        return examples.stream();
    }

    private ImitationSummary train(
            List<LabelledSequence> sequences,
            List<String> wordless,
            List<PreferencePair> pairs,
            TrainingContext context)
            throws IOException {
        if (!wordless.isEmpty()) {
            context.onNotice(wordless.size() + " of " + (sequences.size() + wordless.size())
                    + " examples are left out, as an answer of theirs has no words: "
                    + String.join(", ", wordless.subList(0, Math.min(SHOWN, wordless.size())))
                    + (wordless.size() > SHOWN ? ", ..." : ""));
        }
        var training = fitted(sequences, pairs);
        String origin = begun.orElseGet(model::checksum);
        begun = Optional.of(origin);
        var summary =
                new Trainer(model.weights(), threads, training).from(origin).train(sequences, pairs, context);
        begun = Optional.empty();
        return new ImitationSummary(
                summary.examples(),
                summary.skipped() + wordless.size(),
                summary.skippedTokens(),
                summary.tokens(),
                summary.losses(),
                summary.preferences());
    }

    /** The training with passes that fit into memory; refuses what cannot, before there are gradients and activations. */
    private TrainingConfig fitted(List<LabelledSequence> sequences, List<PreferencePair> pairs) {
        var training = config.training();
        int most = Math.min(training.maxLength(), model.decoder().config().maxPositionEmbeddings());
        int[] lengths = IntStream.concat(
                        sequences.stream().filter(one -> one.length() <= most).mapToInt(LabelledSequence::inputLength),
                        pairs.stream()
                                .filter(pair -> pair.chosen().length() <= most
                                        && pair.rejected().length() <= most)
                                .mapToInt(pair -> pair.chosen().inputLength()
                                        + pair.rejected().inputLength()))
                .toArray();
        int longest = Arrays.stream(lengths).max().orElse(1);
        long all = Arrays.stream(lengths).asLongStream().sum();
        int tokens = training.tokensPerPass().orElseGet(() -> MemoryCheck.tokensPerPass(load(longest)));
        MemoryCheck.require(load(Math.max(longest, (int) Math.min(tokens, all))), longest);
        return training.toBuilder().tokensPerPass(tokens).build();
    }

    private TrainingLoad load(int tokensOfPass) {
        return new TrainingLoad(
                model.decoder().config(),
                model.lora(),
                config.baseType(),
                config.precision().usesBfloat16(),
                threads.passes(),
                tokensOfPass,
                config.training().recomputation());
    }

    /**
     * Writes a Hugging Face folder with weights in float32, configuration, tokenizer and prompt format; of a student with an
     * adapter a PEFT folder with the adapter alone, which names the folder of the model that it belongs to. All of it is read
     * back and compared.
     *
     * @throws ExportMismatchException when it is not the same; the directory is empty again then
     */
    @Override
    public synchronized void save(Path directory) throws IOException {
        requireOpen();
        EmptyFolder.fill(directory, () -> {
            model.write(directory);
            new ExportGate(model).requireSaved(directory);
            return directory;
        });
    }

    /**
     * Writes a Hugging Face folder that stands alone, as other software loads it: all weights, with what an adapter adds to
     * them, in the type that is asked for. It is read back, while it is in memory beside this student, and compared: weights,
     * tokens, the wording of prompts, logits and greedy tokens.
     *
     * @param directory exists and is empty; when this throws, it is empty again
     * @return how near the folder comes to this student
     * @throws ExportMismatchException when the folder says or computes something else than the rounding to the type explains
     * @throws dev.lion.student.checkpoint.CheckpointException when it is not, or a weight is beyond the type's range
     */
    public synchronized Fidelity export(Path directory, CheckpointFormat format) throws IOException {
        requireOpen();
        return EmptyFolder.fill(directory, () -> {
            model.export(directory, format);
            return new ExportGate(model).requireFolder(directory, format.type(), config);
        });
    }

    /**
     * Writes a file in the GGUF format, for llama.cpp and Ollama, and a {@code Modelfile} beside it: all weights, with what an
     * adapter adds to them, the tokenizer and the prompt format as a chat template. It is read back and compared as by {@link
     * #export}.
     *
     * @param directory exists and is empty; when this throws, it is empty again
     * @param name what the model is called; the file is {@code name-TYPE.gguf}, with {@code -} for what is no letter, digit,
     *     {@code .} or {@code _} in the name
     * @return how near the file comes to this student
     * @throws dev.lion.student.checkpoint.CheckpointException when llama.cpp would not compute or encode what this student
     *     does, or a weight is beyond the type's range
     * @throws ExportMismatchException when the file says or computes something else than the rounding to the type explains
     */
    public synchronized Fidelity exportGguf(Path directory, String name, GgufType type) throws IOException {
        requireOpen();
        return EmptyFolder.fill(directory, () -> new GgufExport(model, config).write(directory, name, type));
    }

    /**
     * Replaces weights, configuration, tokenizer and prompt format by those of a Hugging Face folder, or the adapter by that
     * of a PEFT folder.
     */
    @Override
    public synchronized void restore(Path directory) throws IOException {
        requireOpen();
        begun = Optional.empty();
        if (model.restoreAdapter(directory)) {
            return;
        }
        var restored = StudentModel.read(directory, config);
        threads.close();
        model.close();
        model = restored;
        threads = TensorThreads.of(config.threads(), restored.decoder().config());
    }

    /** The shape of the decoder. */
    public synchronized DecoderConfig shape() {
        requireOpen();
        return model.decoder().config();
    }

    /** The name of the folder of the model that an adapter is trained for; empty when all weights are. */
    public synchronized Optional<String> baseName() {
        requireOpen();
        return model.adapter()
                .flatMap(AdapterDescription::baseModel)
                .map(folder -> String.valueOf(Path.of(folder).getFileName()));
    }

    /** How conversations are put to the student. */
    public synchronized PromptFormat promptFormat() {
        requireOpen();
        return model.format();
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
