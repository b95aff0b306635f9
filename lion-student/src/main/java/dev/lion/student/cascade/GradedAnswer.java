package dev.lion.student.cascade;

import dev.lion.data.TokenUsage;
import dev.lion.data.Verdict;
import java.util.Objects;

/**
 * An instruction that student and teacher answered and a referee judged: what a threshold is chosen on.
 *
 * @param confidence the student's in its own answer, from 0 to 1
 * @param student the score of the student's answer, from 1 to 10
 * @param teacher the score of the teacher's answer, from 1 to 10
 * @param teacherUsage the tokens that the teacher's answer took, {@link TokenUsage#NONE} when unknown; for the money alone
 */
public record GradedAnswer(double confidence, double student, double teacher, TokenUsage teacherUsage) {
    public GradedAnswer {
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("a confidence must be from 0 to 1, but is " + confidence);
        }
        requireScore("student", student);
        requireScore("teacher", teacher);
        Objects.requireNonNull(teacherUsage, "teacherUsage");
    }

    private static void requireScore(String whose, double score) {
        if (!(score >= Verdict.MIN_SCORE && score <= Verdict.MAX_SCORE)) {
            throw new IllegalArgumentException("the " + whose + "'s score must be from 1 to 10, but is " + score);
        }
    }
}
