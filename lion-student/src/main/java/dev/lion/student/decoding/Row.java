package dev.lion.student.decoding;

import dev.lion.data.FinishReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** One prompt while it is being continued. */
final class Row {
    private final Prompt prompt;
    private final DecodingConfig config;
    private final Set<Integer> ends;
    private final int limit;
    private final AnswerText text;
    private final List<Integer> tokens = new ArrayList<>();
    private final List<Double> logProbabilities = new ArrayList<>();
    private final Decoding decoding;
    private boolean stopped;
    private Optional<RuntimeException> failure = Optional.empty();

    /**
     * A row without tokens of its own.
     *
     * @param context what prompt and continuation may have together
     */
    Row(
            Prompt prompt,
            DecodingConfig config,
            Set<Integer> ends,
            int context,
            Function<int[], String> detokenizer,
            Consumer<String> onText) {
        this.prompt = prompt;
        this.config = config;
        this.ends = ends;
        this.limit = Math.min(config.maxNewTokens(), Math.max(0, context - prompt.length()));
        this.text = new AnswerText(detokenizer, config.stopStrings(), onText);
        this.decoding = new Decoding(prompt.length());
    }

    Prompt prompt() {
        return prompt;
    }

    DecodingConfig config() {
        return config;
    }

    Decoding decoding() {
        return decoding;
    }

    /** Where the next token goes. */
    int position() {
        return prompt.length() + tokens.size();
    }

    /** A token of the prompt or of what was written after it. */
    int token(int place) {
        return place < prompt.length() ? prompt.token(place) : tokens.get(place - prompt.length());
    }

    /** Tokens that may still follow. */
    int remaining() {
        return limit - tokens.size();
    }

    boolean isDone() {
        return stopped || failure.isPresent() || remaining() == 0;
    }

    /** The uniform number for a token that follows, counted from 0. */
    double uniform(int ahead) {
        return prompt.uniform(tokens.size() + ahead);
    }

    void append(int token, double logProbability) {
        logProbabilities.add(logProbability);
        if (ends.contains(token)) {
            stopped = true;
        } else {
            tokens.add(token);
            guarded(() -> stopped = text.grow(tokens));
        }
    }

    /** Gives the rest of the text and the whole, when the row is done. */
    void finish() {
        if (failure.isEmpty()) {
            guarded(() -> text.end(tokens));
        }
        failure.ifPresentOrElse(decoding::fail, () -> decoding.complete(continuation()));
    }

    private Continuation continuation() {
        return new Continuation(
                tokens, text.text(), stopped ? FinishReason.STOP : FinishReason.LENGTH, logProbabilities);
    }

    /** What who reads the text throws is that row's end alone. */
    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            failure = Optional.of(e);
        }
    }
}
