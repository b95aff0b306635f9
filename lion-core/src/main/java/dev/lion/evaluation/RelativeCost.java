package dev.lion.evaluation;

import dev.lion.cost.Assumptions;
import dev.lion.cost.CostEstimate;
import dev.lion.cost.PlannedCalls;
import dev.lion.cost.Prices;
import dev.lion.cost.Range;
import dev.lion.data.AnswerOrder;
import dev.lion.data.PaidRole;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.role.Comparison;
import dev.lion.role.Referee;
import dev.lion.role.Teacher;
import dev.lion.run.Purpose;
import dev.lion.run.RunDirectory;
import dev.lion.run.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The calls of a comparison of open questions, counted before any is made. */
record RelativeCost(
        List<OpenQuestion> questions,
        AnswerSource candidate,
        AnswerSource reference,
        Referee referee,
        List<AnswerOrder> orders,
        Assumptions assumptions) {
    private static final Response EMPTY = Response.of("");

    CostEstimate estimate(Optional<RunDirectory> begun, Prices prices, int concurrency) {
        List<PlannedCalls> plan = new ArrayList<>();
        add(plan, reference, begun.map(run -> run.teacherAnswers().size()).orElse(0));
        add(plan, candidate, begun.map(run -> run.studentAnswers(0).size()).orElse(0));
        int verdicts = begun.map(run -> run.singleVerdicts(0).size()).orElse(0);
        Range answer = assumptions.answerTokens();
        plan.add(new PlannedCalls(
                purpose(PaidRole.REFEREE),
                Range.of(Math.max(0, questions.size() * orders.size() - verdicts)),
                input(this::mostOfReferee).plus(limited(answer, mostOfAnswer()).times(2)),
                limited(assumptions.verdictTokens(), output(this::mostOfReferee))));
        return CostEstimate.of(plan, prices, concurrency, 0, assumptions, List.of());
    }

    private void add(List<PlannedCalls> plan, AnswerSource source, int known) {
        if (source instanceof AnswerSource.Asked asked) {
            Function<OpenQuestion, Optional<TokenUsage>> most =
                    question -> asked.teacher().mostTokens(question.instruction());
            plan.add(new PlannedCalls(
                    purpose(PaidRole.TEACHER),
                    Range.of(Math.max(0, questions.size() - known)),
                    input(most),
                    limited(assumptions.answerTokens(), output(most))));
        }
    }

    private static Purpose purpose(PaidRole role) {
        return new Purpose(0, Stage.EVALUATION, role);
    }

    private Optional<TokenUsage> mostOfReferee(OpenQuestion question) {
        return referee.mostTokens(new Comparison(question.instruction(), EMPTY, EMPTY));
    }

    private OptionalDouble mostOfAnswer() {
        return List.of(reference, candidate).stream()
                .filter(AnswerSource.Asked.class::isInstance)
                .map(AnswerSource.Asked.class::cast)
                .map(AnswerSource.Asked::teacher)
                .findFirst()
                .map(this::mostOf)
                .orElseGet(OptionalDouble::empty);
    }

    private OptionalDouble mostOf(Teacher teacher) {
        return output(question -> teacher.mostTokens(question.instruction()));
    }

    // a prompt's bytes are known from the most that it may take
    private Range input(Function<OpenQuestion, Optional<TokenUsage>> most) {
        return assumptions.tokensOf(average(most, TokenUsage::inputTokens).orElse(0));
    }

    private OptionalDouble output(Function<OpenQuestion, Optional<TokenUsage>> most) {
        return average(most, TokenUsage::outputTokens);
    }

    private OptionalDouble average(
            Function<OpenQuestion, Optional<TokenUsage>> most, ToLongFunction<TokenUsage> tokens) {
        return questions.stream()
                .map(most)
                .flatMap(Optional::stream)
                .mapToLong(tokens)
                .average();
    }

    private static Range limited(Range tokens, OptionalDouble limit) {
        double high = limit.orElse(tokens.high());
        return new Range(Math.min(tokens.low(), high), Math.min(tokens.expected(), high), high);
    }
}
