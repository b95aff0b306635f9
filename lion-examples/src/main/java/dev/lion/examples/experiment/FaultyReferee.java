package dev.lion.examples.experiment;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.data.Verdict;
import dev.lion.examples.puzzle.PuzzleReferee;
import dev.lion.role.Comparison;
import dev.lion.role.Referee;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * A referee that knows the answer and errs as a model does: whole points, noise on each score, a gain for the answer that is
 * shown first. A right answer is worth 9 points and a wrong one 2, so that noise shows on both sides. It says the same
 * whenever it is asked the same. Any number of threads may ask it.
 */
final class FaultyReferee implements Referee {
    private static final double WRONG = 2;
    private static final double RIGHT = 9;

    private final PuzzleReferee truth = new PuzzleReferee();
    private final Arm.Quality quality;
    private final long seed;

    FaultyReferee(Arm.Quality quality, long seed) {
        this.quality = quality;
        this.seed = seed;
    }

    @Override
    public Verdict judge(Comparison comparison) {
        if (!(truth.judge(comparison) instanceof Verdict.Scored exact)) {
            throw new IllegalStateException(
                    "not a puzzle: " + comparison.instruction().id());
        }
        Random random = new Random(seed(comparison));
        double first = score(worth(exact.first()) + quality.bias() / 2, random);
        double second = score(worth(exact.second()) - quality.bias() / 2, random);
        return new Verdict.Scored(first, second, exact.evidence(), TokenUsage.NONE);
    }

    private static double worth(double exact) {
        double share = (exact - Verdict.MIN_SCORE) / (Verdict.MAX_SCORE - Verdict.MIN_SCORE);
        return WRONG + (RIGHT - WRONG) * share;
    }

    private double score(double worth, Random random) {
        double noisy = Math.round(worth + quality.noise() * random.nextGaussian());
        return Math.max(Verdict.MIN_SCORE, Math.min(Verdict.MAX_SCORE, noisy));
    }

    private long seed(Comparison comparison) {
        Hasher hasher = Hashing.murmur3_128().newHasher().putLong(seed);
        put(hasher, comparison.instruction().id());
        put(hasher, comparison.first());
        put(hasher, comparison.second());
        return hasher.hash().asLong();
    }

    private static void put(Hasher hasher, Response response) {
        put(hasher, response.text());
    }

    private static void put(Hasher hasher, String text) {
        hasher.putInt(text.length()).putString(text, StandardCharsets.UTF_8);
    }
}
