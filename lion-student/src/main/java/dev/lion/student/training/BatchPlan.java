package dev.lion.student.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Which examples make up which step: each epoch shuffles them all and cuts them into batches, the last of which may be
 * smaller. All of it follows from the seed and the epoch, so a resumed training meets the same batches.
 */
final class BatchPlan {
    private final int examples;
    private final int batchSize;
    private final int epochs;
    private final long seed;

    private int shuffledEpoch = -1;
    private List<Integer> shuffled = List.of();

    BatchPlan(int examples, int batchSize, int epochs, long seed) {
        this.examples = examples;
        this.batchSize = batchSize;
        this.epochs = epochs;
        this.seed = seed;
    }

    long stepsPerEpoch() {
        return (examples + (long) batchSize - 1) / batchSize;
    }

    long totalSteps() {
        return stepsPerEpoch() * epochs;
    }

    /** The examples of a step, counted from 1. */
    List<Integer> batch(long step) {
        int epoch = (int) ((step - 1) / stepsPerEpoch());
        if (epoch != shuffledEpoch) {
            shuffled = shuffled(epoch);
            shuffledEpoch = epoch;
        }
        int start = (int) ((step - 1) % stepsPerEpoch()) * batchSize;
        return shuffled.subList(start, Math.min(start + batchSize, examples));
    }

    private List<Integer> shuffled(int epoch) {
        var order = new ArrayList<>(IntStream.range(0, examples).boxed().toList());
        Collections.shuffle(order, new Random(seed * 0x9E3779B97F4A7C15L + epoch));
        return order;
    }
}
