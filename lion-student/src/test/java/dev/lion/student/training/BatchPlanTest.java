package dev.lion.student.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BatchPlanTest {
    @Test
    void batch_overAnEpoch_hasEveryExampleOnce() {
        var plan = new BatchPlan(1003, 16, 2, 7);
        var batches = LongStream.rangeClosed(plan.stepsPerEpoch() + 1, plan.totalSteps())
                .mapToObj(plan::batch)
                .toList();

        assertThat(plan.totalSteps()).isEqualTo(2 * 63);
        assertThat(batches.subList(0, 62)).allMatch(batch -> batch.size() == 16);
        assertThat(batches.stream().flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 1003).boxed().toList());
    }

    @Test
    void batch_ofAPlanMadeAgain_isTheSameFromAnyStepOn() {
        var plan = new BatchPlan(1003, 16, 2, 7);
        var again = new BatchPlan(1003, 16, 2, 7);

        assertThat(again.batch(100)).isEqualTo(plan.batch(100)).isNotEqualTo(plan.batch(37));
        assertThat(new BatchPlan(1003, 16, 2, 8).batch(100)).isNotEqualTo(plan.batch(100));
    }
}
