package dev.lion.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.data.AnswerOrder;
import dev.lion.data.Difficulty;
import dev.lion.data.Finding;
import dev.lion.data.Judgement;
import dev.lion.data.Verdict;
import java.util.Optional;

/** Verdicts as {@code first, second, evidence} or {@code abstained}, with the tokens they took. */
final class VerdictCodec implements Codec<Verdict> {
    private static final VerdictCodec VERDICT = new VerdictCodec();

    @Override
    public ObjectNode write(Verdict verdict) {
        ObjectNode node = Json.object();
        if (verdict instanceof Verdict.Scored scored) {
            node.put("first", scored.first()).put("second", scored.second()).put("evidence", scored.evidence());
        } else if (verdict instanceof Verdict.Abstained abstained) {
            node.put("abstained", abstained.reason());
        }
        AnswerCodec.putUsage(node, verdict.usage());
        return node;
    }

    @Override
    public Verdict read(JsonNode node) {
        if (node.has("abstained")) {
            return new Verdict.Abstained(Json.string(node, "abstained"), AnswerCodec.usage(node));
        }
        return new Verdict.Scored(
                Json.number(node, "first"),
                Json.number(node, "second"),
                Json.string(node, "evidence"),
                AnswerCodec.usage(node));
    }

    /** One verdict of two: {@code id, order, verdict}. */
    static final class Ordered implements Codec<OrderedVerdict> {
        @Override
        public ObjectNode write(OrderedVerdict ordered) {
            ObjectNode node = Json.object()
                    .put("id", ordered.instructionId())
                    .put("order", ordered.order().name());
            node.set("verdict", VERDICT.write(ordered.verdict()));
            return node;
        }

        @Override
        public OrderedVerdict read(JsonNode node) {
            return new OrderedVerdict(
                    Json.string(node, "id"),
                    Json.constant(node, "order", AnswerOrder.class),
                    VERDICT.read(Json.field(node, "verdict")));
        }
    }

    /** A judgement: {@code id, teacherFirst, studentFirst, gap, difficulty}, without those that are not there. */
    static final class Both implements Codec<Judgement> {
        @Override
        public ObjectNode write(Judgement judgement) {
            ObjectNode node = Json.object().put("id", judgement.instructionId());
            judgement.teacherFirst().ifPresent(verdict -> node.set("teacherFirst", VERDICT.write(verdict)));
            judgement.studentFirst().ifPresent(verdict -> node.set("studentFirst", VERDICT.write(verdict)));
            judgement
                    .finding()
                    .ifPresent(found -> node.put("gap", found.gap())
                            .put("difficulty", found.difficulty().name()));
            return node;
        }

        @Override
        public Judgement read(JsonNode node) {
            return new Judgement(
                    Json.string(node, "id"),
                    Optional.ofNullable(node.get("teacherFirst")).map(VERDICT::read),
                    Optional.ofNullable(node.get("studentFirst")).map(VERDICT::read),
                    node.has("gap") ? Optional.of(finding(node)) : Optional.empty());
        }

        private static Finding finding(JsonNode node) {
            return new Finding(Json.number(node, "gap"), Json.constant(node, "difficulty", Difficulty.class));
        }
    }
}
