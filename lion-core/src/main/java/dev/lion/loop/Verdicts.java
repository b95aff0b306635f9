package dev.lion.loop;

import dev.lion.data.Instruction;
import dev.lion.data.Judgement;
import dev.lion.data.Verdict;
import dev.lion.run.Journal;
import dev.lion.run.OrderedVerdict;
import dev.lion.run.OrderedVerdict.Order;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** The verdicts of one discrimination, kept before they are used. For any thread. */
final class Verdicts {
    private final Sitting sitting;
    private final Journal<OrderedVerdict> journal;
    private final Map<String, Verdict> teacherFirst = new ConcurrentHashMap<>();
    private final Map<String, Verdict> studentFirst = new ConcurrentHashMap<>();

    Verdicts(Sitting sitting, Journal<OrderedVerdict> journal) {
        this.sitting = sitting;
        this.journal = journal;
        journal.recovered().forEach(this::put);
    }

    boolean contains(Instruction instruction, Order order) {
        return in(order).containsKey(instruction.id());
    }

    void add(OrderedVerdict verdict) {
        journal.append(verdict);
        put(verdict);
    }

    /** Notes that there is no verdict. It is not kept: a resumed run asks again. */
    void missing(OrderedVerdict verdict) {
        put(verdict);
    }

    private synchronized void put(OrderedVerdict verdict) {
        in(verdict.order()).put(verdict.instructionId(), verdict.verdict());
        if (teacherFirst.containsKey(verdict.instructionId()) && studentFirst.containsKey(verdict.instructionId())) {
            sitting.itemDone();
        }
    }

    private Map<String, Verdict> in(Order order) {
        return order == Order.TEACHER_FIRST ? teacherFirst : studentFirst;
    }

    /** Both verdicts on each instruction, in the instructions' order. */
    List<Judgement> judgements(List<Instruction> instructions) {
        return instructions.stream()
                .map(Instruction::id)
                .map(id -> new Judgement(id, verdict(id, Order.TEACHER_FIRST), verdict(id, Order.STUDENT_FIRST)))
                .toList();
    }

    private Verdict verdict(String id, Order order) {
        return Objects.requireNonNull(in(order).get(id));
    }
}
