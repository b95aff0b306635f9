package dev.lion.report;

import dev.lion.data.TokenUsage;
import java.util.HashSet;
import java.util.Set;

/**
 * What the teacher did for a run, added up.
 *
 * @param answered instructions that it answered
 * @param tokens that it read and wrote, as far as it said
 */
record AnswerTotals(int answered, long tokens) {
    static AnswerTotals of(RunTexts texts) {
        Set<String> ids = new HashSet<>();
        long[] tokens = {0};
        texts.teacherAnswers(answer -> {
            ids.add(answer.instructionId());
            TokenUsage usage = answer.response().usage();
            tokens[0] += usage.inputTokens() + usage.outputTokens();
        });
        return new AnswerTotals(ids.size(), tokens[0]);
    }
}
