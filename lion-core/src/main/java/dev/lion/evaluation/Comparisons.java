package dev.lion.evaluation;

import dev.lion.data.AnswerOrder;
import dev.lion.data.Verdict;
import dev.lion.run.OrderedVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The verdicts on pairs of answers as they come, in any order and from any thread. */
final class Comparisons {
    private final List<AnswerOrder> orders;
    private final Map<String, Verdict> verdicts = new ConcurrentHashMap<>();

    Comparisons(List<AnswerOrder> orders) {
        this.orders = orders;
    }

    void add(OrderedVerdict verdict) {
        verdicts.put(key(verdict.instructionId(), verdict.order()), verdict.verdict());
    }

    boolean has(String id, AnswerOrder order) {
        return verdicts.containsKey(key(id, order));
    }

    static String key(String id, AnswerOrder order) {
        return order + " " + id;
    }

    /** What a question came to; empty when a verdict of it is missing. */
    Optional<RelativeResult.Compared> compared(OpenQuestion question) {
        List<Verdict.Scored> scored = new ArrayList<>();
        for (AnswerOrder order : orders) {
            if (verdicts.get(key(question.id(), order)) instanceof Verdict.Scored scores) {
                scored.add(scores);
            }
        }
        return scored.size() < orders.size() ? Optional.empty() : Optional.of(compared(question, scored));
    }

    private RelativeResult.Compared compared(OpenQuestion question, List<Verdict.Scored> scored) {
        double candidate = 0;
        double reference = 0;
        double first = 0;
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < orders.size(); i++) {
            boolean candidateFirst = orders.get(i) == AnswerOrder.STUDENT_FIRST;
            double one = candidateFirst ? scored.get(i).first() : scored.get(i).second();
            double other =
                    candidateFirst ? scored.get(i).second() : scored.get(i).first();
            candidate += one / orders.size();
            reference += other / orders.size();
            first += (scored.get(i).first() - scored.get(i).second()) / orders.size();
            lowest = Math.min(lowest, one - other);
            highest = Math.max(highest, one - other);
        }
        boolean flipped = lowest < 0 && highest > 0;
        return new RelativeResult.Compared(question.id(), question.category(), candidate, reference, first, flipped);
    }

    /** Why a question has no scores. */
    String reasonOf(OpenQuestion question, Map<String, String> failures) {
        for (AnswerOrder order : orders) {
            String key = key(question.id(), order);
            if (verdicts.get(key) instanceof Verdict.Abstained abstained) {
                return "the referee abstained: " + abstained.reason();
            }
            if (failures.containsKey(key)) {
                return "the referee failed: " + failures.get(key);
            }
        }
        return "no verdict";
    }
}
