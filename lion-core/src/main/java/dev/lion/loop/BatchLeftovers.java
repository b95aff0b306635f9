package dev.lion.loop;

import dev.lion.cost.Hold;
import dev.lion.cost.Holds;
import dev.lion.run.BatchEntry.Intended;
import dev.lion.run.BatchEntry.Outcome;
import dev.lion.run.Purpose;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an earlier sitting left of batches that cannot be gone on with. For the coordinating thread. */
final class BatchLeftovers {
    private final Sitting sitting;
    private final BatchTopic<?, ?> topic;
    private final BatchBook book;
    private final Holds holds;

    BatchLeftovers(Sitting sitting, BatchTopic<?, ?> topic, BatchBook book) {
        this.sitting = sitting;
        this.topic = topic;
        this.book = book;
        this.holds = sitting.context().purse().holds();
    }

    /** Gives back what was set aside when the process ended before it wrote down what for. */
    void release() {
        Purpose purpose = new Purpose(sitting.iteration(), sitting.stage(), topic.paidRole());
        Set<Long> used = Stream.concat(
                        book.open().stream().map(OpenBatch::hold),
                        book.undecided().stream().map(Intended::hold))
                .collect(Collectors.toSet());
        holds.open().stream()
                .filter(hold -> hold.purpose().equals(purpose))
                .map(Hold::number)
                .filter(number -> !used.contains(number))
                .forEach(holds::release);
    }

    /** Closes all batches, as the role has none any more. */
    void forsake() {
        for (OpenBatch batch : book.open()) {
            sitting.notice(batch + " is left at the provider, as the " + topic.role()
                    + " takes no batches any more; it may be paid for. Its questions are asked again, one by one");
            holds.lose(batch.hold());
            book.close(batch.number(), batch.questions(), Outcome.LOST);
        }
        for (Intended intended : book.undecided()) {
            holds.lose(intended.hold());
            book.close(intended.batch(), intended.questions(), Outcome.LOST);
        }
    }
}
