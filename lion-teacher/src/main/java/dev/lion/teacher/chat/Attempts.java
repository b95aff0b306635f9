package dev.lion.teacher.chat;

import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.RetriableException;
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
    private boolean unbilled = true;
    private long firstFailure;

    /** Takes in an attempt that failed now, and tells how long after the first failure that is. */
    Duration failed(RuntimeException failure, CallFailure known, long now) {
        if (failures.isEmpty()) {
            firstFailure = now;
        }
        Duration since = Duration.ofNanos(now - firstFailure);
        failures.add(failure);
        unbilled &= known.isUnbilled();
        words.add(known.reason()
                + (known.status().isPresent() ? " (HTTP " + known.status().getAsInt() + ")" : "")
                + " at " + seconds(since));
        return since;
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
                last,
                last);
        failures.subList(0, failures.size() - 1).forEach(all::addSuppressed);
        return all;
    }

    /** The interrupt that ended the pause after the last of them. */
    RuntimeException interrupted(InterruptedException interrupt) {
        String message = "interrupted in the pause before another attempt";
        return unbilled
                ? new NotSentException(message + "; none before was charged", interrupt)
                : new LangChain4jException(message, interrupt);
    }

    /** An exception of the same kind as another; one that has no kind of its own is told apart by its causes. */
    static RuntimeException sameKind(String message, Throwable last, Throwable cause) {
        if (last instanceof RateLimitException) {
            return new RateLimitException(message, cause);
        }
        if (last instanceof TimeoutException) {
            return new TimeoutException(message, cause);
        }
        if (last instanceof InternalServerException) {
            return new InternalServerException(message, cause);
        }
        if (last instanceof UnresolvedModelServerException) {
            return new UnresolvedModelServerException(message, cause);
        }
        if (last instanceof DamagedReplyException) {
            return new DamagedReplyException(message, cause);
        }
        return last instanceof RetriableException
                ? new RetriableException(message, cause)
                : new LangChain4jException(message, cause);
    }

    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", (double) time.toNanos() / 1e9);
    }
}
