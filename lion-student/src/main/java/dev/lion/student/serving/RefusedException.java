package dev.lion.student.serving;

import java.util.Optional;

/** A request that is not answered: the status and the error that its client gets. Without a stack: it is the client's fault. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String INVALID = "invalid_request_error";

    private final int status;
    private final String type;
    private final String field;
    private final String code;

    private RefusedException(int status, String type, String field, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
        this.field = field;
        this.code = code;
    }

    /** 400, for the value of a field. */
    static RefusedException field(String field, String fault) {
        return new RefusedException(400, INVALID, field, "", field + " " + fault);
    }

    /** 400, for a field's value that is well formed but that a student has no use for. */
    static RefusedException unsupported(String field, String fault) {
        return new RefusedException(400, INVALID, field, "unsupported_value", field + " " + fault);
    }

    /** 400, for messages that the student cannot be asked, with a code. */
    static RefusedException messages(String code, String message) {
        return new RefusedException(400, INVALID, "messages", code, message);
    }

    /** A request that is wrong as a whole. */
    static RefusedException request(int status, String code, String message) {
        return new RefusedException(status, INVALID, "", code, message);
    }

    /** 404, for a model that is not served. */
    static RefusedException model(String message) {
        return new RefusedException(404, INVALID, "model", "model_not_found", message);
    }

    /** 429 or 503: nothing is wrong with the request, and it may be sent again. */
    static RefusedException later(int status, String code, String message) {
        return new RefusedException(status, status == 429 ? "rate_limit_error" : "server_error", "", code, message);
    }

    /** 500: what happened is in the log. */
    static RefusedException internal() {
        return new RefusedException(
                500, "server_error", "", "internal_error", "the answer failed; the server's log says why");
    }

    int status() {
        return status;
    }

    String type() {
        return type;
    }

    /** The field at fault. */
    Optional<String> field() {
        return Optional.of(field).filter(text -> !text.isEmpty());
    }

    /** What programs tell errors apart by. */
    Optional<String> code() {
        return Optional.of(code).filter(text -> !text.isEmpty());
    }

    /** The message, which a {@link Throwable} may lack. */
    String reason() {
        return String.valueOf(getMessage());
    }
}
