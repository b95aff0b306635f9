package dev.lion.judging;

import dev.lion.data.AnswerOrder;
import java.util.BitSet;
import java.util.stream.IntStream;

/** Instructions, by their position in the {@link Docket}, and the orders in which the referee is asked about them. */
public final class Questions {
    private final BitSet teacherFirst = new BitSet();
    private final BitSet studentFirst = new BitSet();

    Questions() {}

    static Questions inBothOrders(int instructions) {
        Questions all = new Questions();
        all.teacherFirst.set(0, instructions);
        all.studentFirst.set(0, instructions);
        return all;
    }

    void add(int position, AnswerOrder order) {
        in(order).set(position);
    }

    void addBoth(int position) {
        teacherFirst.set(position);
        studentFirst.set(position);
    }

    void addAll(Questions more) {
        teacherFirst.or(more.teacherFirst);
        studentFirst.or(more.studentFirst);
    }

    private BitSet in(AnswerOrder order) {
        return order == AnswerOrder.TEACHER_FIRST ? teacherFirst : studentFirst;
    }

    /** Whether the referee is asked about an instruction in this order. */
    public boolean contains(int position, AnswerOrder order) {
        return in(order).get(position);
    }

    boolean containsBoth(int position) {
        return teacherFirst.get(position) && studentFirst.get(position);
    }

    /** The positions of the instructions, ascending. */
    public IntStream positions() {
        BitSet any = (BitSet) teacherFirst.clone();
        any.or(studentFirst);
        return any.stream();
    }

    /** How many questions there are: two for an instruction in both orders. */
    public int size() {
        return teacherFirst.cardinality() + studentFirst.cardinality();
    }

    @Override
    public String toString() {
        return size() + " questions";
    }
}
