package dev.lion.loop;

import dev.lion.data.Demonstration;
import dev.lion.data.FinishReason;
import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.data.Response;
import dev.lion.run.AnswerStore;
import dev.lion.run.RunDirectory;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;

/**
 * The teacher's answers of the whole run, so that none is asked for twice. Their texts stay on disk and are read when they
 * are asked for. For any thread.
 */
final class TeacherAnswers implements AutoCloseable {
    private final AnswerStore store;

    TeacherAnswers(RunDirectory run) {
        store = run.teacherAnswers(response -> fault(response).isEmpty());
    }

    /** Where they are kept. */
    AnswerStore store() {
        return store;
    }

    boolean contains(Instruction instruction) {
        return store.contains(instruction.id());
    }

    /** Whether an instruction has an answer that is fit to learn from and to compare with. */
    boolean isUsable(Instruction instruction) {
        return store.isUsable(instruction.id());
    }

    /** The answer to an instruction, if there is one. */
    Optional<Response> find(Instruction instruction) {
        return store.find(instruction.id());
    }

    /** The instructions of a pool that have a usable answer, with it, in order; answers are read as they are looked at. */
    List<Demonstration> demonstrations(InstructionPool pool) {
        return new Demonstrations(
                pool.instructions().stream().filter(this::isUsable).toList());
    }

    private final class Demonstrations extends AbstractList<Demonstration> implements RandomAccess {
        private final List<Instruction> answered;

        private Demonstrations(List<Instruction> answered) {
            this.answered = answered;
        }

        @Override
        public Demonstration get(int index) {
            Instruction instruction = answered.get(index);
            return new Demonstration(instruction, store.find(instruction.id()).orElseThrow());
        }

        @Override
        public int size() {
            return answered.size();
        }
    }

    /** Why an answer is unfit to learn from; empty when it is fit. */
    static Optional<String> fault(Response response) {
        if (response.finishReason() == FinishReason.LENGTH) {
            return Optional.of("the answer was cut at the limit of tokens");
        }
        if (response.finishReason() == FinishReason.CONTENT_FILTER) {
            return Optional.of("the answer was withheld by the provider");
        }
        return response.text().isBlank() ? Optional.of("the answer is blank") : Optional.empty();
    }

    @Override
    public void close() {
        store.close();
    }
}
