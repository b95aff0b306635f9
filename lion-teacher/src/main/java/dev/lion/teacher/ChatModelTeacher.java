package dev.lion.teacher;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.role.Batches;
import dev.lion.role.Teacher;
import dev.lion.teacher.prompt.ChatPrompt;
import dev.lion.teacher.prompt.PromptSet;
import dev.lion.teacher.prompt.RoleContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A teacher that asks a chat model, by default at temperature 0.7 and with at most 1024 tokens an answer (as in the
 * paper). An instruction's input follows its text after an empty line.
 *
 * <p>The instruction is the user's message itself, without a frame: it is there to be followed, and a frame would show in
 * the answers that the student imitates. Safe for use from several threads.
 */
public final class ChatModelTeacher implements Teacher {
    private static final Set<String> PLACEHOLDERS = Set.of("request");

    private final ModelCall call;
    private final ChatPrompt prompt;
    private final RoleContext context;
    private final OutputTokens outputLimit;
    private final Optional<RoleBatches> batches;

    private ChatModelTeacher(Builder builder) {
        this.call = builder.call();
        this.prompt = builder.prompt;
        this.context = builder.context().requireSuits(prompt);
        this.outputLimit = builder.outputLimit();
        this.batches = builder.batches();
    }

    /** A teacher with the default settings. */
    public static ChatModelTeacher of(ChatModel model) {
        return builder(model).build();
    }

    /** A builder, for other settings. */
    public static Builder builder(ChatModel model) {
        return new Builder(model);
    }

    /**
     * The model's answer, as it wrote it but for white space at the end; empty when it wrote nothing.
     *
     * @throws dev.lion.role.RetryableRoleException when another attempt may succeed
     * @throws ChatModelException when it may not
     * @throws UnusableModelException when no other call can succeed either
     * @throws InterruptedException if the thread was interrupted meanwhile; the flag stays set
     */
    @Override
    public Response answer(Instruction instruction) throws InterruptedException {
        return call.send(request(instruction));
    }

    private ChatRequest request(Instruction instruction) {
        return call.request(messages(instruction), outputLimit.sent());
    }

    /** Over the batch model of {@link Builder#batches}; none without. */
    @Override
    public Optional<Batches<Instruction, Response>> batches() {
        return batches.map(
                it -> it.of(call, this::request, (instruction, reply) -> call.read(request(instruction), reply)));
    }

    @Override
    public Optional<TokenUsage> mostTokens(Instruction instruction) {
        return ModelCall.most(messages(instruction), outputLimit.most());
    }

    private List<ChatMessage> messages(Instruction instruction) {
        String request =
                instruction.input().isEmpty() ? instruction.text() : instruction.text() + "\n\n" + instruction.input();
        return context.messages(prompt, Map.of("request", request));
    }

    /** Names, versions and hashes of the prompts, for the run manifest. */
    public Map<String, String> fingerprints() {
        return context.fingerprints(Map.of("teacher", prompt));
    }

    /** Settings of a {@link ChatModelTeacher}. */
    public static final class Builder extends BatchedRoleBuilder<Builder> {
        private ChatPrompt prompt = ChatPrompt.TEACHER;

        private Builder(ChatModel model) {
            super("teacher", model, Sampling.of(0.7), 1024);
        }

        @Override
        Builder self() {
            return this;
        }

        /** Another prompt, with the placeholder <code>{request}</code>; {@link ChatPrompt#TEACHER} by default. */
        public Builder prompt(ChatPrompt newPrompt) {
            prompt = newPrompt.requirePlaceholders(PLACEHOLDERS);
            return this;
        }

        @Override
        public Builder prompts(PromptSet prompts) {
            return prompt(prompts.teacher());
        }

        /** The teacher. */
        public ChatModelTeacher build() {
            return new ChatModelTeacher(this);
        }
    }
}
