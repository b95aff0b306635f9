package dev.lion.evaluation;

import dev.lion.data.EvaluationSummary;
import dev.lion.role.Student;

/** Measures a student on items that are in no pool. The loop calls it after every imitation, on one thread. */
@FunctionalInterface
public interface Evaluation {
    /** Asks the student every item and counts the right answers by task. */
    EvaluationSummary evaluate(Student student) throws Exception;

    /**
     * The same with what became of each item, which is what the loop asks for: with it, a fall can be told from chance. By
     * default the counts alone.
     */
    default Measurement measure(Student student) throws Exception {
        return Measurement.ofCounts(evaluate(student));
    }
}
