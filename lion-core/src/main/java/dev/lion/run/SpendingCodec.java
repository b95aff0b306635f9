package dev.lion.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.data.Amount;
import dev.lion.data.Money;
import dev.lion.data.PaidRole;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * {@code kind, attempt, iteration, stage, role, calls, failed, inputTokens, outputTokens, dollars}; dollars as exact text, failed
 * only where it is above 0.
 */
final class SpendingCodec implements Codec<SpendingEntry> {
    @Override
    public ObjectNode write(SpendingEntry entry) {
        ObjectNode node = Json.object().put("kind", entry.kind().name());
        entry.attempt().ifPresent(attempt -> node.put("attempt", attempt));
        node.put("iteration", entry.purpose().iteration())
                .put("stage", entry.purpose().stage().name())
                .put("role", entry.purpose().role().name())
                .put("calls", entry.amount().calls());
        if (entry.amount().failed() > 0) {
            node.put("failed", entry.amount().failed());
        }
        AnswerCodec.putUsage(node, entry.amount().tokens());
        entry.amount()
                .money()
                .ifPresent(money -> node.put("dollars", money.dollars().toPlainString()));
        return node;
    }

    @Override
    public SpendingEntry read(JsonNode node) {
        Purpose purpose = new Purpose(
                Json.count(node, "iteration"),
                Json.constant(node, "stage", Stage.class),
                Json.constant(node, "role", PaidRole.class));
        Optional<Money> money = node.has("dollars") ? Optional.of(money(node)) : Optional.empty();
        return new SpendingEntry(
                Json.constant(node, "kind", SpendingEntry.Kind.class),
                node.has("attempt") ? OptionalLong.of(Json.integer(node, "attempt")) : OptionalLong.empty(),
                purpose,
                new Amount(
                        Json.integer(node, "calls"),
                        AnswerCodec.usage(node),
                        money,
                        node.has("failed") ? Json.integer(node, "failed") : 0));
    }

    private static Money money(JsonNode node) {
        String text = Json.string(node, "dollars");
        try {
            return new Money(new BigDecimal(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("field \"dollars\": expected a decimal number, found " + text, e);
        }
    }
}
