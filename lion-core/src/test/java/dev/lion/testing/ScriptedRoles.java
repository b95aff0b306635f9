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
import dev.lion.role.Teacher;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/**
 * Teacher, referee and generator whose every answer follows from the question alone, however often and in whatever order
 * they are asked. They note what they were asked, and can be made to take time or to break down at some call.
 *
 * <p>Some answers are cut, some verdicts missing, some proposals unfit, so that every path of the loop is taken.
 */
public final class ScriptedRoles {
    private final List<String> served = Collections.synchronizedList(new ArrayList<>());
    private final int longestPauseMillis;
    private final int breakDownAt;
    private int calls;

    private ScriptedRoles(int longestPauseMillis, int breakDownAt) {
        this.longestPauseMillis = longestPauseMillis;
        this.breakDownAt = breakDownAt;
    }

    /** Roles that answer at once. */
    public static ScriptedRoles prompt() {
        return new ScriptedRoles(0, Integer.MAX_VALUE);
    }

    /** Roles that take up to this long for an answer, differently each time. */
    public static ScriptedRoles slow(int longestPauseMillis) {
        return new ScriptedRoles(longestPauseMillis, Integer.MAX_VALUE);
    }

    /** Roles that break down with an {@link InjectedFault} at their n-th call, counted from 1 over all roles. */
    public static ScriptedRoles breakingDownAt(int call) {
        return new ScriptedRoles(0, call);
    }

    /** The process dies, as far as a test can have it. */
    public static final class InjectedFault extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** The questions that were answered with something to keep. */
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
                    "teacher on " + instruction.text(),
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

    /** None, one or two proposals; some break a rule or come near others. */
    public Generator generator() {
        return this::generate;
    }

    private GenerationResponse generate(GenerationRequest request) throws InterruptedException {
        enter();
        served.add("generator " + request.difficulty() + " " + request.iteration() + " " + request.randomSeed());
        Random random = new Random(request.randomSeed());
        return switch (random.nextInt(8)) {
            case 0 -> GenerationResponse.of();
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
        }
        if (longestPauseMillis > 0) {
            Thread.sleep(ThreadLocalRandom.current().nextInt(longestPauseMillis + 1));
        }
    }

    private static long hash(String text) {
        return Integer.toUnsignedLong(text.hashCode() * 0x9E3779B9) >>> 3;
    }
}
