package dev.lion.role;

import dev.lion.data.Demonstration;
import dev.lion.data.ImitationSummary;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The model being taught. The loop uses it from one thread at a time, not always the same. */
public interface Student extends AutoCloseable {
    /** Answers a batch: one response for each instruction, in order. */
    List<Response> answer(List<Instruction> batch) throws Exception;

    /**
     * Fine-tunes the student on the teacher's answers; it continues from its present weights.
     *
     * @throws StoppedException when {@link TrainingContext#stopRequested()} became true; what was trained is then in
     *     {@link TrainingContext#checkpointDirectory()} and the same call later continues from there
     */
    ImitationSummary imitate(List<Demonstration> demonstrations, TrainingContext context) throws Exception;

    /** Writes the student to a directory that exists and is empty, complete enough for {@link #restore}. */
    void save(Path directory) throws IOException;

    /** Replaces the student's state by what {@link #save} wrote. */
    void restore(Path directory) throws IOException;

    /** Frees what the student holds; idempotent. */
    @Override
    void close();
}
