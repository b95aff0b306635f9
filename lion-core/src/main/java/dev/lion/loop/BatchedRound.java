package dev.lion.loop;

import com.google.common.collect.Lists;
import dev.lion.data.AnswerOrder;
import dev.lion.data.Instruction;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/**
 * The part of a discrimination's round that batches take off the single calls: student and teacher answer everything first, as
 * a batch needs all its answers at once, then the referee is asked in batches. For the coordinating thread.
 */
final class BatchedRound {
    private final Sitting sitting;
    private final List<Instruction> answered;
    private final StageCalls calls;
    private final LateAnswers late;
    private final StudentAnswers studentAnswers;
    private final RefereeBatches batches;

    BatchedRound(
            Sitting sitting,
            List<Instruction> answered,
            StageCalls calls,
            LateAnswers late,
            StudentAnswers studentAnswers,
            Verdicts verdicts) {
        this.sitting = sitting;
        this.answered = answered;
        this.calls = calls;
        this.late = late;
        this.studentAnswers = studentAnswers;
        this.batches = new RefereeBatches(sitting.context(), answered, studentAnswers, verdicts);
    }

    /**
     * Asks what batches can be asked; nothing when the referee has none.
     *
     * @param positions of the round's instructions
     * @param awaited the orders in which one of them is still to be judged
     */
    void ask(List<Integer> positions, Function<Integer, List<AnswerOrder>> awaited) {
        List<String> keys = List.of();
        if (batches.batches().isPresent()) {
            List<Integer> open = positions.stream()
                    .filter(position -> !awaited.apply(position).isEmpty())
                    .toList();
            answer(positions, open);
            keys = open.stream()
                    .filter(position -> sitting.context().answers().isUsable(answered.get(position)))
                    .flatMap(position -> awaited.apply(position).stream().map(order -> batches.key(position, order)))
                    .toList();
        }
        BatchAsking.ask(sitting, batches, keys, InstantSource.system());
    }

    // the student in the batches in which it would answer without the referee's
    private void answer(List<Integer> positions, List<Integer> open) {
        Lists.partition(positions, sitting.context().config().studentBatch()).forEach(studentAnswers::to);
        open.forEach(position -> late.find(
                sitting.context().roles().teacher(), calls, answered.get(position), usable -> {}, missing -> {}));
        calls.awaitAll();
        late.force();
    }
}
