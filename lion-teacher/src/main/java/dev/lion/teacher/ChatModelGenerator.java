package dev.lion.teacher;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.lion.data.Difficulty;
import dev.lion.data.TokenUsage;
import dev.lion.role.GenerationRequest;
import dev.lion.role.GenerationResponse;
import dev.lion.role.Generator;
import dev.lion.teacher.prompt.ChatPrompt;
import dev.lion.teacher.prompt.Frame;
import dev.lion.teacher.prompt.PromptSet;
import dev.lion.teacher.prompt.RoleContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A generator that asks a chat model for one new instruction, by default at temperature 1.0 and top-p 1, with at most 4
 * tokens for each word of the instruction it starts from (as in the paper) but no fewer than 64.
 *
 * <p>The floor is there for short seeds: the 12 tokens that a seed of three words would allow are used up by a label or
 * a few long words, and a reply cut by length is paid for and dropped. 64 tokens are some 48 English words; the floor
 * applies to seeds under 16 words only, about one in twenty of the usual collections.
 *
 * <p>The seed instruction is framed, so that nothing in it passes for a word of ours. The request's random seed goes into
 * the code of the frame, so that two requests from one instruction differ; a chat model takes no seed otherwise. By default
 * new instructions have no separate input. Safe for use from several threads.
 */
public final class ChatModelGenerator implements Generator {
    private static final int MOST_PER_CALL = 50;

    private final ModelCall call;
    private final RoleContext context;
    private final ChatPrompt hardPrompt;
    private final ChatPrompt easyPrompt;
    private final ReplyFormat format;
    private final BiFunction<String, ReplyFormat, OutputTokens> limit;

    private ChatModelGenerator(Builder builder) {
        this.call = builder.call();
        this.context = builder.context();
        this.format = builder.format();
        this.hardPrompt = builder.hardPrompt
                .orElseGet(() -> format.hardPrompt(builder.prompts))
                .requirePlaceholders(format.placeholders());
        this.easyPrompt = builder.easyPrompt
                .orElseGet(() -> format.easyPrompt(builder.prompts))
                .requirePlaceholders(format.placeholders());
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
     * New instructions, one unless {@link Builder#perCall} says otherwise, or fewer when the reply was cut by length, withheld,
     * or had no usable text; the response then says so.
     *
     * @throws dev.lion.role.RetryableRoleException when another attempt may succeed
     * @throws ChatModelException when it may not
     * @throws UnusableModelException when no other call can succeed either
     * @throws InterruptedException if the thread was interrupted meanwhile; the flag stays set
     */
    @Override
    public GenerationResponse generate(GenerationRequest request) throws InterruptedException {
        Frame frame = frame(request);
        return format.read(call.send(messages(request, frame), tokens(request).sent()), frame);
    }

    @Override
    public int proposalsPerRequest() {
        return format.perCall();
    }

    @Override
    public Optional<TokenUsage> mostTokens(GenerationRequest request) {
        return ModelCall.most(messages(request, frame(request)), tokens(request).most());
    }

    private OutputTokens tokens(GenerationRequest request) {
        return limit.apply(request.parent().fullText(), format);
    }

    private Frame frame(GenerationRequest request) {
        return Frame.around(request.randomSeed(), format.shown(request.parent()));
    }

    private List<ChatMessage> messages(GenerationRequest request, Frame frame) {
        ChatPrompt prompt = request.difficulty() == Difficulty.HARD ? hardPrompt : easyPrompt;
        return context.messages(prompt, format.values(request.parent(), frame));
    }

    /** Names, versions and hashes of the prompts and what else differs from the default, for the run manifest. */
    public Map<String, String> fingerprints() {
        Map<String, String> all =
                context.fingerprints(Map.of("generator.hard", hardPrompt, "generator.easy", easyPrompt));
        if (format.perCall() > 1) {
            all.put("generator.perCall", Integer.toString(format.perCall()));
        }
        if (format.takesCut()) {
            all.put("generator.cutByLength", "taken");
        }
        return all;
    }

    /** Settings of a {@link ChatModelGenerator}. */
    public static final class Builder extends ChatRoleBuilder<Builder> {
        private PromptSet prompts = PromptSet.defaults();
        private Optional<ChatPrompt> hardPrompt = Optional.empty();
        private Optional<ChatPrompt> easyPrompt = Optional.empty();
        private BiFunction<String, ReplyFormat, OutputTokens> limit = sent(new OutputLimit(4, 64));
        private int perCall = 1;
        private boolean inputs;
        private boolean takesCut;

        private Builder(ChatModel model) {
            super("generator", model, Sampling.of(1.0, 1.0));
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * How many new instructions one call asks for: 1 by default, at most 50. More make fewer calls, and each new instruction
         * costs less, since rules and example are read once for all; those of one call are likelier to resemble each other.
         * The prompts are others then, and the limit on the reply is so many times as high.
         */
        public Builder perCall(int instructions) {
            if (instructions < 1 || instructions > MOST_PER_CALL) {
                throw new IllegalArgumentException("perCall must be from 1 to " + MOST_PER_CALL + ": " + instructions);
            }
            perCall = instructions;
            return this;
        }

        /**
         * Shows the model the input of an instruction apart from its text, and asks for new instructions with such inputs; by
         * default both are shown as one text, and a new instruction is one text.
         */
        public Builder withInputs() {
            inputs = true;
            return this;
        }

        /** Proposes also what was cut by the limit on its length; by default that is dropped and counted, as in the paper. */
        public Builder takeCut() {
            takesCut = true;
            return this;
        }

        private ReplyFormat format() {
            return new ReplyFormat(perCall, inputs, takesCut);
        }

        /**
         * The limit on a new instruction: 4 tokens for each word of the seed, at least 64, by default. In scripts without
         * spaces each letter counts as a word.
         */
        public Builder outputTokens(int perWord, int atLeast) {
            limit = sent(new OutputLimit(positive("perWord", perWord), positive("atLeast", atLeast)));
            return this;
        }

        private static BiFunction<String, ReplyFormat, OutputTokens> sent(OutputLimit limit) {
            return (seed, format) -> OutputTokens.sent(format.tokens(limit.tokensFor(seed)));
        }

        /**
         * Sends no limit on the reply: that of the model applies. Needed for models whose hidden reasoning counts
         * against the limit. A budget of money or tokens needs to know that limit, from {@link
         * #modelDefaultOutputLimit(int)}.
         */
        public Builder modelDefaultOutputLimit() {
            limit = (seed, format) -> OutputTokens.ofModel();
            return this;
        }

        /** Sends no limit on the reply: that of the model applies, which is this, hidden reasoning included. */
        public Builder modelDefaultOutputLimit(int atMost) {
            OutputTokens known = OutputTokens.ofModel(positive("atMost", atMost));
            limit = (seed, format) -> known;
            return this;
        }

        /**
         * Another prompt for hard instructions, with the placeholders of {@link ChatPrompt#GENERATOR_HARD}, the default; with
         * {@link #perCall} above 1 or {@link #withInputs} those of {@link ChatPrompt#SEVERAL_HARD}.
         */
        public Builder hardPrompt(ChatPrompt newPrompt) {
            hardPrompt = Optional.of(newPrompt);
            return this;
        }

        /** Another prompt for easy instructions, with the placeholders that {@link #hardPrompt} has. */
        public Builder easyPrompt(ChatPrompt newPrompt) {
            easyPrompt = Optional.of(newPrompt);
            return this;
        }

        @Override
        public Builder prompts(PromptSet newPrompts) {
            prompts = newPrompts;
            return this;
        }

        /**
         * The generator.
         *
         * @throws IllegalArgumentException if a prompt has other placeholders than it must have
         */
        public ChatModelGenerator build() {
            return new ChatModelGenerator(this);
        }
    }
}
