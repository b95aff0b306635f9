package dev.lion.evaluation;

import dev.lion.data.Demonstration;
import dev.lion.data.ImitationSummary;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.role.Candidates;
import dev.lion.role.ScoringStudent;
import dev.lion.role.TrainingContext;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** A student whose answers and likelihoods are functions. */
record AnsweringStudent(UnaryOperator<String> answers, BiFunction<String, String, Double> likelihoods)
        implements ScoringStudent {
    @Override
    public List<Response> answer(List<Instruction> batch) {
        return batch.stream()
                .map(each -> Response.of(answers.apply(each.text())))
                .toList();
    }

    @Override
    public List<List<Double>> scores(List<Candidates> batch) {
        return batch.stream()
                .map(one -> one.answers().stream()
                        .map(answer -> likelihoods.apply(one.instruction().text(), answer))
                        .toList())
                .toList();
    }

    @Override
    public ImitationSummary imitate(List<Demonstration> demonstrations, TrainingContext context) {
        return ImitationSummary.ofAll(0, 0, List.of());
    }

    @Override
    public void save(Path directory) {}

    @Override
    public void restore(Path directory) {}

    @Override
    public void close() {}
}
