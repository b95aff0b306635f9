package dev.lion.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.data.Judgement;
import dev.lion.data.Verdict;

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
                    Json.constant(node, "order", OrderedVerdict.Order.class),
                    VERDICT.read(Json.field(node, "verdict")));
        }
    }

    /** Both verdicts: {@code id, teacherFirst, studentFirst}. */
    static final class Both implements Codec<Judgement> {
        @Override
        public ObjectNode write(Judgement judgement) {
            ObjectNode node = Json.object().put("id", judgement.instructionId());
            node.set("teacherFirst", VERDICT.write(judgement.teacherFirst()));
            node.set("studentFirst", VERDICT.write(judgement.studentFirst()));
            return node;
        }

        @Override
        public Judgement read(JsonNode node) {
            return new Judgement(
                    Json.string(node, "id"),
                    VERDICT.read(Json.field(node, "teacherFirst")),
                    VERDICT.read(Json.field(node, "studentFirst")));
        }
    }
}
