package dev.lion.run;

import dev.lion.data.AnswerOrder;
import dev.lion.data.Verdict;
import java.util.Objects;

/** One verdict on an instruction, as it is kept until the discrimination is finished. */
public record OrderedVerdict(String instructionId, AnswerOrder order, Verdict verdict) {
    public OrderedVerdict {
        Objects.requireNonNull(instructionId, "instructionId");
        Objects.requireNonNull(order, "order");
        Objects.requireNonNull(verdict, "verdict");
    }
}
