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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The verdicts of one discrimination by the instructions' positions, kept before they are used. For any thread. */
final class Verdicts {
    private final Sitting sitting;
    private final Journal<OrderedVerdict> journal;
    private final List<Instruction> instructions;
    private final Verdict[] teacherFirst;
    private final Verdict[] studentFirst;
    private final BitSet done = new BitSet();
    private Optional<Questions> round = Optional.empty();

    Verdicts(Sitting sitting, Journal<OrderedVerdict> journal, List<Instruction> instructions) {
        this.sitting = sitting;
        this.journal = journal;
        this.instructions = instructions;
        this.teacherFirst = new Verdict[instructions.size()];
        this.studentFirst = new Verdict[instructions.size()];
        recover();
    }

    private void recover() {
        if (journal.recovered().isEmpty()) {
            return;
        }
        Map<String, Integer> positions = new HashMap<>();
        for (int i = 0; i < instructions.size(); i++) {
            positions.put(instructions.get(i).id(), i);
        }
        for (OrderedVerdict each : journal.recovered()) {
            Optional.ofNullable(positions.get(each.instructionId()))
                    .ifPresent(position -> in(each.order())[position] = each.verdict());
        }
    }

    /** These questions are asked next; what is known already is done. */
    synchronized void begin(Questions questions) {
        round = Optional.of(questions);
        questions.positions().forEach(this::noteIfDone);
    }

    synchronized boolean contains(int position, AnswerOrder order) {
        return find(position, order).isPresent();
    }

    void add(int position, AnswerOrder order, Verdict verdict) {
        journal.append(new OrderedVerdict(instructions.get(position).id(), order, verdict));
        put(position, order, verdict);
    }

    /** Notes that there is no verdict. It is not kept: a resumed run asks again. */
    void missing(int position, AnswerOrder order, String reason) {
        put(position, order, Verdict.abstain(reason));
    }

    private synchronized void put(int position, AnswerOrder order, Verdict verdict) {
        in(order)[position] = verdict;
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
                && find(position, order).isEmpty();
    }

    private Optional<Verdict> find(int position, AnswerOrder order) {
        return Optional.ofNullable(in(order)[position]);
    }

    private Verdict[] in(AnswerOrder order) {
        return order == AnswerOrder.TEACHER_FIRST ? teacherFirst : studentFirst;
    }

    /** The teacher's score minus the student's; empty when the verdict is missing. */
    synchronized OptionalDouble advantage(int position, AnswerOrder order) {
        if (in(order)[position] instanceof Verdict.Scored scored) {
            double difference = scored.first() - scored.second();
            return OptionalDouble.of(order == AnswerOrder.TEACHER_FIRST ? difference : -difference);
        }
        return OptionalDouble.empty();
    }

    /** What was asked and found, in the instructions' order; each judgement is put together when it is looked at. */
    List<Judgement> judgements(int[] positions, Assessment assessment) {
        return Lists.transform(Ints.asList(positions), position -> judgement(position, assessment));
    }

    private synchronized Judgement judgement(int position, Assessment assessment) {
        return new Judgement(
                instructions.get(position).id(),
                find(position, AnswerOrder.TEACHER_FIRST)
                        .filter(verdict -> assessment.wasAsked(position, AnswerOrder.TEACHER_FIRST)),
                find(position, AnswerOrder.STUDENT_FIRST)
                        .filter(verdict -> assessment.wasAsked(position, AnswerOrder.STUDENT_FIRST)),
                assessment.finding(position));
    }
}
