package dev.lion.judging;

import java.util.OptionalDouble;

/**
 * How the advantage of the teacher (its score minus the student's) in the two orders becomes one gap; {@link #MEAN} by
 * default, the paper's.
 */
public enum Aggregation {
    /** The mean of both (paper, section 3.2). */
    MEAN("mean") {
        @Override
        public OptionalDouble gap(double teacherFirst, double studentFirst) {
            return OptionalDouble.of((teacherFirst + studentFirst) / 2);
        }
    },
    /** The mean when the same answer is better in both orders, else a tie: 0. */
    AGREE_OR_TIE("agree-or-tie") {
        @Override
        public OptionalDouble gap(double teacherFirst, double studentFirst) {
            return OptionalDouble.of(conflict(teacherFirst, studentFirst) ? 0 : (teacherFirst + studentFirst) / 2);
        }
    },
    /** The mean, unless the two orders name different winners: then the instruction is in neither part. */
    DISCARD_IF_FLIPPED("discard-if-flipped") {
        @Override
        public OptionalDouble gap(double teacherFirst, double studentFirst) {
            return flip(teacherFirst, studentFirst)
                    ? OptionalDouble.empty()
                    : OptionalDouble.of((teacherFirst + studentFirst) / 2);
        }
    },
    /**
     * What the referee says when the teacher's answer is shown first, whatever it says of the other order: shows what a
     * referee that is always asked in one order would do to a run.
     */
    TEACHER_FIRST("teacher-first") {
        @Override
        public OptionalDouble gap(double teacherFirst, double studentFirst) {
            return OptionalDouble.of(teacherFirst);
        }
    };

    private final String text;

    Aggregation(String text) {
        this.text = text;
    }

    /** The gap; empty when the two are not taken as one. */
    public abstract OptionalDouble gap(double teacherFirst, double studentFirst);

    /**
     * Whether the outcome (better, tie, worse) changes with the order: the "conflict" of arXiv 2305.17926. A tie in one
     * order and a winner in the other is a conflict.
     */
    public static boolean conflict(double teacherFirst, double studentFirst) {
        return Math.signum(teacherFirst) != Math.signum(studentFirst);
    }

    /** Whether the winner changes with the order: one order prefers the teacher, the other the student, none is a tie. */
    public static boolean flip(double teacherFirst, double studentFirst) {
        return teacherFirst * studentFirst < 0;
    }

    @Override
    public String toString() {
        return text;
    }
}
