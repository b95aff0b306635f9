package dev.lion.loop;

import dev.lion.cost.Holds;
import dev.lion.data.TokenUsage;
import java.util.Optional;

/** What one batch brought, in numbers. For one thread. */
final class BatchHarvest {
    private TokenUsage usage = TokenUsage.NONE;
    private int answered;
    private int silent;
    private int unanswered;
    private int charged;
    private Optional<String> firstReason = Optional.empty();

    void answered(TokenUsage reported) {
        answered++;
        usage = usage.plus(reported);
        if (reported.equals(TokenUsage.NONE)) {
            silent++;
        }
    }

    void unanswered(String reason, boolean isUnbilled) {
        unanswered++;
        if (!isUnbilled) {
            charged++;
        }
        if (firstReason.isEmpty()) {
            firstReason = Optional.of(reason);
        }
    }

    int unanswered() {
        return unanswered;
    }

    void settle(Holds holds, long hold, double priceFactor) {
        holds.settle(hold, usage, silent, charged, priceFactor);
    }

    String describe() {
        return "ended with " + answered + " answers"
                + firstReason
                        .map(reason -> "; " + unanswered
                                + " questions are asked one by one, the first of them because: " + reason)
                        .orElse("");
    }
}
