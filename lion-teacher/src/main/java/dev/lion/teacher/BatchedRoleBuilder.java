package dev.lion.teacher;

import dev.langchain4j.model.chat.BatchChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.lion.teacher.batch.BatchTerms;
import java.util.Optional;

/**
 * What the builders of teacher and referee have in common: their replies have one limit, and they may be asked in batches. Not
 * thread-safe; the roles it builds are.
 */
abstract class BatchedRoleBuilder<B extends BatchedRoleBuilder<B>> extends ChatRoleBuilder<B> {
    private Optional<RoleBatches> batches = Optional.empty();
    private OutputTokens outputLimit;

    BatchedRoleBuilder(String role, ChatModel model, Sampling sampling, int mostTokens) {
        super(role, model, sampling);
        this.outputLimit = OutputTokens.sent(mostTokens);
    }

    /** The longest reply in tokens; by default 1024 of a teacher, and 512 of a referee, evidence and scores together. */
    public B maxOutputTokens(int tokens) {
        outputLimit = OutputTokens.sent(positive("maxOutputTokens", tokens));
        return self();
    }

    /**
     * Sends no limit on the reply: that of the model applies. A budget of money or tokens needs to know it, from {@link
     * #modelDefaultOutputLimit(int)}.
     */
    public B modelDefaultOutputLimit() {
        outputLimit = OutputTokens.ofModel();
        return self();
    }

    /** Sends no limit on the reply: that of the model applies, which is this, hidden reasoning included. */
    public B modelDefaultOutputLimit(int atMost) {
        outputLimit = OutputTokens.ofModel(positive("atMost", atMost));
        return self();
    }

    /**
     * Asks in batches where the loop can wait, at half the price; no batches by default. Prompts, settings and the reading of
     * replies are those of the single calls.
     *
     * @param model of the same provider and model as the single calls, built with {@code maxRetries(0)}
     */
    public B batches(BatchChatModel model) {
        return batches(model, BatchTerms.usual());
    }

    /** The same, on other terms. */
    public B batches(BatchChatModel model, BatchTerms terms) {
        batches = Optional.of(new RoleBatches(model, terms));
        return self();
    }

    OutputTokens outputLimit() {
        return outputLimit;
    }

    Optional<RoleBatches> batches() {
        return batches;
    }
}
