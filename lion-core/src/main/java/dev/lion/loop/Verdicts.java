package dev.lion.loop;

import com.google.common.collect.Lists;
import com.google.common.primitives.Ints;
import dev.lion.data.AnswerOrder;
import dev.lion.data.Instruction;
import dev.lion.data.Judgement;
import dev.lion.data.Verdict;
import dev.lion.judging.Assessment;
import dev.lion.judging.Questions;
import dev.lion.run.Journal;
import dev.lion.run.OrderedVerdict;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * The verdicts of one discrimination by the instructions' positions, kept before they are used. The scores are in memory,
 * the referee's words stay in the journal. For any thread.
 */
final class Verdicts {
    private final Sitting sitting;
    private final Journal<OrderedVerdict> journal;
    private final List<Instruction> instructions;
    private final OrderedScores teacherFirst;
    private final OrderedScores studentFirst;
    private final BitSet done = new BitSet();
    private Optional<Questions> round = Optional.empty();

    Verdicts(Sitting sitting, Journal<OrderedVerdict> journal, List<Instruction> instructions) {
        this.sitting = sitting;
        this.journal = journal;
        this.instructions = instructions;
        this.teacherFirst = new OrderedScores(instructions.size());
        this.studentFirst = new OrderedScores(instructions.size());
        Positions positions = new Positions(instructions);
        journal.recovered((verdict, start) -> positions
                .of(verdict.instructionId())
                .ifPresent(position -> in(verdict.order()).put(position, verdict.verdict(), start)));
    }

    /** These questions are asked next; what is known already is done. */
    synchronized void begin(Questions questions) {
        round = Optional.of(questions);
        questions.positions().forEach(this::noteIfDone);
    }

    synchronized boolean contains(int position, AnswerOrder order) {
        return in(order).contains(position);
    }

    void add(int position, AnswerOrder order, Verdict verdict) {
        long start =
                journal.append(new OrderedVerdict(instructions.get(position).id(), order, verdict));
        synchronized (this) {
            in(order).put(position, verdict, start);
            noteIfDone(position);
        }
    }

    /** Waits until what was added survives a power failure. */
    void force() {
        journal.force();
    }

    /** Notes that there is no verdict. It is not kept: a resumed run asks again. */
    synchronized void missing(int position, AnswerOrder order, String reason) {
        in(order).putMissing(position, reason);
        noteIfDone(position);
    }

    private void noteIfDone(int position) {
        boolean open = done.get(position)
                || isAwaited(position, AnswerOrder.TEACHER_FIRST)
                || isAwaited(position, AnswerOrder.STUDENT_FIRST);
        if (!open) {
            done.set(position);
            sitting.itemDone();
        }
    }

    private boolean isAwaited(int position, AnswerOrder order) {
        return round.filter(questions -> questions.contains(position, order)).isPresent()
                && !in(order).contains(position);
    }

    private OrderedScores in(AnswerOrder order) {
        return order == AnswerOrder.TEACHER_FIRST ? teacherFirst : studentFirst;
    }

    /** The teacher's score minus the student's; empty when the verdict is missing. */
    synchronized OptionalDouble advantage(int position, AnswerOrder order) {
        OptionalDouble difference = in(order).difference(position);
        return order == AnswerOrder.TEACHER_FIRST || difference.isEmpty()
                ? difference
                : OptionalDouble.of(-difference.getAsDouble());
    }

    /** What was asked and found, in the instructions' order; each judgement is read from disk when it is looked at. */
    List<Judgement> judgements(int[] positions, Assessment assessment) {
        return Lists.transform(
                Ints.asList(positions),
                position -> judgement(position, assessment, order -> in(order).verdict(position, journal)));
    }

    /** The same without the referee's words, from memory. */
    List<Judgement> scored(int[] positions, Assessment assessment) {
        return Lists.transform(
                Ints.asList(positions),
                position -> judgement(position, assessment, order -> in(order).scores(position)));
    }

    private synchronized Judgement judgement(
            int position, Assessment assessment, Function<AnswerOrder, Optional<Verdict>> verdict) {
        return new Judgement(
                instructions.get(position).id(),
                verdict.apply(AnswerOrder.TEACHER_FIRST)
                        .filter(it -> assessment.wasAsked(position, AnswerOrder.TEACHER_FIRST)),
                verdict.apply(AnswerOrder.STUDENT_FIRST)
                        .filter(it -> assessment.wasAsked(position, AnswerOrder.STUDENT_FIRST)),
                assessment.finding(position));
    }
}
