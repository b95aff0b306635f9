package dev.lion.student.cascade;

import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Who answered a request to a {@link CascadeChatModel}, and why. Id, model name, tokens and finish reason are those of the
 * model that answered.
 */
public final class CascadeChatResponseMetadata extends ChatResponseMetadata {
    private final ChatResponseMetadata own;
    private final CascadeReason reason;
    private final OptionalDouble confidence;
    private final double threshold;
    private final Optional<String> failure;

    private CascadeChatResponseMetadata(Builder builder) {
        super(builder);
        this.own = builder.own;
        this.reason = builder.reason;
        this.confidence = builder.confidence;
        this.threshold = builder.threshold;
        this.failure = builder.failure;
    }

    /** One of the two models. */
    public enum Answerer {
        /** The small one. */
        STUDENT,
        /** The big one. */
        TEACHER
    }

    static CascadeChatResponseMetadata of(
            ChatResponseMetadata own,
            CascadeReason reason,
            OptionalDouble confidence,
            double threshold,
            Optional<String> failure) {
        return new Builder(own, reason, confidence, threshold, failure).build();
    }

    /** Whose answer it is. */
    public Answerer answeredBy() {
        return switch (reason) {
            case CONFIDENT, TEACHER_FAILED -> Answerer.STUDENT;
            case UNSURE, UNFINISHED, STUDENT_REFUSED -> Answerer.TEACHER;
        };
    }

    /** Why it is. */
    public CascadeReason reason() {
        return reason;
    }

    /** The student's confidence in its answer, from 0 to 1, 0 where that was cut off or blank; empty when it gave none. */
    public OptionalDouble confidence() {
        return confidence;
    }

    /** The student answers where its confidence is this or more. */
    public double threshold() {
        return threshold;
    }

    /** What the student's refusal or the teacher's failure said; empty when neither happened. */
    public Optional<String> failure() {
        return failure;
    }

    /** The metadata as the model that answered gave them, in its own type. */
    public ChatResponseMetadata own() {
        return own;
    }

    @Override
    public Builder toBuilder() {
        return new Builder(this);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return super.equals(other)
                && other instanceof CascadeChatResponseMetadata that
                && own.equals(that.own)
                && reason == that.reason
                && confidence.equals(that.confidence)
                && threshold == that.threshold
                && failure.equals(that.failure);
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), own, reason, confidence, threshold, failure);
    }

    @Override
    public String toString() {
        return "CascadeChatResponseMetadata{" + super.toString() + ", answeredBy=" + answeredBy() + ", reason=" + reason
                + ", confidence=" + confidence + ", threshold=" + threshold + ", failure=" + failure + '}';
    }

    /** Changes what LangChain4j's metadata have. */
    public static final class Builder extends ChatResponseMetadata.Builder<Builder> {
        private final ChatResponseMetadata own;
        private final CascadeReason reason;
        private final OptionalDouble confidence;
        private final double threshold;
        private final Optional<String> failure;

        private Builder(
                ChatResponseMetadata own,
                CascadeReason reason,
                OptionalDouble confidence,
                double threshold,
                Optional<String> failure) {
            this.own = own;
            this.reason = reason;
            this.confidence = confidence;
            this.threshold = threshold;
            this.failure = failure;
            copy(own);
        }

        private Builder(CascadeChatResponseMetadata of) {
            this(of.own, of.reason, of.confidence, of.threshold, of.failure);
            copy(of);
        }

        private void copy(ChatResponseMetadata metadata) {
            id(metadata.id())
                    .modelName(metadata.modelName())
                    .tokenUsage(metadata.tokenUsage())
                    .finishReason(metadata.finishReason());
        }

        @Override
        public CascadeChatResponseMetadata build() {
            return new CascadeChatResponseMetadata(this);
        }
    }
}
