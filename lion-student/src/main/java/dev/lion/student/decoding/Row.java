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
    private final long arrival;
    private final Prompt prompt;
    private final DecodingConfig config;
    private final Set<Integer> ends;
    private final int limit;
    private final AnswerText text;
    private final boolean watched;
    private final List<Integer> tokens = new ArrayList<>();
    private final List<Double> logProbabilities = new ArrayList<>();
    private final Decoding decoding;
    /** Tokens whose keys and values are known. */
    private int cached;

    private boolean stopped;
    private Optional<Throwable> failure = Optional.empty();

    /**
     * A row without tokens of its own.
     *
     * @param arrival rows with a smaller number came before
     * @param context what prompt and continuation may have together
     */
    Row(
            long arrival,
            Prompt prompt,
            DecodingConfig config,
            Set<Integer> ends,
            int context,
            Function<int[], String> detokenizer,
            Optional<Consumer<String>> onText) {
        this.arrival = arrival;
        this.prompt = prompt;
        this.config = config;
        this.ends = ends;
        this.limit = Math.min(config.maxNewTokens(), Math.max(0, context - prompt.length()));
        this.text = new AnswerText(detokenizer, config.stopStrings(), onText.orElse(nothing -> {}));
        this.watched = onText.isPresent() || !config.stopStrings().isEmpty();
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

    int cached() {
        return cached;
    }

    /** Notes of how many tokens keys and values are known. */
    void cached(int count) {
        cached = count;
    }

    /** Tokens that are to be read before the next one is written. */
    int pending() {
        return position() - cached;
    }

    /** Whether its text matters with every token: somebody reads along, or it may end the row. */
    boolean isWatched() {
        return watched;
    }

    /** How many of the first tokens are those of another row's prompt, the last one left out. */
    int commonWith(Row other) {
        return Math.min(position() - 1, prompt.commonWith(other.prompt));
    }

    /** Which row came first: a smaller number. */
    long arrival() {
        return arrival;
    }

    /** Whether more than one token is to be read before the next is written. */
    boolean isReading() {
        return pending() > 1;
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
            if (watched) {
                guarded(() -> stopped = text.grow(tokens));
            }
        }
    }

    /** Gives the rest of the text and the whole, when the row is done. */
    void finish() {
        if (failure.isEmpty()) {
            guarded(() -> stopped |= text.end(tokens));
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
        } catch (RuntimeException | Error e) {
            failure = Optional.of(e);
        }
    }
}
