package dev.lion.data;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * The referee's verdicts on one instruction, the order of the answers exchanged between them (paper, section 3.2), and what
 * was made of them.
 *
 * <p>A verdict that is not there was not asked for. One that was asked for and is missing is an abstention.
 *
 * @param instructionId the instruction that was answered
 * @param teacherFirst the verdict with the teacher's answer shown first; empty when it was not asked for
 * @param studentFirst the verdict with the student's answer shown first; empty when it was not asked for
 * @param finding gap and difficulty; empty when a verdict is missing, or when the two were not taken as one
 */
public record Judgement(
        String instructionId,
        Optional<Verdict> teacherFirst,
        Optional<Verdict> studentFirst,
        Optional<Finding> finding) {
    public Judgement {
        Objects.requireNonNull(instructionId, "instructionId");
        Objects.requireNonNull(teacherFirst, "teacherFirst");
        Objects.requireNonNull(studentFirst, "studentFirst");
        Objects.requireNonNull(finding, "finding");
    }

    /** The gap that was found, from −9 to 9. */
    public OptionalDouble gap() {
        return finding.map(found -> OptionalDouble.of(found.gap())).orElseGet(OptionalDouble::empty);
    }

    /** The teacher's mean score over both orders, from 1 to 10; empty unless both verdicts are there. */
    public OptionalDouble teacherScore() {
        return mean(Verdict.Scored::first, Verdict.Scored::second);
    }

    /** The student's mean score over both orders, from 1 to 10; empty unless both verdicts are there. */
    public OptionalDouble studentScore() {
        return mean(Verdict.Scored::second, Verdict.Scored::first);
    }

    private OptionalDouble mean(
            ToDoubleFunction<Verdict.Scored> teacherFirstScore, ToDoubleFunction<Verdict.Scored> studentFirstScore) {
        return scored(AnswerOrder.TEACHER_FIRST)
                .flatMap(a -> scored(AnswerOrder.STUDENT_FIRST)
                        .map(b -> (teacherFirstScore.applyAsDouble(a) + studentFirstScore.applyAsDouble(b)) / 2))
                .map(OptionalDouble::of)
                .orElseGet(OptionalDouble::empty);
    }

    /** The scores of one order; empty when it was not asked for, or the verdict is missing. */
    public Optional<Verdict.Scored> scored(AnswerOrder order) {
        return (order == AnswerOrder.TEACHER_FIRST ? teacherFirst : studentFirst)
                .filter(Verdict.Scored.class::isInstance)
                .map(Verdict.Scored.class::cast);
    }
}
