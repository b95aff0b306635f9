package dev.lion.student.serving;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who may ask: programs of this machine. A page in a browser is not one: a name that only lately leads to this machine is not
 * answered to, nor is a page from elsewhere, and none of the replies may be read by one.
 */
final class Admission {
    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");
    private static final List<String> NAMES = List.of("localhost", "127.0.0.1", "[::1]");

    private final Optional<ApiKey> key;

    Admission(Optional<ApiKey> key) {
        this.key = key;
    }

    /** Refuses names of other machines and pages from elsewhere. */
    void requireLocal(Connection connection) {
        String host = PORT.matcher(connection.header("Host").orElse("")).replaceFirst("");
        if (!isLocal(host)) {
            throw RefusedException.request(
                    403, "host_not_allowed", "this server answers to localhost, 127.0.0.1 and [::1] alone");
        }
        if (!connection.header("Origin").map(Admission::isLocalPage).orElse(true)) {
            throw RefusedException.request(403, "origin_not_allowed", "pages of other origins may not use this server");
        }
    }

    private static boolean isLocal(String host) {
        return NAMES.contains(host.toLowerCase(Locale.ROOT));
    }

    private static boolean isLocalPage(String origin) {
        try {
            String host = URI.create(origin).getHost();
            return host != null && isLocal(host);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Refuses clients without the key, where there is one. */
    void requireKey(Connection connection) {
        String sent = connection.header("Authorization").orElse("");
        if (key.isPresent() && !key.get().isIn(sent)) {
            connection.replyHeader("WWW-Authenticate", "Bearer");
            throw RefusedException.request(
                    401, "invalid_api_key", "this server wants its key, as the header Authorization: Bearer KEY");
        }
    }

    /** Refuses bodies of other types: a page may send those without asking, but not JSON. */
    static void requireJson(Connection connection) {
        String type =
                connection.header("Content-Type").orElse("").split(";", 2)[0].strip();
        if (!type.equalsIgnoreCase("application/json")) {
            throw RefusedException.request(
                    415, "not_json", "the body must be JSON, with the header Content-Type: application/json");
        }
    }
}
