package dev.lion.student.chat;

import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is known of a student's answer: LangChain4j's metadata, and how sure the student was. */
public final class StudentChatResponseMetadata extends ChatResponseMetadata {
    private final double confidence;
    private final List<Double> logProbabilities;

    private StudentChatResponseMetadata(Builder builder) {
        super(builder);
        this.confidence = builder.confidence;
        this.logProbabilities = builder.logProbabilities;
    }

    /** Metadata to be set. */
    public static Builder builder() {
        return new Builder();
    }

    /** How sure the student was of the answer, from 0 to 1: the geometric mean of its tokens' probabilities. */
    public double confidence() {
        return confidence;
    }

    /** The natural logarithm of each token's probability under the student itself; the last is the end's, where it came to one. */
    public List<Double> logProbabilities() {
        return logProbabilities;
    }

    @Override
    public Builder toBuilder() {
        var builder = builder();
        toBuilder(builder);
        return builder.confidence(confidence).logProbabilities(logProbabilities);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return super.equals(other)
                && other instanceof StudentChatResponseMetadata that
                && confidence == that.confidence
                && logProbabilities.equals(that.logProbabilities);
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), confidence, logProbabilities);
    }

    @Override
    public String toString() {
        return "StudentChatResponseMetadata{" + super.toString() + ", confidence=" + confidence + '}';
    }

    /** Sets metadata; the confidence is 0 unless it is set. */
    public static final class Builder extends ChatResponseMetadata.Builder<Builder> {
        private double confidence;
        private List<Double> logProbabilities = List.of();

        private Builder() {}

        /** How sure the student was, from 0 to 1. */
        public Builder confidence(double value) {
            confidence = value;
            return this;
        }

        /** Of each token, in order. */
        public Builder logProbabilities(List<Double> values) {
            logProbabilities = List.copyOf(values);
            return this;
        }

        @Override
        public StudentChatResponseMetadata build() {
            return new StudentChatResponseMetadata(this);
        }
    }
}
