package dev.lion.student.decoding;

import dev.lion.data.FinishReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One prompt while it is being continued. */
final class Row {
    private final Prompt prompt;
    private final int limit;
    private final List<Integer> tokens = new ArrayList<>();
    private boolean ended;

    /** Room is what the decoder's context leaves after the prompt. */
    Row(Prompt prompt, int maxNewTokens, int context) {
        this.prompt = prompt;
        this.limit = Math.min(maxNewTokens, Math.max(0, context - prompt.length()));
    }

    Prompt prompt() {
        return prompt;
    }

    /** Where the next token goes. */
    int position() {
        return prompt.length() + tokens.size();
    }

    /** Tokens that may still follow. */
    int remaining() {
        return limit - tokens.size();
    }

    boolean isDone() {
        return ended || remaining() == 0;
    }

    /** The uniform number for a token that follows, counted from 0. */
    double uniform(int ahead) {
        return prompt.uniform(tokens.size() + ahead);
    }

    void append(int token, Set<Integer> ends) {
        if (ends.contains(token)) {
            ended = true;
        } else {
            tokens.add(token);
        }
    }

    Continuation continuation() {
        return new Continuation(tokens, ended ? FinishReason.STOP : FinishReason.LENGTH);
    }
}
