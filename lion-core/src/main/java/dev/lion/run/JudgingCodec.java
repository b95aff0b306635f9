package dev.lion.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.data.JudgingSummary;
import dev.lion.data.JudgingSummary.Estimates;
import dev.lion.data.JudgingSummary.Orders;
import dev.lion.data.Share;
import java.util.Optional;

/** {@code calls, fullCalls, notJudged, discarded, orders, estimates}; the last only when there are some. */
final class JudgingCodec implements Codec<JudgingSummary> {
    @Override
    public ObjectNode write(JudgingSummary summary) {
        ObjectNode node = Json.object()
                .put("calls", summary.calls())
                .put("fullCalls", summary.fullCalls())
                .put("notJudged", summary.notJudged())
                .put("discarded", summary.discarded());
        Orders orders = summary.orders();
        node.putObject("orders")
                .put("compared", orders.compared())
                .put("conflicts", orders.conflicts())
                .put("flips", orders.flips())
                .put("positionDelta", orders.positionDelta());
        summary.estimates().ifPresent(estimates -> write(node.putObject("estimates"), estimates));
        return node;
    }

    private static void write(ObjectNode node, Estimates estimates) {
        node.put("hardShare", estimates.hardShare());
        write(node.putObject("found"), estimates.found());
        write(node.putObject("confirmed"), estimates.confirmed());
        write(node.putObject("differing"), estimates.differing());
    }

    private static void write(ObjectNode node, Share share) {
        node.put("estimate", share.estimate()).put("low", share.low()).put("high", share.high());
    }

    @Override
    public JudgingSummary read(JsonNode node) {
        return new JudgingSummary(
                Json.integer(node, "calls"),
                Json.integer(node, "fullCalls"),
                Json.count(node, "notJudged"),
                Json.count(node, "discarded"),
                orders(Json.field(node, "orders")),
                Optional.ofNullable(node.get("estimates")).map(JudgingCodec::estimates));
    }

    private static Orders orders(JsonNode node) {
        return new Orders(
                Json.count(node, "compared"),
                Json.count(node, "conflicts"),
                Json.count(node, "flips"),
                Json.number(node, "positionDelta"));
    }

    private static Estimates estimates(JsonNode node) {
        return new Estimates(
                Json.number(node, "hardShare"),
                share(Json.field(node, "found")),
                share(Json.field(node, "confirmed")),
                share(Json.field(node, "differing")));
    }

    private static Share share(JsonNode node) {
        return new Share(Json.number(node, "estimate"), Json.number(node, "low"), Json.number(node, "high"));
    }
}
