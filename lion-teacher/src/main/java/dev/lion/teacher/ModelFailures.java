package dev.lion.teacher;

import static dev.lion.teacher.chat.CallFailure.find;

import dev.lion.LionException;
import dev.lion.teacher.chat.CallFailure;
import dev.lion.teacher.chat.CallFailure.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Says the failures of a model call in lion's own terms: what may pass, what does not, and what to do about it. */
final class ModelFailures {
    private static final int EXCERPT = 300;

    /** What looks like a key: a word that holds a digit, after a word for a key, or so long that no name is. */
    private static final Pattern KEY = Pattern.compile(
            "(?i)(?:\\bsk|\\bpk|key|bearer|secret|token)['\"]?[-_ :='\"]+(?=\\S*\\d)[\\w.*-]{8,}|(?=\\w*\\d)\\w{32,}");

    private ModelFailures() {}

    /**
     * What to throw in place of a model's failure: the failure itself if it is lion's own, such as a spent budget.
     *
     * @throws InterruptedException if the call failed because its thread was interrupted; the flag is then set
     */
    static LionException translate(String role, RuntimeException failure) throws InterruptedException {
        CallFailure known = CallFailure.of(failure);
        if (known.reason() == Reason.INTERRUPTED) {
            Thread.currentThread().interrupt();
            throw interrupted(role, failure);
        }
        Optional<LionException> own = find(failure, LionException.class);
        if (own.isPresent()) {
            return own.get();
        }
        String what = "the " + role + "'s model call failed"
                + (known.status().isPresent() ? " with HTTP " + known.status().getAsInt() : "");
        return known.isPassing()
                ? new PassingFailureException(
                        what + ", which may pass: " + hint(failure) + excerpt(failure), failure, known.isUnbilled())
                : refused(known.reason(), what, failure);
    }

    /** What to check should it not pass. */
    private static String hint(Throwable failure) {
        if (find(failure, ConnectException.class).isPresent()) {
            return "no server can be reached there; check that it runs, and host and port of the base URL. It said: ";
        }
        // known by its name, since which JSON library reads replies is the client's affair
        boolean notJson = find(failure, IOException.class)
                .filter(e -> e.getClass().getSimpleName().startsWith("Json"))
                .isPresent();
        return notJson ? "the reply is not JSON; check the base URL, which often ends in /v1. It said: " : "";
    }

    private static InterruptedException interrupted(String role, RuntimeException failure) {
        var interrupted = new InterruptedException("the " + role + "'s model call was interrupted");
        interrupted.initCause(failure);
        return interrupted;
    }

    private static ChatModelException refused(Reason reason, String what, RuntimeException failure) {
        String advice = advice(reason);
        return reason == Reason.AUTHENTICATION
                ? new ChatModelException(reason, what + ": " + advice, null)
                : new ChatModelException(reason, what + ": " + advice + ". It said: " + excerpt(failure), failure);
    }

    private static String advice(Reason reason) {
        return switch (reason) {
            case AUTHENTICATION ->
                "the provider does not accept the key, or the key may not use this model;"
                        + " check the key, the organisation and the model that the chat model was built with";
            case QUOTA -> "the account has no credit left; check its plan and billing, then resume the run";
            case MODEL_NOT_FOUND ->
                "the provider knows no such model or address; check the model's name and the base URL";
            case INVALID_REQUEST ->
                "the provider takes the request for faulty; if it names temperature or top_p, build"
                        + " the role with sampling(Sampling.modelDefault()), if it names max_tokens, with"
                        + " modelDefaultOutputLimit()";
            case UNREACHABLE -> "the provider's address cannot be resolved; check the base URL and the network";
            case UNSUPPORTED ->
                "the model does not offer a setting of the request; build the role with"
                        + " sampling(Sampling.modelDefault()) or modelDefaultOutputLimit()";
            case RATE_LIMITED, SERVER_ERROR, CONNECTION, INTERRUPTED, UNEXPECTED ->
                "the chat model threw an exception that does not say whether it may pass";
        };
    }

    /** The beginning of the failure's own words, without what looks like a key: providers quote what they were sent. */
    private static String excerpt(Throwable failure) {
        String text = failure.getMessage() == null ? failure.getClass().getName() : failure.getMessage();
        String line = KEY.matcher(text.strip().replaceAll("\\s+", " ")).replaceAll("[removed]");
        return line.length() <= EXCERPT ? line : line.substring(0, EXCERPT) + "…";
    }
}
