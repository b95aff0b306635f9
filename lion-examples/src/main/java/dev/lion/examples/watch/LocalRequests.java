package dev.lion.examples.watch;

import com.sun.net.httpserver.Headers;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells requests of this machine's browsers from those that a page from elsewhere makes them send. */
final class LocalRequests {
    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");
    private static final List<String> NAMES = List.of("localhost", "127.0.0.1", "[::1]");

    private LocalRequests() {}

    /** Whether the request is for a name of this machine, not one that was made to lead here, and of a page that came from it. */
    static boolean isLocal(Headers headers) {
        String host = Optional.ofNullable(headers.getFirst("Host")).orElse("");
        return isName(PORT.matcher(host).replaceFirst(""))
                && Optional.ofNullable(headers.getFirst("Origin"))
                        .map(LocalRequests::isOrigin)
                        .orElse(true);
    }

    private static boolean isName(String host) {
        return NAMES.contains(host.toLowerCase(Locale.ROOT));
    }

    private static boolean isOrigin(String origin) {
        try {
            String host = URI.create(origin).getHost();
            return host != null && isName(host);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
