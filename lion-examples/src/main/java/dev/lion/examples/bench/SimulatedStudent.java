package dev.lion.examples.bench;

import dev.lion.data.Demonstration;
import dev.lion.data.ImitationSummary;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.role.Student;
import dev.lion.role.TrainingContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Reads what it is taught, learns nothing, and gives hardly more than the same answer to everything, after a given time for each. */
final class SimulatedStudent implements Student {
    private static final String FILLER = "I do not know. ";

    private final Duration timeAnItem;
    private final String answer;

    SimulatedStudent(Duration timeAnItem, int answerLength) {
        this.timeAnItem = timeAnItem;
        this.answer = FILLER.repeat(answerLength / FILLER.length() + 1).substring(0, answerLength);
    }

    @Override
    public List<Response> answer(List<Instruction> batch) throws InterruptedException {
        SimulatedRoles.pause(timeAnItem.multipliedBy(batch.size()));
        return batch.stream()
                .map(instruction -> Response.of("About " + instruction.id() + ": " + answer))
                .toList();
    }

    @Override
    public ImitationSummary imitate(List<Demonstration> demonstrations, TrainingContext context) {
        long read = 0;
        for (Demonstration demonstration : demonstrations) {
            read += demonstration.response().text().length();
        }
        return ImitationSummary.ofAll(demonstrations.size(), read / 4, List.of());
    }

    @Override
    public void save(Path directory) {}

    @Override
    public void restore(Path directory) {}

    @Override
    public void close() {}
}
