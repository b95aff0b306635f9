package dev.lion.student.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Lists;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BatchPlanTest {
    private static final int[] LENGTHS = new Random(1).ints(1003, 5, 200).toArray();

    @Test
    void batch_overAnEpoch_hasEveryExampleOnce() {
        var plan = new BatchPlan(LENGTHS, 16, 2, 7);
        var seen = LongStream.rangeClosed(1, plan.stepsPerEpoch())
                .mapToObj(plan::batch)
                .flatMap(List::stream)
                .sorted()
                .toList();

        assertThat(plan.totalSteps()).isEqualTo(2 * 63);
        assertThat(seen).isEqualTo(IntStream.range(0, 1003).boxed().toList());
    }

    @Test
    void batch_ofAnyStep_isOfNeighboursThatNeedLittlePadding() {
        var plan = new BatchPlan(LENGTHS, 16, 1, 7);
        long padded = 0;
        for (long step = 1; step <= plan.totalSteps(); step++) {
            var lengths = plan.batch(step).stream().map(i -> LENGTHS[i]).toList();
            assertThat(lengths).isSorted();
            for (List<Integer> group : Lists.partition(lengths, 4)) {
                padded += (long) group.size() * group.get(group.size() - 1);
            }
        }

        assertThat(padded).isLessThan(IntStream.of(LENGTHS).sum() * 110L / 100);
    }

    @Test
    void batch_ofMostSteps_hasShortAndLongExamples() {
        var plan = new BatchPlan(LENGTHS, 16, 1, 7);
        long mixed = LongStream.rangeClosed(1, plan.totalSteps())
                .mapToObj(plan::batch)
                .filter(batch -> LENGTHS[batch.get(batch.size() - 1)] - LENGTHS[batch.get(0)] > 50)
                .count();

        assertThat(mixed).isGreaterThan(plan.totalSteps() * 9 / 10);
    }

    @Test
    void batch_ofAPlanMadeAgain_isTheSameFromAnyStepOn() {
        var plan = new BatchPlan(LENGTHS, 16, 2, 7);
        var again = new BatchPlan(LENGTHS, 16, 2, 7);

        assertThat(again.batch(100)).isEqualTo(plan.batch(100)).isNotEqualTo(plan.batch(37));
        assertThat(new BatchPlan(LENGTHS, 16, 2, 8).batch(100)).isNotEqualTo(plan.batch(100));
    }

    @Test
    void batch_amongShuffledBatches_lengthsDoNotRiseWithTheStep() {
        var plan = new BatchPlan(LENGTHS, 16, 1, 7);
        var lengths = LongStream.rangeClosed(1, plan.totalSteps())
                .mapToObj(step -> LENGTHS[plan.batch(step).get(0)])
                .toList();

        assertThat(lengths).isNotEqualTo(lengths.stream().sorted().toList());
    }
}
