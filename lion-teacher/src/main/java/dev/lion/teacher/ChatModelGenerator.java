package dev.lion.teacher;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.lion.data.Difficulty;
import dev.lion.data.FinishReason;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.role.GenerationRequest;
import dev.lion.role.GenerationResponse;
import dev.lion.role.Generator;
import dev.lion.teacher.prompt.ChatPrompt;
import dev.lion.teacher.prompt.Frame;
import dev.lion.teacher.prompt.InstructionParser;
import dev.lion.teacher.prompt.PromptSet;
import dev.lion.teacher.prompt.RoleContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A generator that asks a chat model for one new instruction, by default at temperature 1.0 and top-p 1, with at most 4
 * tokens for each word of the instruction it starts from (as in the paper) but no fewer than 64.
 *
 * <p>The floor is there for short seeds: the 12 tokens that a seed of three words would allow are used up by a label or
 * a few long words, and a reply cut by length is paid for and dropped. 64 tokens are some 48 English words; the floor
 * applies to seeds under 16 words only, about one in twenty of the usual collections.
 *
 * <p>The seed instruction is framed, so that nothing in it passes for a word of ours. The request's random seed goes into
 * the code of the frame, so that two requests from one instruction differ; a chat model takes no seed otherwise. New
 * instructions have no separate input. Safe for use from several threads.
 */
public final class ChatModelGenerator implements Generator {
    private static final Set<String> PLACEHOLDERS = Set.of("code", "instruction");

    private final ModelCall call;
    private final RoleContext context;
    private final ChatPrompt hardPrompt;
    private final ChatPrompt easyPrompt;
    private final Function<String, OutputTokens> limit;

    private ChatModelGenerator(Builder builder) {
        this.call = builder.call();
        this.context = builder.context();
        this.hardPrompt = builder.hardPrompt;
        this.easyPrompt = builder.easyPrompt;
        this.limit = builder.limit;
    }

    /** A generator with the default settings. */
    public static ChatModelGenerator of(ChatModel model) {
        return builder(model).build();
    }

    /** A builder, for other settings. */
    public static Builder builder(ChatModel model) {
        return new Builder(model);
    }

    /**
     * One new instruction, or none when the reply was cut by length, withheld, or had no usable text.
     *
     * @throws dev.lion.role.RetryableRoleException when another attempt may succeed
     * @throws ChatModelException when it may not
     * @throws InterruptedException if the thread was interrupted meanwhile; the flag stays set
     */
    @Override
    public GenerationResponse generate(GenerationRequest request) throws InterruptedException {
        Frame frame = frame(request);
        OutputTokens tokens = limit.apply(request.parent().fullText());
        Response reply = call.send(messages(request, frame), tokens.sent());
        List<Instruction> proposed = isWhole(reply)
                ? InstructionParser.parse(reply.text(), frame).map(Instruction::of).stream()
                        .toList()
                : List.of();
        return new GenerationResponse(proposed, reply.usage());
    }

    @Override
    public Optional<TokenUsage> mostTokens(GenerationRequest request) {
        OutputTokens tokens = limit.apply(request.parent().fullText());
        return ModelCall.most(messages(request, frame(request)), tokens.most());
    }

    private static Frame frame(GenerationRequest request) {
        return Frame.around(request.randomSeed(), List.of(request.parent().fullText()));
    }

    private List<ChatMessage> messages(GenerationRequest request, Frame frame) {
        ChatPrompt prompt = request.difficulty() == Difficulty.HARD ? hardPrompt : easyPrompt;
        String seed = request.parent().fullText();
        return context.messages(prompt, Map.of("code", frame.code(), "instruction", frame.wrap("EXAMPLE", seed)));
    }

    private static boolean isWhole(Response reply) {
        return reply.finishReason() != FinishReason.LENGTH && reply.finishReason() != FinishReason.CONTENT_FILTER;
    }

    /** Names, versions and hashes of the prompts, for the run manifest. */
    public Map<String, String> fingerprints() {
        return context.fingerprints(Map.of("generator.hard", hardPrompt, "generator.easy", easyPrompt));
    }

    /** Settings of a {@link ChatModelGenerator}. */
    public static final class Builder extends ChatRoleBuilder<Builder> {
        private ChatPrompt hardPrompt = ChatPrompt.GENERATOR_HARD;
        private ChatPrompt easyPrompt = ChatPrompt.GENERATOR_EASY;
        private Function<String, OutputTokens> limit = sent(new OutputLimit(4, 64));

        private Builder(ChatModel model) {
            super("generator", model, Sampling.of(1.0, 1.0));
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * The limit on a new instruction: 4 tokens for each word of the seed, at least 64, by default. In scripts without
         * spaces each letter counts as a word.
         */
        public Builder outputTokens(int perWord, int atLeast) {
            limit = sent(new OutputLimit(positive("perWord", perWord), positive("atLeast", atLeast)));
            return this;
        }

        private static Function<String, OutputTokens> sent(OutputLimit limit) {
            return seed -> OutputTokens.sent(limit.tokensFor(seed));
        }

        /**
         * Sends no limit on the reply: that of the model applies. Needed for models whose hidden reasoning counts
         * against the limit. A budget of money or tokens needs to know that limit, from {@link
         * #modelDefaultOutputLimit(int)}.
         */
        public Builder modelDefaultOutputLimit() {
            limit = seed -> OutputTokens.ofModel();
            return this;
        }

        /** Sends no limit on the reply: that of the model applies, which is this, hidden reasoning included. */
        public Builder modelDefaultOutputLimit(int atMost) {
            OutputTokens known = OutputTokens.ofModel(positive("atMost", atMost));
            limit = seed -> known;
            return this;
        }

        /** Another prompt for hard instructions, with the placeholders of {@link ChatPrompt#GENERATOR_HARD}, the default. */
        public Builder hardPrompt(ChatPrompt newPrompt) {
            hardPrompt = newPrompt.requirePlaceholders(PLACEHOLDERS);
            return this;
        }

        /** Another prompt for easy instructions, with the placeholders of {@link ChatPrompt#GENERATOR_EASY}, the default. */
        public Builder easyPrompt(ChatPrompt newPrompt) {
            easyPrompt = newPrompt.requirePlaceholders(PLACEHOLDERS);
            return this;
        }

        @Override
        public Builder prompts(PromptSet prompts) {
            return hardPrompt(prompts.generatorHard()).easyPrompt(prompts.generatorEasy());
        }

        /** The generator. */
        public ChatModelGenerator build() {
            return new ChatModelGenerator(this);
        }
    }
}
