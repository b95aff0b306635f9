package dev.lion.data;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * The referee's two verdicts on one instruction, the order of the answers exchanged between them (paper, section 3.2).
 * Scores are means over both orders; when either verdict is missing, so are the scores.
 *
 * @param instructionId the instruction that was answered
 * @param teacherFirst the verdict with the teacher's answer shown first
 * @param studentFirst the verdict with the student's answer shown first
 */
public record Judgement(String instructionId, Verdict teacherFirst, Verdict studentFirst) {
    public Judgement {
        Objects.requireNonNull(instructionId, "instructionId");
        Objects.requireNonNull(teacherFirst, "teacherFirst");
        Objects.requireNonNull(studentFirst, "studentFirst");
    }

    /** The teacher's mean score, from 1 to 10. */
    public OptionalDouble teacherScore() {
        return teacherFirst instanceof Verdict.Scored a && studentFirst instanceof Verdict.Scored b
                ? OptionalDouble.of((a.first() + b.second()) / 2)
                : OptionalDouble.empty();
    }

    /** The student's mean score, from 1 to 10. */
    public OptionalDouble studentScore() {
        return teacherFirst instanceof Verdict.Scored a && studentFirst instanceof Verdict.Scored b
                ? OptionalDouble.of((a.second() + b.first()) / 2)
                : OptionalDouble.empty();
    }

    /** d = teacher − student (paper, equation 2), from −9 to 9. */
    public OptionalDouble gap() {
        OptionalDouble teacher = teacherScore();
        OptionalDouble student = studentScore();
        return teacher.isPresent() && student.isPresent()
                ? OptionalDouble.of(teacher.getAsDouble() - student.getAsDouble())
                : OptionalDouble.empty();
    }
}
