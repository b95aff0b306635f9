package dev.lion.student.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Which examples make up which step. Each epoch shuffles the examples, sorts stretches of {@value #BATCHES_PER_STRETCH}
 * batches by length, cuts groups of neighbours, which need little padding, and deals {@value #GROUPS_PER_BATCH} groups to
 * each batch at random. Examples of one kind are often of one length: a batch of neighbours alone would be of one kind, and
 * its gradient far from that of all. All of it follows from the seed and the epoch, so a resumed training meets the same
 * batches.
 */
final class BatchPlan {
    private static final int BATCHES_PER_STRETCH = 50;
    private static final int GROUPS_PER_BATCH = 4;

    private final int[] lengths;
    private final int batchSize;
    private final int epochs;
    private final long seed;

    private int plannedEpoch = -1;
    private List<List<Integer>> planned = List.of();

    BatchPlan(int[] lengths, int batchSize, int epochs, long seed) {
        this.lengths = lengths.clone();
        this.batchSize = batchSize;
        this.epochs = epochs;
        this.seed = seed;
    }

    long stepsPerEpoch() {
        return (lengths.length + (long) batchSize - 1) / batchSize;
    }

    long totalSteps() {
        return stepsPerEpoch() * epochs;
    }

    /** The examples of a step, counted from 1; the shortest first. */
    List<Integer> batch(long step) {
        int epoch = (int) ((step - 1) / stepsPerEpoch());
        if (epoch != plannedEpoch) {
            planned = plan(epoch);
            plannedEpoch = epoch;
        }
        return planned.get((int) ((step - 1) % stepsPerEpoch()));
    }

    private List<List<Integer>> plan(int epoch) {
        var random = new Random(seed * 0x9E3779B97F4A7C15L + epoch);
        var order = new ArrayList<>(IntStream.range(0, lengths.length).boxed().toList());
        Collections.shuffle(order, random);
        var byLength = Comparator.<Integer>comparingInt(example -> lengths[example]);
        for (List<Integer> stretch : cut(order, batchSize * BATCHES_PER_STRETCH)) {
            stretch.sort(byLength);
        }
        var groups = new ArrayList<>(cut(order, Math.max(1, batchSize / GROUPS_PER_BATCH)));
        Collections.shuffle(groups, random);
        var dealt = new ArrayList<Integer>(groups.stream().flatMap(List::stream).toList());
        var batches = cut(dealt, batchSize);
        batches.forEach(batch -> batch.sort(byLength));
        return batches;
    }

    /** Views of consecutive stretches of a list. */
    private static List<List<Integer>> cut(List<Integer> list, int size) {
        var parts = new ArrayList<List<Integer>>();
        for (int start = 0; start < list.size(); start += size) {
            parts.add(list.subList(start, Math.min(start + size, list.size())));
        }
        return parts;
    }
}
