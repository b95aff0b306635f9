package dev.lion.student;

import com.google.common.collect.Lists;
import dev.lion.student.decoder.LabelledSequence;
import dev.lion.student.decoder.TensorThreads;
import dev.lion.student.decoding.BatchDecoder;
import dev.lion.student.decoding.Decoding;
import dev.lion.student.decoding.DecodingConfig;
import dev.lion.student.decoding.DecodingCounts;
import dev.lion.student.decoding.Prompt;
import dev.lion.student.decoding.PromptTooLongException;
import dev.lion.student.prompt.Conversation;
import dev.lion.student.prompt.Message;
import dev.lion.student.prompt.WrittenPrompt;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A student that is loaded to answer: from a Hugging Face folder, or a PEFT folder and the model that it belongs to. Many
 * callers at a time share batches. Which answers share one, and how many processors write one that is alone, changes the last bits
 * of probabilities.
 *
 * <p>May be used from any thread. Holds native memory until it is closed: the weights as {@link LoadConfig#weights()} has
 * them, and the keys and values of what is being written.
 */
public final class LoadedStudent implements AutoCloseable {
    /** For answers that are being written when the process is to end. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final String name;
    private final LoadConfig config;
    private final StudentModel model;
    private final TensorThreads threads;
    private final BatchDecoder decoder;
    private final ReadWriteLock use = new ReentrantReadWriteLock();
    private boolean closed;

    private LoadedStudent(String name, LoadConfig config, StudentModel model) {
        this.name = name;
        this.config = config;
        this.model = model;
        this.threads = TensorThreads.of(config.threads(), model.decoder().config());
        try {
            this.decoder = BatchDecoder.openForSpeed(
                    model.weights(),
                    threads,
                    model.tokenizer()::decode,
                    config.batching(),
                    model.encoder().ends(),
                    GRACE);
        } catch (RuntimeException | Error e) {
            threads.close();
            throw e;
        }
    }

    /** A student with the {@link LoadConfig#defaults() defaults}. */
    public static LoadedStudent load(Path folder) throws IOException {
        return load(folder, LoadConfig.defaults());
    }

    /**
     * A student.
     *
     * @throws dev.lion.student.checkpoint.CheckpointException when the folder holds none that can be used
     */
    public static LoadedStudent load(Path folder, LoadConfig config) throws IOException {
        var model = StudentModel.load(folder, config.studentConfig());
        try {
            return new LoadedStudent(nameOf(folder), config, model);
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }

    private static String nameOf(Path folder) {
        Path name = folder.toAbsolutePath().normalize().getFileName();
        return name == null ? "student" : name.toString();
    }

    /** The name of its folder. */
    public String name() {
        return name;
    }

    /** Tokens of prompt and answer that it can see. */
    public int contextLength() {
        return model.decoder().config().maxPositionEmbeddings();
    }

    /** How it answers unless a request says otherwise. */
    public DecodingConfig decoding() {
        return config.decoding();
    }

    /**
     * Begins to answer the last message of a conversation.
     *
     * @param messages perhaps a system message, then question and answer in turn, a question last
     * @param seed of the answer's random choices: the same one gives the same answer, unless the last bits of a probability,
     *     which depend on what shares the batch and on how many processors write, decide between two tokens
     * @param onText gets the answer's text in whole characters as it comes, on a thread of the student's, so it must be quick
     * @throws dev.lion.student.prompt.PromptException when the chat template refuses the messages
     * @throws PromptTooLongException when nothing can follow them
     * @throws dev.lion.student.decoding.QueueFullException when as many requests wait as may
     * @throws IllegalStateException when this is closed
     */
    public Decoding answer(List<Message> messages, DecodingConfig decoding, long seed, Consumer<String> onText) {
        return whileOpen(() -> decoder.submit(new Prompt(prompt(messages), seed), decoding, onText));
    }

    /** Keeps the tokenizer and the weights from being freed under the work. */
    private <T> T whileOpen(Supplier<T> work) {
        use.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the student " + name + " is closed");
            }
            return work.get();
        } finally {
            use.readLock().unlock();
        }
    }

    private int[] prompt(List<Message> messages) {
        int last = messages.size() - 1;
        if (last < 0 || messages.get(last).role() != Message.Role.USER) {
            throw new IllegalArgumentException("a student answers the user's message, so that one comes last");
        }
        WrittenPrompt prompt = model.encoder().written(messages);
        int fewest = prompt.fewestTokens();
        if (fewest >= contextLength()) {
            throw PromptTooLongException.atLeast(fewest, contextLength());
        }
        return prompt.tokens();
    }

    /**
     * How likely answers would be, with the end of the turn after them: the logarithm of each one's probability, in nats.
     *
     * @param messages as for {@link #answer}
     * @throws IllegalArgumentException when an answer, or one before it, has no words
     */
    public List<Double> scores(List<Message> messages, List<String> answers) {
        return whileOpen(() -> {
            var sequences =
                    answers.stream().map(answer -> sequence(messages, answer)).toList();
            var scores = new ArrayList<Double>();
            for (var few : Lists.partition(sequences, threads.passes())) { // so that others are not kept waiting
                scores.addAll(threads.run(few.stream().map(this::score).toList()));
            }
            return scores;
        });
    }

    private Callable<Double> score(LabelledSequence sequence) {
        return () -> decoder.logProbability(sequence);
    }

    private LabelledSequence sequence(List<Message> messages, String answer) {
        var all = Stream.concat(messages.stream(), Stream.of(Message.assistant(answer)))
                .toList();
        var found = model.encoder().sequences(new Conversation("scored", all));
        if (found.isEmpty()) {
            throw new IllegalArgumentException("an answer without words has no likelihood of its own");
        }
        return found.get(found.size() - 1);
    }

    /** What its decoder has done. */
    public DecodingCounts counts() {
        return decoder.counts();
    }

    /**
     * Ends what is under way and frees everything, once scores that are being computed are there; idempotent.
     *
     * @throws IllegalStateException when called by what reads an answer's text
     */
    @Override
    public void close() {
        TensorThreads.requireOutside("close");
        use.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                decoder.close();
                threads.close();
                model.close();
            }
        } finally {
            use.writeLock().unlock();
        }
    }
}
