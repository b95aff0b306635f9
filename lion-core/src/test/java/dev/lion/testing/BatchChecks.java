package dev.lion.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lion.role.BatchItem;
import dev.lion.role.BatchProgress;
import dev.lion.role.Batches;
import dev.lion.role.RetryableRoleException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the loop relies on in the batches of a teacher or a referee. */
final class BatchChecks {
    private static final long PAUSE_MILLIS = 20;

    private BatchChecks() {}

    /**
     * Submits questions and waits for the answers.
     *
     * @param expected the answers of single calls, where equal questions get equal ones
     */
    static <Q, A> void assertAnswersInOrder(
            Optional<Batches<Q, A>> offered, List<Q> questions, Optional<List<A>> expected, Duration patience)
            throws Exception {
        assumeTrue(offered.isPresent(), "the adapter has no batches");
        Batches<Q, A> batches = offered.orElseThrow();
        assertThat(batches.priceFactor()).as("priceFactor").isBetween(0.0, 1.0);
        assertThat(batches.largest()).as("largest").isPositive();
        List<Q> some = questions.subList(0, Math.min(questions.size(), batches.largest()));
        List<BatchItem<A>> items = results(batches, some, patience);
        assertThat(items)
                .as("a result for each question")
                .hasSameSizeAs(some)
                .allMatch(BatchItem.Answered.class::isInstance);
        expected.ifPresent(answers -> assertThat(items)
                .as("the answers of single calls, in the order of the questions")
                .isEqualTo(answers.stream()
                        .limit(some.size())
                        .map(BatchItem.Answered::new)
                        .toList()));
    }

    private static <Q, A> List<BatchItem<A>> results(Batches<Q, A> batches, List<Q> questions, Duration patience)
            throws Exception {
        String id = batches.submit(questions);
        assertThat(id).as("the id of a batch").isNotBlank();
        long end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end) {
            try {
                BatchProgress<A> progress = batches.poll(id, questions);
                if (progress instanceof BatchProgress.Ended<A> ended) {
                    return ended.items();
                }
                assertThat(progress).isInstanceOf(BatchProgress.Running.class);
            } catch (RetryableRoleException e) {
                // it may be said later
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        throw new AssertionError("the batch did not end within " + patience + " (patience)");
    }
}
