package dev.lion.examples.bench;

import dev.lion.data.FinishReason;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.data.Verdict;
import dev.lion.role.Comparison;
import dev.lion.role.GenerationResponse;
import dev.lion.role.Generator;
import dev.lion.role.Referee;
import dev.lion.role.Teacher;
import java.time.Duration;
import java.util.Random;

/**
 * Teacher, referee and generator that know their answers beforehand and take a given time to give them. Each answer is a
 * text of its own, as a real one would be.
 */
final class SimulatedRoles {
    private static final int SCORES = 10;
    private static final String MARK = "On ";
    private static final String FILLER = "All of this follows from what was said before. ";

    private final Duration latency;
    private final String answer;
    private final String evidence;

    /**
     * @param latency how long each call takes; nothing is waited for when it is zero
     * @param answerLength length of the teacher's answers in characters; the referee's evidence is a quarter as long
     */
    SimulatedRoles(Duration latency, int answerLength) {
        this.latency = latency;
        this.answer = FILLER.repeat(answerLength / FILLER.length() + 1).substring(0, answerLength);
        this.evidence = answer.substring(0, answerLength / 4);
    }

    /** Names the instruction, then says the same to all. */
    Teacher teacher() {
        return instruction -> {
            pause(latency);
            TokenUsage usage = new TokenUsage(20, answer.length() / 4);
            return new Response(MARK + instruction.id() + ". " + answer, FinishReason.STOP, usage);
        };
    }

    /** Half of the instructions are hard, whoever is shown first. */
    Referee referee() {
        return comparison -> {
            pause(latency);
            return verdict(comparison);
        };
    }

    private Verdict verdict(Comparison comparison) {
        boolean hard = comparison.instruction().id().hashCode() % 2 == 0;
        double teacher = hard ? SCORES - 1 : SCORES / 2;
        double student = SCORES / 2;
        TokenUsage usage = new TokenUsage(400, evidence.length() / 4);
        String reasons = comparison.instruction().id() + ": " + evidence;
        return comparison.first().text().startsWith(MARK)
                ? new Verdict.Scored(teacher, student, reasons, usage)
                : new Verdict.Scored(student, teacher, reasons, usage);
    }

    /** A new instruction for every request. */
    Generator generator() {
        return request -> {
            pause(latency);
            return GenerationResponse.of(InventedText.instruction(new Random(request.randomSeed())));
        };
    }

    static void pause(Duration duration) throws InterruptedException {
        if (!duration.isZero()) {
            Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000);
        }
    }
}
