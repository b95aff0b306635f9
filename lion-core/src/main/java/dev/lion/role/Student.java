package dev.lion.role;

import dev.lion.data.Demonstration;
import dev.lion.data.ImitationSummary;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The model being taught. The loop uses it from one thread at a time, not always the same. An exception other than
 * {@link RetryableRoleException} ends the run, which can then be continued.
 *
 * <p>A run that is resumed ends as one that was not only if the student is deterministic: equal states, lessons and seeds
 * make equal students, to the last bit of what they answer and save.
 */
public interface Student extends AutoCloseable {
    /**
     * Answers a batch: one response for each instruction, in order; none for an empty batch. Instructions may hold anything;
     * one that the student cannot cope with, such as one beyond its context, gets an empty response rather than an exception.
     *
     * @return never {@code null}
     */
    List<Response> answer(List<Instruction> batch) throws Exception;

    /**
     * Fine-tunes the student on the teacher's answers; it continues from its present weights. A student that knows what to
     * do with {@link TrainingContext#preferences()} learns from them after that and accounts for each pair; any other leaves
     * them alone.
     *
     * @return what was learnt, with every demonstration counted as example or as skipped, and all steps of the imitation in
     *     order, those before a stop included; never {@code null}
     * @throws StoppedException when {@link TrainingContext#stopRequested()} became true, also before the first step; what was
     *     trained is then in {@link TrainingContext#checkpointDirectory()}, and the same call later continues from there, on
     *     this student or on another one in the state that this one began with
     * @throws InterruptedException when the thread was interrupted; a student that ends otherwise then leaves the thread's
     *     interrupt flag set
     */
    ImitationSummary imitate(List<Demonstration> demonstrations, TrainingContext context) throws Exception;

    /**
     * Writes the student to a directory that exists and is empty, and nowhere else, complete enough for {@link #restore}. The
     * student stays as it is.
     */
    void save(Path directory) throws IOException;

    /**
     * Replaces the student's state by what {@link #save} wrote, perhaps in another process: it answers and learns on as the
     * student that was saved.
     *
     * @throws IOException when the directory holds no student that can be read; any exception will do, but one there must be
     */
    void restore(Path directory) throws IOException;

    /** Frees what the student holds; idempotent. */
    @Override
    void close();
}
