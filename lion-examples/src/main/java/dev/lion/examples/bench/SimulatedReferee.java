package dev.lion.examples.bench;

import dev.lion.data.AnswerOrder;
import dev.lion.examples.bench.SimulatedPool.Truth;
import java.util.Random;

/**
 * Scores in whole points from 1 to 10, with noise, and with a bonus for the answer shown first whose size varies from
 * instruction to instruction. It says the same whenever it is asked the same.
 *
 * @param bias mean bonus for being shown first, in points of difference
 * @param spread standard deviation of the bonus over instructions
 * @param noise standard deviation of each score
 * @param draw which of the referees of this kind it is
 */
record SimulatedReferee(double bias, double spread, double noise, long draw) {
    private static final int PAIRS = 20_000;
    private static final int HALVINGS = 12;

    /** The same kind of referee on another day. */
    SimulatedReferee again() {
        return new SimulatedReferee(bias, spread, noise, draw + 1);
    }

    private SimulatedReferee withBias(double value) {
        return new SimulatedReferee(value, spread, noise, draw);
    }

    /** The teacher's score minus the student's. */
    int advantage(Truth truth, int iteration, String id, AnswerOrder order) {
        long seed = mix(mix(draw * 31 + iteration) ^ id.hashCode() * 0x9E3779B97F4A7C15L)
                ^ order.name().length();
        Random random = new Random(mix(seed));
        double bonus = (bias + spread * truth.style()) / (order == AnswerOrder.TEACHER_FIRST ? 2 : -2);
        return score(truth.teacher() + bonus, random) - score(truth.teacher() - truth.gap() - bonus, random);
    }

    private int score(double quality, Random random) {
        return (int) Math.max(1, Math.min(10, Math.round(quality + noise * random.nextGaussian())));
    }

    static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** The same referee with the bias at which it contradicts itself this often on what is drawn. */
    SimulatedReferee contradicting(double rate, Pairs pairs) {
        double low = 0;
        double high = 9;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (withBias(middle).conflictRate(pairs) < rate) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return withBias((low + high) / 2);
    }

    /** How often the outcome (better, tie, worse) changes with the order. */
    double conflictRate(Pairs pairs) {
        Random random = new Random(1);
        int conflicts = 0;
        for (int i = 0; i < PAIRS; i++) {
            Truth truth = pairs.draw(random);
            int first = advantage(truth, 0, "pair " + i, AnswerOrder.TEACHER_FIRST);
            int second = advantage(truth, 0, "pair " + i, AnswerOrder.STUDENT_FIRST);
            conflicts += Integer.signum(first) == Integer.signum(second) ? 0 : 1;
        }
        return (double) conflicts / PAIRS;
    }

    /** Pairs of answers on which contradictions are counted. */
    @FunctionalInterface
    interface Pairs {
        Truth draw(Random random);

        /** Answers of two models of which the first is better by this much on average. */
        static Pairs ahead(double points) {
            return random -> new Truth(
                    Math.max(4, Math.min(10, 8.2 + 0.8 * random.nextGaussian())),
                    points + random.nextGaussian(),
                    random.nextGaussian());
        }

        /** Answers of teacher and student to seed instructions. */
        static Pairs of(SimulatedWorld world) {
            return random -> new Truth(world.teacher(random), world.gap(random), random.nextGaussian());
        }
    }
}
