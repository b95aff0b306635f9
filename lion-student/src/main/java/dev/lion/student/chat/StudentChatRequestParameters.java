package dev.lion.student.chat;

import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * LangChain4j's parameters of a request, and what a student has beyond them. As there, null is for what is not said, and
 * merging prefers what is.
 */
public final class StudentChatRequestParameters extends DefaultChatRequestParameters {
    private final @Nullable Double minP;
    private final @Nullable Double repetitionPenalty;
    private final @Nullable Long seed;

    private StudentChatRequestParameters(Builder builder) {
        super(builder);
        this.minP = builder.minP;
        this.repetitionPenalty = builder.repetitionPenalty;
        this.seed = builder.seed;
    }

    /** Parameters to be set. */
    public static Builder builder() {
        return new Builder();
    }

    /** Parameters that say what these say, without those of this class where they are others. */
    static StudentChatRequestParameters of(ChatRequestParameters parameters) {
        return builder().overrideWith(parameters).build();
    }

    /** Tokens less likely than this share of the likeliest are not considered; null for the student's own. */
    public @Nullable Double minP() {
        return minP;
    }

    /** What the score of a token that occurred is divided by, where it is positive, or multiplied; null for the student's own. */
    public @Nullable Double repetitionPenalty() {
        return repetitionPenalty;
    }

    /** Where the random choices of the answer come from; null for what follows from the model's seed and the messages. */
    public @Nullable Long seed() {
        return seed;
    }

    @Override
    public StudentChatRequestParameters overrideWith(ChatRequestParameters that) {
        return builder().overrideWith(this).overrideWith(that).build();
    }

    @Override
    public StudentChatRequestParameters defaultedBy(ChatRequestParameters that) {
        return builder().overrideWith(that).overrideWith(this).build();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return super.equals(other)
                && other instanceof StudentChatRequestParameters that
                && Objects.equals(minP, that.minP)
                && Objects.equals(repetitionPenalty, that.repetitionPenalty)
                && Objects.equals(seed, that.seed);
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), minP, repetitionPenalty, seed);
    }

    @Override
    public String toString() {
        return "StudentChatRequestParameters{" + super.toString() + ", minP=" + minP + ", repetitionPenalty="
                + repetitionPenalty + ", seed=" + seed + '}';
    }

    /** Sets parameters; one that is not set is not said. */
    public static final class Builder extends DefaultChatRequestParameters.Builder<Builder> {
        private @Nullable Double minP;
        private @Nullable Double repetitionPenalty;
        private @Nullable Long seed;

        private Builder() {}

        @Override
        public Builder overrideWith(ChatRequestParameters parameters) {
            super.overrideWith(parameters);
            if (parameters instanceof StudentChatRequestParameters own) {
                minP = own.minP != null ? own.minP : minP;
                repetitionPenalty = own.repetitionPenalty != null ? own.repetitionPenalty : repetitionPenalty;
                seed = own.seed != null ? own.seed : seed;
            }
            return this;
        }

        /** Leaves out tokens less likely than this share of the likeliest; 0 for none. */
        public Builder minP(@Nullable Double value) {
            minP = value;
            return this;
        }

        /** Makes tokens that occurred less likely; 1 for no change. */
        public Builder repetitionPenalty(@Nullable Double value) {
            repetitionPenalty = value;
            return this;
        }

        /** Where the random choices of the answer come from: another seed, another answer. */
        public Builder seed(@Nullable Long value) {
            seed = value;
            return this;
        }

        @Override
        public StudentChatRequestParameters build() {
            return new StudentChatRequestParameters(this);
        }
    }
}
