package dev.lion.data;

/** Whose answer the referee is shown first. */
public enum AnswerOrder {
    /** The teacher's answer comes first. */
    TEACHER_FIRST,
    /** The student's answer comes first. */
    STUDENT_FIRST;

    /** The exchanged order. */
    public AnswerOrder exchanged() {
        return this == TEACHER_FIRST ? STUDENT_FIRST : TEACHER_FIRST;
    }
}
