package dev.lion.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.data.EvaluationSummary;
import dev.lion.data.EvaluationSummary.Score;
import dev.lion.data.Regression;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What an iteration did; parts that it did not have are left out. */
final class SummaryCodec implements Codec<IterationSummary> {
    private static final DiscriminationCodec DISCRIMINATION = new DiscriminationCodec();
    private static final JudgingCodec JUDGING = new JudgingCodec();
    private static final GenerationCodec GENERATION = new GenerationCodec();
    private static final ImitationCodec IMITATION = new ImitationCodec();

    @Override
    public ObjectNode write(IterationSummary summary) {
        ObjectNode node = Json.object().put("iteration", summary.iteration());
        summary.discrimination().ifPresent(part -> node.set("discrimination", DISCRIMINATION.write(part)));
        summary.generation().ifPresent(part -> node.set("generation", GENERATION.write(part)));
        node.put("trainPool", summary.trainPool())
                .put("cachePool", summary.cachePool())
                .put("unanswered", summary.unanswered());
        node.set("imitation", IMITATION.write(summary.imitation()));
        summary.evaluation().ifPresent(part -> {
            node.set("evaluation", writeEvaluation(part));
            part.regression().ifPresent(fall -> node.set("regression", writeRegression(fall)));
        });
        return node.put("keptIteration", summary.keptIteration());
    }

    @Override
    public IterationSummary read(JsonNode node) {
        return new IterationSummary(
                Json.count(node, "iteration"),
                Optional.ofNullable(node.get("discrimination")).map(DISCRIMINATION::read),
                Optional.ofNullable(node.get("generation")).map(GENERATION::read),
                Json.count(node, "trainPool"),
                Json.count(node, "cachePool"),
                Json.count(node, "unanswered"),
                IMITATION.read(Json.field(node, "imitation")),
                Optional.ofNullable(node.get("evaluation"))
                        .map(SummaryCodec::readEvaluation)
                        .map(part -> part.withRegression(
                                Optional.ofNullable(node.get("regression")).map(SummaryCodec::readRegression))),
                Json.count(node, "keptIteration"));
    }

    private static ObjectNode writeEvaluation(EvaluationSummary evaluation) {
        ObjectNode node = Json.object();
        evaluation
                .tasks()
                .forEach((task, score) ->
                        node.putObject(task).put("correct", score.correct()).put("total", score.total()));
        return node;
    }

    private static EvaluationSummary readEvaluation(JsonNode node) {
        Map<String, Score> tasks = new LinkedHashMap<>();
        node.properties()
                .forEach(task -> tasks.put(
                        task.getKey(),
                        new Score(Json.count(task.getValue(), "correct"), Json.count(task.getValue(), "total"))));
        return new EvaluationSummary(tasks);
    }

    private static ObjectNode writeRegression(Regression fall) {
        return Json.object()
                .put("since", fall.since())
                .put("fall", fall.fall())
                .put("low", fall.low())
                .put("high", fall.high());
    }

    private static Regression readRegression(JsonNode node) {
        return new Regression(
                Json.count(node, "since"),
                Json.number(node, "fall"),
                Json.number(node, "low"),
                Json.number(node, "high"));
    }

    /** {@code hard, easy, missing, teacherScore, studentScore, judging}. */
    static final class DiscriminationCodec implements Codec<IterationSummary.Discrimination> {
        @Override
        public ObjectNode write(IterationSummary.Discrimination part) {
            ObjectNode node = Json.object()
                    .put("hard", part.hard())
                    .put("easy", part.easy())
                    .put("missing", part.missing())
                    .put("teacherScore", part.teacherScore())
                    .put("studentScore", part.studentScore());
            node.set("judging", JUDGING.write(part.judging()));
            return node;
        }

        @Override
        public IterationSummary.Discrimination read(JsonNode node) {
            return new IterationSummary.Discrimination(
                    Json.count(node, "hard"),
                    Json.count(node, "easy"),
                    Json.count(node, "missing"),
                    Json.number(node, "teacherScore"),
                    Json.number(node, "studentScore"),
                    JUDGING.read(Json.field(node, "judging")));
        }
    }

    /** {@code requests, hard, easy, rejected}. */
    static final class GenerationCodec implements Codec<IterationSummary.Generation> {
        @Override
        public ObjectNode write(IterationSummary.Generation part) {
            ObjectNode node = Json.object()
                    .put("requests", part.requests())
                    .put("hard", part.hard())
                    .put("easy", part.easy());
            node.set("rejected", Json.counts(part.rejected()));
            return node;
        }

        @Override
        public IterationSummary.Generation read(JsonNode node) {
            return new IterationSummary.Generation(
                    Json.count(node, "requests"),
                    Json.count(node, "hard"),
                    Json.count(node, "easy"),
                    Json.counts(node, "rejected"));
        }
    }
}
