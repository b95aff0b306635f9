package dev.lion.teacher;

import dev.langchain4j.model.chat.ChatModel;
import java.util.Objects;
import java.util.Optional;

/** What the builders of the three roles have in common. Not thread-safe; the roles it builds are. */
abstract class ChatRoleBuilder<B extends ChatRoleBuilder<B>> {
    private final ChatModel model;
    private Optional<String> modelName = Optional.empty();
    private Sampling sampling;

    ChatRoleBuilder(ChatModel model, Sampling sampling) {
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

    ModelCall call(String role) {
        return new ModelCall(role, model, modelName, sampling);
    }

    static int positive(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " must be 1 or more: " + value);
        }
        return value;
    }
}
