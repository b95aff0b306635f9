package dev.lion.loop;

import com.google.common.collect.Lists;
import com.google.common.primitives.Ints;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.run.Answer;
import dev.lion.run.Journal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The student's answers of one discrimination by the instructions' positions. For the coordinating thread. */
final class StudentAnswers {
    private final Sitting sitting;
    private final Journal<Answer> journal;
    private final List<Instruction> instructions;
    private final Response[] byPosition;

    StudentAnswers(Sitting sitting, Journal<Answer> journal, List<Instruction> instructions) {
        this.sitting = sitting;
        this.journal = journal;
        this.instructions = instructions;
        this.byPosition = new Response[instructions.size()];
        recover();
    }

    private void recover() {
        Map<String, Response> recovered = new HashMap<>();
        journal.recovered().forEach(answer -> recovered.put(answer.instructionId(), answer.response()));
        for (int i = 0; i < instructions.size() && !recovered.isEmpty(); i++) {
            int position = i;
            Optional.ofNullable(recovered.get(instructions.get(i).id()))
                    .ifPresent(response -> byPosition[position] = response);
        }
    }

    /** The answers to a batch, in its order; the student is asked when one is missing. */
    List<Response> to(List<Integer> batch) {
        if (!batch.stream().allMatch(position -> find(position).isPresent())) {
            ask(batch);
        }
        return Lists.transform(batch, this::get);
    }

    private Optional<Response> find(int position) {
        return Optional.ofNullable(byPosition[position]);
    }

    private Response get(int position) {
        return Objects.requireNonNull(byPosition[position]);
    }

    // the whole batch, as answers may depend on it; what was known stays, as verdicts may rest on it
    private void ask(List<Integer> batch) {
        List<Instruction> asked = batch.stream().map(instructions::get).toList();
        List<Response> responses =
                sitting.call(Role.STUDENT, "to answer " + batch.size() + " instructions", () -> answer(asked));
        List<Answer> unknown = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            int position = batch.get(i);
            if (find(position).isEmpty()) {
                byPosition[position] = responses.get(i);
                unknown.add(new Answer(asked.get(i).id(), responses.get(i)));
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

    /** The answers to these instructions, for keeping. */
    List<Answer> at(int[] positions) {
        return Lists.transform(
                Ints.asList(positions),
                position -> new Answer(instructions.get(position).id(), get(position)));
    }
}
