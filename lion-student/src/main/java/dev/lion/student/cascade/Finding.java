package dev.lion.student.cascade;

/** What a calibration found. */
public enum Finding {
    /** There is a threshold that keeps the wanted quality. */
    REACHED,
    /** The student's most confident answers already cost more quality than may be lost, or may do so. */
    NOT_REACHED,
    /** There are too few verdicts to show the wanted quality even of faultless answers. */
    TOO_FEW_VERDICTS,
    /** The teacher's own answers are not worth what is wanted. */
    TEACHER_FALLS_SHORT
}
