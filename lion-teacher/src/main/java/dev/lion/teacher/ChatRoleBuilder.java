package dev.lion.teacher;

import dev.langchain4j.model.chat.ChatModel;
import dev.lion.teacher.prompt.PromptSet;
import dev.lion.teacher.prompt.RoleContext;
import java.util.Objects;
import java.util.Optional;

/** What the builders of the three roles have in common. Not thread-safe; the roles it builds are. */
abstract class ChatRoleBuilder<B extends ChatRoleBuilder<B>> {
    private final String role;
    private final ChatModel model;
    private Optional<String> modelName = Optional.empty();
    private Sampling sampling;
    private RoleContext context;

    ChatRoleBuilder(String role, ChatModel model, Sampling sampling) {
        this.role = role;
        this.context = RoleContext.of(role);
        this.model = Objects.requireNonNull(model, "model");
        this.sampling = sampling;
    }

    abstract B self();

    /** The name of the model to ask; by default the one that the chat model was built with. */
    public B modelName(String newName) {
        if (newName.isBlank()) {
            throw new IllegalArgumentException("the model's name must not be blank");
        }
        modelName = Optional.of(newName);
        return self();
    }

    /** Temperature and top-p; {@link Sampling#modelDefault()} sends neither. */
    public B sampling(Sampling newSampling) {
        sampling = Objects.requireNonNull(newSampling, "sampling");
        return self();
    }

    /**
     * The application's own system prompt, as plain text; none by default. The teacher is asked with it in place of lion's,
     * so that it answers as it does in the application; referee and generator are told it as the rules that the assistant
     * works under.
     */
    public B systemPrompt(String text) {
        context = context.withSystemPrompt(text);
        return self();
    }

    /** What the answers are for, such as {@code a bank's support desk}; added to the role's prompt. Nothing by default. */
    public B domain(String text) {
        context = context.withDomain(text);
        return self();
    }

    /**
     * Takes the prompts that are this role's from a set; lion's own by default.
     *
     * @throws IllegalArgumentException if one lacks a placeholder that it must have, or has an unknown one
     */
    public abstract B prompts(PromptSet prompts);

    /** What the application says to the role, to be put into its messages. */
    RoleContext context() {
        return context;
    }

    ModelCall call() {
        return new ModelCall(role, model, modelName, sampling);
    }

    static int positive(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " must be 1 or more: " + value);
        }
        return value;
    }
}
