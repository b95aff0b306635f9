package dev.lion.loop;

import com.google.common.collect.Lists;
import com.google.common.primitives.Ints;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.run.Answer;
import dev.lion.run.Journal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The student's answers of one discrimination by the instructions' positions. They stay in the journal, of which only the
 * places are in memory. For the coordinating thread.
 */
final class StudentAnswers {
    private final Sitting sitting;
    private final Journal<Answer> journal;
    private final List<Instruction> instructions;
    private final Places places;

    StudentAnswers(Sitting sitting, Journal<Answer> journal, List<Instruction> instructions) {
        this.sitting = sitting;
        this.journal = journal;
        this.instructions = instructions;
        this.places = new Places(instructions.size());
        Positions positions = new Positions(instructions);
        journal.recovered((answer, start) ->
                positions.of(answer.instructionId()).ifPresent(position -> places.put(position, start)));
    }

    /** The answers to a batch, in its order; the student is asked when one is missing. */
    List<Response> to(List<Integer> batch) {
        return batch.stream().allMatch(places::contains) ? Lists.transform(batch, this::read) : ask(batch);
    }

    private Response read(int position) {
        return journal.read(places.get(position)).response();
    }

    // the whole batch, as answers may depend on it; what was known stays, as verdicts may rest on it
    private List<Response> ask(List<Integer> batch) {
        List<Instruction> asked = batch.stream().map(instructions::get).toList();
        List<Response> responses =
                sitting.call(Role.STUDENT, "to answer " + asked.size() + " instructions", () -> answer(asked));
        List<Response> kept = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            int position = batch.get(i);
            if (places.contains(position)) {
                kept.add(read(position));
            } else {
                kept.add(responses.get(i));
                places.put(position, journal.append(new Answer(asked.get(i).id(), responses.get(i))));
            }
        }
        return kept;
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

    /** Waits until the answers survive a power failure. */
    void force() {
        journal.force();
    }

    /** The answers to these instructions, for keeping, each read when it is looked at. */
    List<Answer> at(int[] positions) {
        return Lists.transform(
                Ints.asList(positions),
                position -> new Answer(instructions.get(position).id(), read(position)));
    }
}
