package dev.lion.evaluation;

import dev.lion.data.EvaluationSummary;
import dev.lion.role.Student;

/** Measures a student on items that are in no pool. The loop calls it after every imitation, on one thread. */
@FunctionalInterface
public interface Evaluation {
    /** Asks the student every item and counts the right answers by task. */
    EvaluationSummary evaluate(Student student) throws Exception;
}
