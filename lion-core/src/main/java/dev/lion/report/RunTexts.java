package dev.lion.report;

import dev.lion.data.Judgement;
import dev.lion.run.Answer;
import java.util.function.Consumer;

/** What of a run may be larger than memory. Each call reads it anew, record by record, and keeps nothing. */
interface RunTexts {
    /** Shows every answer of the teacher. */
    void teacherAnswers(Consumer<Answer> visitor);

    /** Shows the student's answers of an iteration. */
    void studentAnswers(int iteration, Consumer<Answer> visitor);

    /** Shows the judgements of an iteration, in the order of the Cache Pool. */
    void judgements(int iteration, Consumer<Judgement> visitor);
}
