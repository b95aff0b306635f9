package dev.lion.teacher.chat;

import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The failed attempts of one call, and what is said of them in the end. For one thread. */
final class Attempts {
    private final List<RuntimeException> failures = new ArrayList<>();
    private final List<String> words = new ArrayList<>();

    void failed(RuntimeException failure, CallFailure known, Duration since) {
        failures.add(failure);
        words.add(known.reason()
                + (known.status().isPresent() ? " (HTTP " + known.status().getAsInt() + ")" : "")
                + " at " + seconds(since));
    }

    int count() {
        return failures.size();
    }

    /** The last failure itself. */
    RuntimeException last() {
        RuntimeException last = failures.get(failures.size() - 1);
        failures.stream().filter(earlier -> earlier != last).forEach(last::addSuppressed);
        return last;
    }

    /**
     * The last failure again, as the same kind of exception, with all attempts in its message. The earlier ones are suppressed
     * in it, so that {@link CallFailure#of} knows whether any of them may have been charged.
     */
    RuntimeException givenUp(String why) {
        RuntimeException last = failures.get(failures.size() - 1);
        if (failures.size() == 1) {
            return last;
        }
        RuntimeException all = sameKind(
                "gave up after " + failures.size() + " attempts, " + why + ": " + String.join(", ", words)
                        + ". The last said: " + ProviderWords.quote(last),
                last);
        failures.subList(0, failures.size() - 1).forEach(all::addSuppressed);
        return all;
    }

    // an exception that has no kind of its own is told apart by its causes
    private static RuntimeException sameKind(String message, RuntimeException last) {
        if (last instanceof RateLimitException) {
            return new RateLimitException(message, last);
        }
        if (last instanceof TimeoutException) {
            return new TimeoutException(message, last);
        }
        if (last instanceof InternalServerException) {
            return new InternalServerException(message, last);
        }
        if (last instanceof UnresolvedModelServerException) {
            return new UnresolvedModelServerException(message, last);
        }
        return last instanceof DamagedReplyException
                ? new DamagedReplyException(message, last)
                : new LangChain4jException(message, last);
    }

    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", (double) time.toNanos() / 1e9);
    }
}
