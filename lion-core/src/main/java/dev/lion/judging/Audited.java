package dev.lion.judging;

import dev.lion.data.AnswerOrder;
import java.util.OptionalDouble;

/** An instruction of the audit with both verdicts, and what becomes of them. */
record Audited(int position, double teacherFirst, double studentFirst, OptionalDouble gap, boolean hard) {
    static Audited of(int position, double teacherFirst, double studentFirst, Aggregation aggregation, GapRange range) {
        OptionalDouble gap = aggregation.gap(teacherFirst, studentFirst);
        boolean hard = gap.isPresent() && range.contains(gap.getAsDouble());
        return new Audited(position, teacherFirst, studentFirst, gap, hard);
    }

    double in(AnswerOrder order) {
        return order == AnswerOrder.TEACHER_FIRST ? teacherFirst : studentFirst;
    }
}
