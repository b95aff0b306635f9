package dev.lion.loop;

import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.run.Answer;
import dev.lion.run.Journal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The student's answers of one discrimination, kept before they are used. For the coordinating thread. */
final class StudentAnswers {
    private final Sitting sitting;
    private final Journal<Answer> journal;
    private final Map<String, Answer> byId = new HashMap<>();

    StudentAnswers(Sitting sitting, Journal<Answer> journal) {
        this.sitting = sitting;
        this.journal = journal;
        journal.recovered().forEach(answer -> byId.put(answer.instructionId(), answer));
    }

    /** The answers to a batch, in its order; the student is asked when one is missing. */
    List<Answer> to(List<Instruction> batch) {
        if (!batch.stream().allMatch(instruction -> byId.containsKey(instruction.id()))) {
            ask(batch);
        }
        return batch.stream()
                .map(instruction -> Objects.requireNonNull(byId.get(instruction.id())))
                .toList();
    }

    // the whole batch, as answers may depend on it; what was known stays, as verdicts may rest on it
    private void ask(List<Instruction> batch) {
        List<Response> responses =
                sitting.call(Role.STUDENT, "to answer " + batch.size() + " instructions", () -> answer(batch));
        List<Answer> unknown = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            Answer answer = new Answer(batch.get(i).id(), responses.get(i));
            if (byId.putIfAbsent(answer.instructionId(), answer) == null) {
                unknown.add(answer);
            }
        }
        journal.append(unknown);
    }

    private List<Response> answer(List<Instruction> batch) throws Exception {
        List<Response> responses = List.copyOf(
                Objects.requireNonNull(sitting.context().roles().student().answer(batch), "answer returned null"));
        if (responses.size() != batch.size()) {
            throw new IllegalStateException("answer returned " + responses.size() + " responses to " + batch.size()
                    + " instructions; it must return one for each, in order");
        }
        return responses;
    }
}
