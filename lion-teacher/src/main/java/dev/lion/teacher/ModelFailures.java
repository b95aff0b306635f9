package dev.lion.teacher;

import static dev.lion.teacher.chat.CallFailure.find;

import dev.lion.LionException;
import dev.lion.teacher.chat.CallFailure;
import dev.lion.teacher.chat.CallFailure.Reason;
import dev.lion.teacher.chat.DamagedReplyException;
import dev.lion.teacher.chat.ProviderWords;
import java.util.Optional;

/** Says the failures of a model call in lion's own terms: what may pass, what does not, and what to do about it. */
final class ModelFailures {
    private ModelFailures() {}

    /**
     * What to throw in place of a model's failure: the failure itself if it is lion's own, such as a spent budget.
     *
     * @throws InterruptedException if the call failed because its thread was interrupted; the flag is then set. It is {@link
     *     dev.lion.role.Unbilled} if nothing was sent
     */
    static LionException translate(String role, RuntimeException failure) throws InterruptedException {
        CallFailure known = CallFailure.of(failure);
        if (known.reason() == Reason.INTERRUPTED) {
            Thread.currentThread().interrupt();
            throw interrupted(role, failure, known.isUnbilled());
        }
        Optional<LionException> own = find(failure, LionException.class);
        if (own.isPresent()) {
            return own.get();
        }
        String what = "the " + role + "'s model call failed"
                + (known.status().isPresent() ? " with HTTP " + known.status().getAsInt() : "");
        if (known.isForEveryCall() && !mayBeBackSoon(known, failure)) {
            return unusable(known, what, failure);
        }
        return known.isPassing()
                ? new PassingFailureException(
                        what + ", which may pass: " + hint(known, failure) + ProviderWords.quote(failure),
                        failure,
                        known.isUnbilled())
                : new ChatModelException(known.reason(), advised(known, what, failure), failure, known.isUnbilled());
    }

    /** Whether a server could not be reached once: after several attempts, which are suppressed ones, no call can reach it. */
    private static boolean mayBeBackSoon(CallFailure known, Throwable failure) {
        return known.reason() == Reason.UNREACHABLE && failure.getSuppressed().length == 0;
    }

    /** What to check should it not pass. */
    private static String hint(CallFailure known, Throwable failure) {
        if (known.reason() == Reason.UNREACHABLE) {
            return advice(Reason.UNREACHABLE) + ". It said: ";
        }
        boolean unreadable = known.reason() == Reason.UNREADABLE && !(failure instanceof DamagedReplyException);
        return unreadable
                ? "the reply is not what a chat model sends; check the base URL, which often ends in /v1. It said: "
                : "";
    }

    private static InterruptedException interrupted(String role, RuntimeException failure, boolean isUnbilled) {
        String message = "the " + role + "'s model call was interrupted";
        var interrupted = isUnbilled
                ? new UnbilledInterruptedException(message + "; it is not charged")
                : new InterruptedException(message);
        interrupted.initCause(failure);
        return interrupted;
    }

    private static UnusableModelException unusable(CallFailure known, String what, RuntimeException failure) {
        return known.reason() == Reason.AUTHENTICATION
                ? new UnusableModelException(
                        known.reason(), what + ": " + advice(known.reason()), null, known.isUnbilled())
                : new UnusableModelException(
                        known.reason(), advised(known, what, failure), failure, known.isUnbilled());
    }

    private static String advised(CallFailure known, String what, RuntimeException failure) {
        return what + ": " + advice(known.reason()) + ". It said: " + ProviderWords.quote(failure);
    }

    private static String advice(Reason reason) {
        return switch (reason) {
            case AUTHENTICATION ->
                "the provider does not accept the key, or the key may not use this model;"
                        + " check the key, the organisation and the model that the chat model was built with";
            case QUOTA -> "the account has no credit left; check its plan and billing";
            case MODEL_NOT_FOUND ->
                "the provider knows no such model or address; check the model's name and the base URL";
            case INVALID_REQUEST ->
                "the provider takes the request for faulty; if it names temperature or top_p, build"
                        + " the role with sampling(Sampling.modelDefault()), if it names max_tokens, with"
                        + " modelDefaultOutputLimit()";
            case UNREACHABLE ->
                "no server can be reached at the model's address; check that it runs, host and port of the base URL,"
                        + " the network with its proxy, and that its certificate is trusted";
            case UNSUPPORTED ->
                "the model does not offer a setting of the request; build the role with"
                        + " sampling(Sampling.modelDefault()) or modelDefaultOutputLimit()";
            case CONTENT_FILTERED -> "the provider's filter turned the request down";
            case RATE_LIMITED, SERVER_ERROR, TIMED_OUT, CONNECTION, UNREADABLE, INTERRUPTED, UNEXPECTED ->
                "the chat model threw an exception that does not say whether it may pass";
        };
    }
}
