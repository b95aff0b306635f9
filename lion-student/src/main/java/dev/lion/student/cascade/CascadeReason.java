package dev.lion.student.cascade;

/** Why an answer of a cascade is by whom it is. */
public enum CascadeReason {
    /** The student's: its confidence reached the threshold. */
    CONFIDENT,
    /** The teacher's: the student's confidence did not reach the threshold. */
    UNSURE,
    /** The teacher's: the student's answer was cut off at its limit, or has no words. */
    UNFINISHED,
    /** The teacher's: the student could not be asked, as with tools, images or a prompt that is too long for it. */
    STUDENT_REFUSED,
    /** The student's, unsure or unfinished as it is: the teacher should have answered, and failed. */
    TEACHER_FAILED
}
