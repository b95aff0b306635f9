package dev.lion.teacher;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.lion.LionException;
import dev.lion.data.FinishReason;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.data.Verdict;
import dev.lion.jury.Ballot;
import dev.lion.jury.BallotLine;
import dev.lion.jury.LaterFailure;
import dev.lion.jury.Panel;
import dev.lion.role.Batches;
import dev.lion.role.Comparison;
import dev.lion.role.Referee;
import dev.lion.teacher.prompt.ChatPrompt;
import dev.lion.teacher.prompt.Exhibit;
import dev.lion.teacher.prompt.PromptSet;
import dev.lion.teacher.prompt.RefereeForm;
import dev.lion.teacher.prompt.RoleContext;
import dev.lion.teacher.prompt.Scale;
import dev.lion.teacher.prompt.VerdictOrder;
import dev.lion.teacher.prompt.VerdictSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A referee that asks a chat model, by default at temperature 0.2 and with at most 512 tokens a reply, the evidence before
 * the scores (paper, section 3.2), from 1 to 10. The verdict comes as JSON where the model supports schemas, else as two lines.
 *
 * <p>Instruction and answers are framed, so that nothing in them passes for a word of ours; what cannot be seen in them is
 * written out, and of a text of more than 16,000 characters beginning and end are shown. The verdict must carry a mark that no
 * text can contain, so that nothing that the model repeats passes for its verdict. A reply without readable scores is an
 * abstention. Safe for use from several threads.
 */
public final class ChatModelReferee implements Referee {
    /** Twice the bytes of the schema, which providers put before the messages. */
    private static final long SCHEMA_TOKENS = 1024;

    private final ModelCall call;
    private final RoleContext context;
    private final ChatPrompt prompt;
    private final RefereeForm form;
    private final OutputTokens outputLimit;
    private final Optional<RoleBatches> batches;
    private final int mostShown;
    private final int samples;
    private final Optional<ResponseFormat> schema;
    private final AtomicLong cutTexts = new AtomicLong();

    private ChatModelReferee(Builder builder) {
        this.call = builder.call();
        this.context = builder.context();
        this.form = new RefereeForm(builder.scale, builder.criteria, builder.order);
        this.prompt = form.requireSuits(builder.prompt);
        this.outputLimit = builder.outputLimit();
        this.mostShown = builder.mostShown;
        this.samples = builder.samples;
        this.batches = builder.batches();
        this.schema = builder.isStructured(call) ? Optional.of(VerdictSchema.of(builder.scale)) : Optional.empty();
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
     * @throws UnusableModelException when no other call can succeed either
     * @throws InterruptedException if the thread was interrupted meanwhile; the flag stays set
     */
    @Override
    public Verdict judge(Comparison comparison) throws InterruptedException {
        if (samples == 1) {
            return ask(comparison, 0);
        }
        List<Ballot> ballots = new ArrayList<>();
        for (int sample = 0; sample < samples; sample++) {
            ballots.add(new Ballot(Integer.toString(sample + 1), askAgain(comparison, sample)));
        }
        return Panel.majorityOf(samples).verdict(ballots);
    }

    private Verdict askAgain(Comparison comparison, int sample) throws InterruptedException {
        try {
            return ask(comparison, sample);
        } catch (RuntimeException e) {
            Optional<LionException> other =
                    LaterFailure.inPlaceOf(e, "the referee's sample " + (sample + 1), sample, samples);
            if (other.isPresent()) {
                throw other.get();
            }
            throw e;
        }
    }

    private Verdict ask(Comparison comparison, int sample) throws InterruptedException {
        Exhibit exhibit = exhibit(comparison, sample);
        cutTexts.addAndGet(exhibit.cut());
        ChatRequest request = request(exhibit);
        Verdict verdict = verdict(call.send(request), exhibit);
        if (verdict instanceof Verdict.Abstained) {
            call.discard(request);
        }
        return verdict;
    }

    private ChatRequest request(Exhibit exhibit) {
        return call.request(messages(exhibit), outputLimit.sent(), schema);
    }

    /** Over the batch model of {@link Builder#batches}; none without. */
    @Override
    public Optional<Batches<Comparison, Verdict>> batches() {
        return batches.map(it -> it.of(call, comparison -> request(exhibit(comparison, 0)), this::read));
    }

    private Verdict read(Comparison comparison, ChatResponse reply) {
        Exhibit exhibit = exhibit(comparison, 0);
        return verdict(call.read(request(exhibit), reply), exhibit);
    }

    /** The most tokens of all samples together. */
    @Override
    public Optional<TokenUsage> mostTokens(Comparison comparison) {
        // the samples' messages differ in codes of equal length
        long schemaTokens = schema.isPresent() ? SCHEMA_TOKENS : 0;
        return ModelCall.most(messages(exhibit(comparison, 0)), outputLimit.most())
                .map(one -> new TokenUsage(samples * (one.inputTokens() + schemaTokens), samples * one.outputTokens()));
    }

    private Exhibit exhibit(Comparison comparison, int sample) {
        return Exhibit.of(
                comparison.instruction().fullText(),
                comparison.first().text(),
                comparison.second().text(),
                mostShown,
                sample);
    }

    private List<ChatMessage> messages(Exhibit exhibit) {
        return context.messages(prompt, form.values(prompt, exhibit, schema.isPresent()));
    }

    private Verdict verdict(Response reply, Exhibit exhibit) {
        return reply.finishReason() == FinishReason.CONTENT_FILTER
                ? new Verdict.Abstained("the provider withheld the reply, or the model declined", reply.usage())
                : asOneReferee(form.read(reply, exhibit, schema.isPresent()));
    }

    /** What a model writes passes for no jury's ballots. */
    private static Verdict asOneReferee(Verdict verdict) {
        return verdict instanceof Verdict.Scored scored
                ? new Verdict.Scored(
                        scored.first(), scored.second(), BallotLine.quoteIn(scored.evidence()), scored.usage())
                : verdict;
    }

    /** How many texts were too long to be shown whole, since this referee was built; a text counts each time. */
    public long cutTexts() {
        return cutTexts.get();
    }

    /** Names, versions and hashes of the prompts, and what else decides a verdict, for the run manifest. */
    public Map<String, String> fingerprints() {
        Map<String, String> fingerprints = new TreeMap<>(context.fingerprints(Map.of("referee", prompt)));
        fingerprints.putAll(form.fingerprints(schema.isPresent()));
        fingerprints.put("referee.mostShown", Integer.toString(mostShown));
        fingerprints.put("referee.samples", Integer.toString(samples));
        return fingerprints;
    }

    /** Settings of a {@link ChatModelReferee}. */
    public static final class Builder extends BatchedRoleBuilder<Builder> {
        private ChatPrompt prompt = ChatPrompt.REFEREE;
        private Scale scale = Scale.ONE_TO_TEN;
        private final List<String> criteria = new ArrayList<>();
        private VerdictOrder order = VerdictOrder.EVIDENCE_FIRST;
        private StructuredOutput structured = StructuredOutput.AUTO;
        private int mostShown = 16_000;
        private int samples = 1;

        private Builder(ChatModel model) {
            super("referee", model, Sampling.of(0.2), 512);
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Another prompt, with the placeholders of {@link ChatPrompt#REFEREE}, which is the default. It need not say how the
         * verdict is to be written: that is what <code>{format}</code> stands for.
         */
        public Builder prompt(ChatPrompt newPrompt) {
            prompt = newPrompt.requirePlaceholders(RefereeForm.REQUIRED, RefereeForm.OPTIONAL);
            return this;
        }

        /** What the model is asked for, {@link Scale#ONE_TO_TEN} by default; a verdict has scores from 1 to 10 all the same. */
        public Builder scale(Scale newScale) {
            scale = Objects.requireNonNull(newScale, "scale");
            return this;
        }

        /** Adds something to judge by, such as {@code politeness}, in plain text; by lion's own words when there is none. */
        public Builder criterion(String text) {
            criteria.add(text);
            return this;
        }

        /** Whether verdicts are asked for as JSON; by default where the model says that it supports schemas. */
        public Builder structuredOutput(StructuredOutput when) {
            structured = Objects.requireNonNull(when, "structured output");
            return this;
        }

        /**
         * The most characters of the instruction and of each answer that are shown, 16,000 by default, some three times as
         * long as 1024 tokens of English. Of a longer text the beginning and the end are shown, with a line between them that
         * says so, and it is {@linkplain ChatModelReferee#cutTexts() counted}.
         */
        public Builder mostShown(int characters) {
            mostShown = positive("mostShown", characters);
            return this;
        }

        /**
         * How often the model is asked about each comparison, once by default, one after the other with requests that differ in
         * the codes of their frames. The scores are averaged. Samples without scores are left out; unless more than half have
         * scores, the verdict is an abstention. The evidence begins with what each sample said ({@link
         * dev.lion.jury.BallotLine}), the tokens are those of all.
         */
        public Builder samples(int times) {
            samples = positive("samples", times);
            return this;
        }

        /**
         * Asks for the scores before the words, as Vicuna's evaluation and the paper's setting 1 do (section 4), with {@link
         * ChatPrompt#REFEREE_SCORES_FIRST}; a prompt of your own is given after this. The verdict comes as lines then, of
         * points; by default the evidence comes first.
         */
        public Builder scoresFirst() {
            order = VerdictOrder.SCORES_FIRST;
            prompt = ChatPrompt.REFEREE_SCORES_FIRST;
            return this;
        }

        private boolean isStructured(ModelCall call) {
            return order == VerdictOrder.EVIDENCE_FIRST && isStructuredWhereItMay(call);
        }

        private boolean isStructuredWhereItMay(ModelCall call) {
            return structured == StructuredOutput.ALWAYS
                    || (structured == StructuredOutput.AUTO && call.supportsSchema());
        }

        @Override
        public Builder prompts(PromptSet prompts) {
            return prompt(prompts.referee());
        }

        /**
         * The referee.
         *
         * @throws IllegalArgumentException if the prompt has no room for the criteria or the scale, or if there are samples
         *     as well as batches, or the scores come first in JSON or as a preference
         */
        public ChatModelReferee build() {
            if (samples > 1 && batches().isPresent()) {
                throw new IllegalArgumentException(
                        "samples(" + samples + ") cannot go with batches(…): a batch asks once about each comparison");
            }
            if (order == VerdictOrder.SCORES_FIRST
                    && (structured == StructuredOutput.ALWAYS || !(scale instanceof Scale.Points))) {
                throw new IllegalArgumentException(
                        "scoresFirst() goes with points in lines, neither with structuredOutput(ALWAYS) nor with a preference");
            }
            return new ChatModelReferee(this);
        }
    }
}
