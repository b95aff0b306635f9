package dev.lion.student.cascade;

import dev.lion.cost.Price;
import dev.lion.data.Money;
import dev.lion.data.TokenUsage;
import java.util.Objects;

/**
 * What a cascade did since it was made, at one moment. Tokens are as each model counts its own.
 *
 * @param byStudent requests that the student answered as it was sure
 * @param byTeacher requests that the teacher answered
 * @param fallbacks requests that the student answered as the teacher failed
 * @param failures requests that nobody answered
 * @param studentTokens what the student read and wrote, answers that were not used among them
 * @param teacherTokens what the teacher read and wrote; unknown once it did not say
 * @param sparedTokens what the student read and wrote where it was sure: about what the teacher was spared
 */
public record CascadeCounts(
        long byStudent,
        long byTeacher,
        long fallbacks,
        long failures,
        TokenUsage studentTokens,
        TokenUsage teacherTokens,
        TokenUsage sparedTokens) {
    static final CascadeCounts NONE = new CascadeCounts(0, 0, 0, 0, TokenUsage.FREE, TokenUsage.FREE, TokenUsage.FREE);

    public CascadeCounts {
        Objects.requireNonNull(studentTokens, "studentTokens");
        Objects.requireNonNull(teacherTokens, "teacherTokens");
        Objects.requireNonNull(sparedTokens, "sparedTokens");
    }

    /** All requests that ended. */
    public long requests() {
        return byStudent + byTeacher + fallbacks + failures;
    }

    /** The share of requests that the student answered as it was sure, 0 before the first. */
    public double localShare() {
        return requests() == 0 ? 0 : (double) byStudent / requests();
    }

    /** What the teacher's answers cost, as far as it said how many tokens they took. */
    public Money spent(Price teacher) {
        return teacher.of(teacherTokens);
    }

    /**
     * About what the student's answers would have cost of the teacher. An estimate: the student's tokenizer cuts texts
     * otherwise than the teacher's, and the teacher's answers would have had other lengths.
     */
    public Money saved(Price teacher) {
        return teacher.of(sparedTokens);
    }

    /** After the student was asked. */
    CascadeCounts plusStudent(TokenUsage tokens) {
        return new CascadeCounts(
                byStudent, byTeacher, fallbacks, failures, studentTokens.plus(tokens), teacherTokens, sparedTokens);
    }

    /** After the student's answer was given as it was sure. */
    CascadeCounts plusLocal(TokenUsage tokens) {
        return new CascadeCounts(
                byStudent + 1, byTeacher, fallbacks, failures, studentTokens, teacherTokens, sparedTokens.plus(tokens));
    }

    /** After the teacher's answer was given. */
    CascadeCounts plusTeacher(TokenUsage tokens) {
        return new CascadeCounts(
                byStudent, byTeacher + 1, fallbacks, failures, studentTokens, teacherTokens.plus(tokens), sparedTokens);
    }

    /** After the student's answer was given as the teacher failed. */
    CascadeCounts plusFallback() {
        return new CascadeCounts(
                byStudent, byTeacher, fallbacks + 1, failures, studentTokens, teacherTokens, sparedTokens);
    }

    /** After no answer was given. */
    CascadeCounts plusFailure() {
        return new CascadeCounts(
                byStudent, byTeacher, fallbacks, failures + 1, studentTokens, teacherTokens, sparedTokens);
    }
}
