package dev.lion.testing;

import dev.lion.data.FinishReason;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.data.Verdict;
import dev.lion.role.Comparison;
import dev.lion.role.GenerationRequest;
import dev.lion.role.GenerationResponse;
import dev.lion.role.Generator;
import dev.lion.role.Referee;
import dev.lion.role.RetryableRoleException;
import dev.lion.role.Teacher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/**
 * Teacher, referee and generator whose every answer follows from the question alone, however often and in whatever order
 * they are asked, from any threads. They note what they were asked, and can be made to take time, to fail now and then, or to
 * break down at some call.
 *
 * <p>Some answers are cut, some verdicts missing, some proposals unfit, so that every path of the loop is taken: with a
 * student, a novelty index or a listener of one's own, whole runs can be tried in milliseconds.
 *
 * <pre>{@code
 * var roles = ScriptedRoles.builder().failingOnceEvery(5).build();
 * var loop = AdversarialLoop.builder().teacher(roles.teacher()).referee(roles.referee()).generator(roles.generator())
 *         .student(student).config(config).build();
 * }</pre>
 */
public final class ScriptedRoles {
    private final List<String> served = Collections.synchronizedList(new ArrayList<>());
    private final long longestPauseMillis;
    private final int breakDownAt;
    private final int failOnceEvery;
    private int calls;

    private ScriptedRoles(Builder builder) {
        this.longestPauseMillis = builder.longestPause.toMillis();
        this.breakDownAt = builder.breakDownAt;
        this.failOnceEvery = builder.failOnceEvery;
    }

    /** Roles that answer at once, never fail and never break down, unless the builder is told otherwise. */
    public static Builder builder() {
        return new Builder();
    }

    /** Roles that answer at once. */
    public static ScriptedRoles prompt() {
        return builder().build();
    }

    /** Roles that take up to this long for an answer, differently each time. */
    public static ScriptedRoles slow(int longestPauseMillis) {
        return builder().longestPause(Duration.ofMillis(longestPauseMillis)).build();
    }

    /** Roles that break down with an {@link InjectedFault} at their n-th call, counted from 1 over all roles. */
    public static ScriptedRoles breakingDownAt(int call) {
        return builder().breakingDownAt(call).build();
    }

    /** How the roles behave. For one thread. */
    public static final class Builder {
        private Duration longestPause = Duration.ZERO;
        private int breakDownAt = Integer.MAX_VALUE;
        private int failOnceEvery = Integer.MAX_VALUE;

        private Builder() {}

        /** A call takes up to this long, differently each time; no time by default. An interrupt ends it. */
        public Builder longestPause(Duration value) {
            longestPause = value;
            return this;
        }

        /** The n-th call, counted from 1 over all roles, and all after it end in {@link InjectedFault}; never by default. */
        public Builder breakingDownAt(int call) {
            breakDownAt = positive(call);
            return this;
        }

        /**
         * Every n-th call, counted over all roles, ends in a {@link RetryableRoleException}; none by default. From 2 on, the
         * next attempt of a loop without concurrent calls succeeds.
         */
        public Builder failingOnceEvery(int calls) {
            failOnceEvery = positive(calls);
            return this;
        }

        private static int positive(int call) {
            if (call < 1) {
                throw new IllegalArgumentException("calls are counted from 1, but this is " + call);
            }
            return call;
        }

        /** The roles. */
        public ScriptedRoles build() {
            return new ScriptedRoles(this);
        }
    }

    /** The process dies, as far as a test can have it. */
    public static final class InjectedFault extends Error {
        private static final long serialVersionUID = 1L;
    }

    /**
     * The questions that were answered with something to keep, in the order of the calls: that none of them is twice in the
     * list says that nothing was paid for twice.
     */
    public List<String> served() {
        return List.copyOf(served);
    }

    /** Answers, one in nine cut by length. */
    public Teacher teacher() {
        return instruction -> {
            enter();
            boolean cut = hash(instruction.id()) % 9 == 0;
            served.add("teacher " + instruction.id());
            return new Response(
                    "teacher on " + instruction.fullText(),
                    cut ? FinishReason.LENGTH : FinishReason.STOP,
                    new TokenUsage(7, 11));
        };
    }

    /** Scores in steps of one half; one comparison in eleven gets no verdict. */
    public Referee referee() {
        return this::judge;
    }

    private Verdict judge(Comparison comparison) throws InterruptedException {
        enter();
        String question = comparison.instruction().id() + " "
                + comparison.first().text() + " " + comparison.second().text();
        long hash = hash(question);
        if (hash % 11 == 0) {
            return Verdict.abstain("no scores found");
        }
        served.add("referee " + question);
        return new Verdict.Scored(1 + hash % 19 / 2.0, 1 + hash / 19 % 19 / 2.0, "because ü", new TokenUsage(5, 3));
    }

    /** None, one or two proposals; some break a rule or come near others. Where there is none, one was held back. */
    public Generator generator() {
        return this::generate;
    }

    private GenerationResponse generate(GenerationRequest request) throws InterruptedException {
        enter();
        served.add("generator " + request.difficulty() + " " + request.iteration() + " " + request.randomSeed());
        Random random = new Random(request.randomSeed());
        return switch (random.nextInt(8)) {
            case 0 -> new GenerationResponse(List.of(), TokenUsage.NONE, Map.of(GenerationResponse.CUT_BY_LENGTH, 1));
            case 1 -> GenerationResponse.of(request.parent());
            case 2 -> GenerationResponse.of(Instruction.of("- begins with a dash"), Instruction.of(words(random)));
            case 3 ->
                GenerationResponse.of(Instruction.of(words(random), "with an input"), Instruction.of(words(random)));
            default -> GenerationResponse.of(Instruction.of(words(random)));
        };
    }

    private static String words(Random random) {
        return random.ints(8, 0, 60).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));
    }

    private void enter() throws InterruptedException {
        synchronized (this) {
            calls++;
            if (calls >= breakDownAt) {
                throw new InjectedFault();
            }
            if (calls % failOnceEvery == 0) {
                throw new RetryableRoleException("call " + calls + " fails, as scripted; another attempt may succeed");
            }
        }
        if (longestPauseMillis > 0) {
            Thread.sleep(ThreadLocalRandom.current().nextLong(longestPauseMillis + 1));
        }
    }

    private static long hash(String text) {
        return Integer.toUnsignedLong(text.hashCode() * 0x9E3779B9) >>> 3;
    }
}
