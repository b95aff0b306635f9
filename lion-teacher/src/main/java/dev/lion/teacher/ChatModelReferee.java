package dev.lion.teacher;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.lion.data.FinishReason;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.data.Verdict;
import dev.lion.role.Comparison;
import dev.lion.role.Referee;
import dev.lion.teacher.prompt.ChatPrompt;
import dev.lion.teacher.prompt.Frame;
import dev.lion.teacher.prompt.PromptSet;
import dev.lion.teacher.prompt.RoleContext;
import dev.lion.teacher.prompt.VerdictParser;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A referee that asks a chat model, by default at temperature 0.2 and with at most 512 tokens a reply, the evidence before
 * the two score lines (paper, section 3.2).
 *
 * <p>Instruction and answers are framed, so that nothing in them passes for a word of ours. A reply without two readable
 * scores is an abstention. Safe for use from several threads.
 */
public final class ChatModelReferee implements Referee {
    private static final Set<String> PLACEHOLDERS = Set.of("code", "instruction", "first", "second");

    private final ModelCall call;
    private final RoleContext context;
    private final ChatPrompt prompt;
    private final OutputTokens outputLimit;

    private ChatModelReferee(Builder builder) {
        this.call = builder.call();
        this.context = builder.context();
        this.prompt = builder.prompt;
        this.outputLimit = builder.outputLimit;
    }

    /** A referee with the default settings. */
    public static ChatModelReferee of(ChatModel model) {
        return builder(model).build();
    }

    /** A builder, for other settings. */
    public static Builder builder(ChatModel model) {
        return new Builder(model);
    }

    /**
     * The model's verdict, or an abstention with its reason.
     *
     * @throws dev.lion.role.RetryableRoleException when another attempt may succeed
     * @throws ChatModelException when it may not
     * @throws InterruptedException if the thread was interrupted meanwhile; the flag stays set
     */
    @Override
    public Verdict judge(Comparison comparison) throws InterruptedException {
        return verdict(call.send(messages(comparison), outputLimit.sent()));
    }

    @Override
    public Optional<TokenUsage> mostTokens(Comparison comparison) {
        return ModelCall.most(messages(comparison), outputLimit.most());
    }

    private List<ChatMessage> messages(Comparison comparison) {
        String instruction = comparison.instruction().fullText();
        String first = comparison.first().text();
        String second = comparison.second().text();
        Frame frame = Frame.around(List.of(instruction, first, second));
        Map<String, String> values = Map.of(
                "code", frame.code(),
                "instruction", frame.wrap("INSTRUCTION", instruction),
                "first", frame.wrap("ANSWER 1", first),
                "second", frame.wrap("ANSWER 2", second));
        return context.messages(prompt, values);
    }

    private static Verdict verdict(Response reply) {
        if (reply.finishReason() == FinishReason.CONTENT_FILTER) {
            return new Verdict.Abstained("the provider withheld the reply, or the model declined", reply.usage());
        }
        return reply.finishReason() == FinishReason.LENGTH
                ? VerdictParser.parseCut(reply.text(), reply.usage())
                : VerdictParser.parse(reply.text(), reply.usage());
    }

    /** Names, versions and hashes of the prompts, for the run manifest. */
    public Map<String, String> fingerprints() {
        return context.fingerprints(Map.of("referee", prompt));
    }

    /** Settings of a {@link ChatModelReferee}. */
    public static final class Builder extends ChatRoleBuilder<Builder> {
        private ChatPrompt prompt = ChatPrompt.REFEREE;
        private OutputTokens outputLimit = OutputTokens.sent(512);

        private Builder(ChatModel model) {
            super("referee", model, Sampling.of(0.2));
        }

        @Override
        Builder self() {
            return this;
        }

        /** The longest reply in tokens, evidence and scores together; 512 by default. */
        public Builder maxOutputTokens(int tokens) {
            outputLimit = OutputTokens.sent(positive("maxOutputTokens", tokens));
            return this;
        }

        /**
         * Sends no limit on the reply: that of the model applies. A budget of money or tokens needs to know it, from {@link
         * #modelDefaultOutputLimit(int)}.
         */
        public Builder modelDefaultOutputLimit() {
            outputLimit = OutputTokens.ofModel();
            return this;
        }

        /** Sends no limit on the reply: that of the model applies, which is this, hidden reasoning included. */
        public Builder modelDefaultOutputLimit(int atMost) {
            outputLimit = OutputTokens.ofModel(positive("atMost", atMost));
            return this;
        }

        /**
         * Another prompt, with the placeholders of {@link ChatPrompt#REFEREE}, which is the default. It must ask for
         * score lines that {@link VerdictParser} reads, such as {@code Score of answer 1: 8}.
         */
        public Builder prompt(ChatPrompt newPrompt) {
            prompt = newPrompt.requirePlaceholders(PLACEHOLDERS);
            return this;
        }

        @Override
        public Builder prompts(PromptSet prompts) {
            return prompt(prompts.referee());
        }

        /** The referee. */
        public ChatModelReferee build() {
            return new ChatModelReferee(this);
        }
    }
}
