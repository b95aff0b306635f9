package dev.lion.report;

import dev.lion.data.Judgement;
import dev.lion.data.Response;
import dev.lion.run.Answer;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** The texts of an invented run, in memory. */
record HeldTexts(
        Map<String, Response> teacher,
        IntFunction<List<Judgement>> judgements,
        IntFunction<Map<String, Response>> students)
        implements RunTexts {
    @Override
    public void teacherAnswers(Consumer<Answer> visitor) {
        teacher.forEach((id, response) -> visitor.accept(new Answer(id, response)));
    }

    @Override
    public void studentAnswers(int iteration, Consumer<Answer> visitor) {
        students.apply(iteration).forEach((id, response) -> visitor.accept(new Answer(id, response)));
    }

    @Override
    public void judgements(int iteration, Consumer<Judgement> visitor) {
        judgements.apply(iteration).forEach(visitor);
    }
}
