package dev.lion.student.training;

import static org.assertj.core.api.Assertions.assertThat;

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
    void batch_ofAnyStep_needsLittlePadding() {
        var plan = new BatchPlan(LENGTHS, 16, 1, 7);
        long padded = 0;
        for (long step = 1; step <= plan.totalSteps(); step++) {
            var batch = plan.batch(step);
            padded += (long) batch.size()
                    * batch.stream().mapToInt(i -> LENGTHS[i]).max().orElseThrow();
        }

        assertThat(padded).isLessThan(IntStream.of(LENGTHS).sum() * 105L / 100);
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
