package dev.lion.loop;

import dev.lion.judging.HardRule;
import dev.lion.judging.Judging;
import dev.lion.strategy.KeepRule;
import dev.lion.strategy.ParentRule;
import dev.lion.strategy.PreferenceRule;
import dev.lion.strategy.StopRule;
import dev.lion.strategy.StudentStart;
import dev.lion.strategy.TrainPoolRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The settings of a loop. {@link #defaults()} are the paper's.
 *
 * @param iterations adversarial iterations after the imitation of the seeds: 3. Raising it continues a finished run
 * @param hardRule which gaps between teacher and student make an instruction hard: from 1.0 on
 * @param judging which instructions the referee is asked about, and in which orders: all, in both
 * @param maxRougeL the ROUGE-L score above which a generated instruction is a near-duplicate: 0.7
 * @param generatedPerIteration instructions to accept in each iteration: 6000
 * @param hardShare share of those that come from hard parents: 0.5, which is 1:1; 1 is hard only, 0 easy only
 * @param trainPoolRule what each imitation after the first is trained on: the new instructions alone
 * @param studentStart from where those imitations start: the student kept last
 * @param preferences which verdicts of an iteration its imitation hands to the student as preferences: none
 * @param parentRule which hard and easy instructions the generator starts from: each is as likely
 * @param keepRule which student the run goes on and ends with: the one just trained
 * @param stopRule when the run ends before its last iteration: never. Another one continues a run that it ended
 * @param maxRequestsPerInstruction generation ends short when it made this many requests for each wanted instruction: 10
 * @param seed where all of the run's randomness comes from: 0
 * @param maxConcurrentCalls calls of teacher, referee and generator at the same time: 16
 * @param studentBatch instructions that the student answers at once: 64
 * @param maxAttempts calls for one item, of which all but the last may fail in a retryable way: 3
 * @param firstBackoff pause before the second attempt, doubled before each further one up to 5 min, give or take a
 *     quarter: 1 s
 * @param toleratedFailureShare share of a stage's items that may fail for good before the run stops: 0.05
 * @param stopTimeout how long a stopped run waits for calls that are under way: 30 s
 * @param callTimeout how long one attempt of teacher, referee or generator may take: 10 min. Past it the call is
 *     interrupted, which counts as a passing failure; one that does not end then is left behind with its thread
 * @param stallWarning how long nothing may be finished before a warning says what is awaited: 1 min
 * @param leastYield generation ends short when fewer than this share of the last {@value #YIELD_REQUESTS} requests
 *     brought an instruction that was accepted: 0.02; 0 goes on to {@code maxRequestsPerInstruction}
 */
public record LoopConfig(
        int iterations,
        HardRule hardRule,
        Judging judging,
        double maxRougeL,
        int generatedPerIteration,
        double hardShare,
        TrainPoolRule trainPoolRule,
        StudentStart studentStart,
        Optional<PreferenceRule> preferences,
        ParentRule parentRule,
        KeepRule keepRule,
        StopRule stopRule,
        int maxRequestsPerInstruction,
        long seed,
        int maxConcurrentCalls,
        int studentBatch,
        int maxAttempts,
        Duration firstBackoff,
        double toleratedFailureShare,
        Duration stopTimeout,
        Duration callTimeout,
        Duration stallWarning,
        double leastYield) {

    /** How many requests of one difficulty {@link #leastYield()} looks back over. */
    public static final int YIELD_REQUESTS = 200;

    /** @throws LoopConfigException naming every setting that is out of range */
    public LoopConfig {
        Objects.requireNonNull(hardRule, "hardRule");
        Objects.requireNonNull(judging, "judging");
        Objects.requireNonNull(preferences, "preferences");
        List<String> faults = new ArrayList<>();
        require(iterations >= 0, "iterations must be 0 or more", iterations, faults);
        require(maxRougeL >= 0 && maxRougeL <= 1, "maxRougeL must be from 0 to 1", maxRougeL, faults);
        require(generatedPerIteration >= 1, "generatedPerIteration must be 1 or more", generatedPerIteration, faults);
        require(hardShare >= 0 && hardShare <= 1, "hardShare must be from 0 to 1", hardShare, faults);
        require(
                maxRequestsPerInstruction >= 1,
                "maxRequestsPerInstruction must be 1 or more",
                maxRequestsPerInstruction,
                faults);
        require(maxConcurrentCalls >= 1, "maxConcurrentCalls must be 1 or more", maxConcurrentCalls, faults);
        require(studentBatch >= 1, "studentBatch must be 1 or more", studentBatch, faults);
        require(maxAttempts >= 1, "maxAttempts must be 1 or more", maxAttempts, faults);
        require(!firstBackoff.isNegative(), "firstBackoff must not be negative", firstBackoff, faults);
        require(
                toleratedFailureShare >= 0 && toleratedFailureShare <= 1,
                "toleratedFailureShare must be from 0 to 1",
                toleratedFailureShare,
                faults);
        require(!stopTimeout.isNegative(), "stopTimeout must not be negative", stopTimeout, faults);
        require(isPositive(callTimeout), "callTimeout must be above 0", callTimeout, faults);
        require(isPositive(stallWarning), "stallWarning must be above 0", stallWarning, faults);
        require(leastYield >= 0 && leastYield <= 1, "leastYield must be from 0 to 1", leastYield, faults);
        if (!faults.isEmpty()) {
            throw new LoopConfigException(faults);
        }
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    private static void require(boolean condition, String rule, Object value, List<String> faults) {
        if (!condition) {
            faults.add(rule + ", but is " + value);
        }
    }

    /** The paper's settings, with seed 0. */
    public static LoopConfig defaults() {
        return builder().build();
    }

    /** A builder that starts from {@link #defaults()}. */
    public static Builder builder() {
        return new Builder();
    }

    /** Instructions to accept from hard parents in each iteration. */
    int hardQuota() {
        return (int) Math.round(generatedPerIteration * hardShare);
    }

    /** What decides the result of a run. How fast and how patiently it is computed may change while it goes on. */
    Map<String, String> decisive() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("hardRule", hardRule.description());
        settings.putAll(judging.settings());
        settings.put("maxRougeL", Double.toString(maxRougeL));
        settings.put("generatedPerIteration", Integer.toString(generatedPerIteration));
        settings.put("hardShare", Double.toString(hardShare));
        settings.put("trainPoolRule", trainPoolRule.description());
        settings.put("studentStart", studentStart.description());
        preferences.ifPresent(rule -> settings.put("preferences", rule.description()));
        settings.put("parentRule", parentRule.description());
        settings.put("keepRule", keepRule.description());
        settings.put("maxRequestsPerInstruction", Integer.toString(maxRequestsPerInstruction));
        settings.put("leastYield", Double.toString(leastYield));
        return settings;
    }

    /** Collects the settings of a {@link LoopConfig}; each method documents itself there. */
    public static final class Builder {
        private int iterations = 3;
        private HardRule hardRule = HardRule.gap(1.0);
        private Judging judging = Judging.paper();
        private double maxRougeL = 0.7;
        private int generatedPerIteration = 6000;
        private double hardShare = 0.5;
        private TrainPoolRule trainPoolRule = TrainPoolRule.replace();
        private StudentStart studentStart = StudentStart.present();
        private Optional<PreferenceRule> preferences = Optional.empty();
        private ParentRule parentRule = ParentRule.uniform();
        private KeepRule keepRule = KeepRule.latest();
        private StopRule stopRule = StopRule.never();
        private int maxRequestsPerInstruction = 10;
        private long seed;
        private int maxConcurrentCalls = 16;
        private int studentBatch = 64;
        private int maxAttempts = 3;
        private Duration firstBackoff = Duration.ofSeconds(1);
        private double toleratedFailureShare = 0.05;
        private Duration stopTimeout = Duration.ofSeconds(30);
        private Duration callTimeout = Duration.ofMinutes(10);
        private Duration stallWarning = Duration.ofMinutes(1);
        private double leastYield = 0.02;

        private Builder() {}

        /** See {@link LoopConfig#iterations()}. */
        public Builder iterations(int value) {
            iterations = value;
            return this;
        }

        /** See {@link LoopConfig#hardRule()}. */
        public Builder hardRule(HardRule value) {
            hardRule = value;
            return this;
        }

        /** See {@link LoopConfig#judging()}. */
        public Builder judging(Judging value) {
            judging = value;
            return this;
        }

        /** See {@link LoopConfig#maxRougeL()}. */
        public Builder maxRougeL(double value) {
            maxRougeL = value;
            return this;
        }

        /** See {@link LoopConfig#generatedPerIteration()}. */
        public Builder generatedPerIteration(int value) {
            generatedPerIteration = value;
            return this;
        }

        /** See {@link LoopConfig#hardShare()}. */
        public Builder hardShare(double value) {
            hardShare = value;
            return this;
        }

        /** See {@link LoopConfig#trainPoolRule()}. */
        public Builder trainPoolRule(TrainPoolRule value) {
            trainPoolRule = value;
            return this;
        }

        /** See {@link LoopConfig#studentStart()}. */
        public Builder studentStart(StudentStart value) {
            studentStart = value;
            return this;
        }

        /** See {@link LoopConfig#preferences()}. */
        public Builder preferences(PreferenceRule value) {
            preferences = Optional.of(value);
            return this;
        }

        /** See {@link LoopConfig#parentRule()}. */
        public Builder parentRule(ParentRule value) {
            parentRule = value;
            return this;
        }

        /** See {@link LoopConfig#keepRule()}. */
        public Builder keepRule(KeepRule value) {
            keepRule = value;
            return this;
        }

        /** See {@link LoopConfig#stopRule()}. */
        public Builder stopRule(StopRule value) {
            stopRule = value;
            return this;
        }

        /** See {@link LoopConfig#maxRequestsPerInstruction()}. */
        public Builder maxRequestsPerInstruction(int value) {
            maxRequestsPerInstruction = value;
            return this;
        }

        /** See {@link LoopConfig#seed()}. */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /** See {@link LoopConfig#maxConcurrentCalls()}. */
        public Builder maxConcurrentCalls(int value) {
            maxConcurrentCalls = value;
            return this;
        }

        /** See {@link LoopConfig#studentBatch()}. */
        public Builder studentBatch(int value) {
            studentBatch = value;
            return this;
        }

        /** See {@link LoopConfig#maxAttempts()}. */
        public Builder maxAttempts(int value) {
            maxAttempts = value;
            return this;
        }

        /** See {@link LoopConfig#firstBackoff()}. */
        public Builder firstBackoff(Duration value) {
            firstBackoff = value;
            return this;
        }

        /** See {@link LoopConfig#toleratedFailureShare()}. */
        public Builder toleratedFailureShare(double value) {
            toleratedFailureShare = value;
            return this;
        }

        /** See {@link LoopConfig#stopTimeout()}. */
        public Builder stopTimeout(Duration value) {
            stopTimeout = value;
            return this;
        }

        /** See {@link LoopConfig#callTimeout()}. */
        public Builder callTimeout(Duration value) {
            callTimeout = value;
            return this;
        }

        /** See {@link LoopConfig#stallWarning()}. */
        public Builder stallWarning(Duration value) {
            stallWarning = value;
            return this;
        }

        /** See {@link LoopConfig#leastYield()}. */
        public Builder leastYield(double value) {
            leastYield = value;
            return this;
        }

        /**
         * The settings.
         *
         * @throws LoopConfigException naming every setting that is out of range
         */
        public LoopConfig build() {
            return new LoopConfig(
                    iterations,
                    hardRule,
                    judging,
                    maxRougeL,
                    generatedPerIteration,
                    hardShare,
                    trainPoolRule,
                    studentStart,
                    preferences,
                    parentRule,
                    keepRule,
                    stopRule,
                    maxRequestsPerInstruction,
                    seed,
                    maxConcurrentCalls,
                    studentBatch,
                    maxAttempts,
                    firstBackoff,
                    toleratedFailureShare,
                    stopTimeout,
                    callTimeout,
                    stallWarning,
                    leastYield);
        }
    }
}
