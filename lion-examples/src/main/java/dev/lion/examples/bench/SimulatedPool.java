package dev.lion.examples.bench;

import dev.lion.data.Difficulty;
import dev.lion.data.Instruction;
import dev.lion.data.Provenance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A Cache Pool of which the truth is known. It grows like the paper's, from random truly hard and truly easy parents in
 * equal parts, whatever the referee says, so that all plans judge the same pool.
 */
final class SimulatedPool {
    /** How good the answers to an instruction truly are, and how it suits the referee. */
    record Truth(double teacher, double gap, double style) {
        boolean isHard() {
            return gap >= 1;
        }
    }

    private final SimulatedWorld world;
    private final Random random;
    private final List<Instruction> instructions = new ArrayList<>();
    private final List<Truth> truths = new ArrayList<>();
    private int iteration = 1;

    SimulatedPool(SimulatedWorld world, int seeds, long seed) {
        this.world = world;
        this.random = new Random(seed);
        for (int i = 0; i < seeds; i++) {
            instructions.add(Instruction.of("seed " + i));
            truths.add(truth(world.gap(random)));
        }
    }

    private Truth truth(double gap) {
        return new Truth(world.teacher(random), gap, random.nextGaussian());
    }

    /** Generates as much from hard as from easy instructions, then imitates. */
    void advance(int generated) {
        List<Instruction> parents = List.copyOf(instructions);
        for (int i = 0; i < generated; i++) {
            boolean hard = i % 2 == 0;
            int parent = parent(parents.size(), hard);
            instructions.add(Instruction.of("generated " + iteration + " " + i)
                    .withProvenance(Provenance.generated(
                            parents.get(parent).id(), iteration, hard ? Difficulty.HARD : Difficulty.EASY)));
            truths.add(truth(world.child(truths.get(parent).gap(), random)));
        }
        truths.replaceAll(t -> new Truth(t.teacher(), world.next(t.gap(), random), t.style()));
        iteration++;
    }

    private int parent(int parents, boolean hard) {
        int parent = random.nextInt(parents);
        while (truths.get(parent).isHard() != hard) {
            parent = random.nextInt(parents);
        }
        return parent;
    }

    int iteration() {
        return iteration;
    }

    List<Instruction> instructions() {
        return Collections.unmodifiableList(instructions);
    }

    Truth truth(int position) {
        return truths.get(position);
    }
}
