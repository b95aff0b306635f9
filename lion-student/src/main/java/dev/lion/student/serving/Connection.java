package dev.lion.student.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One request and its reply; whatever waits for the client waits under the watch. Used by the request's own thread. */
final class Connection {
    private static final String JSON = "application/json";
    private static final int SKIPPED_AT_MOST = 1 << 24;

    private final HttpExchange exchange;
    private final StallWatch watch;
    private boolean begun;
    private boolean streaming;

    Connection(HttpExchange exchange, StallWatch watch) {
        this.exchange = exchange;
        this.watch = watch;
    }

    String method() {
        return exchange.getRequestMethod();
    }

    String path() {
        return exchange.getRequestURI().getPath();
    }

    /** The first of its headers of that name. */
    Optional<String> header(String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    void replyHeader(String name, String value) {
        exchange.getResponseHeaders().set(name, value);
    }

    /** Whether the status is sent already. */
    boolean isBegun() {
        return begun;
    }

    /**
     * The body of the request.
     *
     * @throws RefusedException when it is longer than that
     */
    byte[] body(int most) throws IOException {
        watch.start();
        try {
            InputStream in = exchange.getRequestBody();
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length <= most) {
                return bytes;
            }
            skip(in);
            throw RefusedException.request(
                    413, "body_too_large", "the body is longer than " + most + " bytes, the most that is read");
        } finally {
            watch.stop();
        }
    }

    /** So that a client that is still sending comes to read the refusal. */
    private static void skip(InputStream in) throws IOException {
        var buffer = new byte[1 << 16];
        int read = 0;
        for (int skipped = 0; read >= 0 && skipped < SKIPPED_AT_MOST; skipped += read) {
            read = in.read(buffer);
        }
    }

    /** Replies with an error; where a stream of events has begun, as its last. */
    void refuse(RefusedException refusal) throws IOException {
        if (streaming) {
            event(Replies.error(refusal));
            end();
        } else {
            reply(refusal.status(), Replies.error(refusal));
        }
    }

    /** Replies with JSON, unless a reply has begun; then the JSON is what ends it. */
    void reply(int status, JsonNode json) throws IOException {
        byte[] bytes = Replies.bytes(json);
        if (!begun) {
            begin(status, JSON, bytes.length);
        }
        write(bytes);
        end();
    }

    /** Begins a reply in JSON, which is not there yet. */
    void beginJson() throws IOException {
        begin(200, JSON, 0);
    }

    /** Begins a stream of events. */
    void beginEvents() throws IOException {
        begin(200, "text/event-stream; charset=utf-8", 0);
        streaming = true;
    }

    private void begin(int status, String type, int length) throws IOException {
        begun = true;
        replyHeader("Content-Type", type);
        replyHeader("Cache-Control", "no-store");
        watch.start();
        try {
            exchange.sendResponseHeaders(status, length);
        } finally {
            watch.stop();
        }
    }

    /** Sends an event of a stream. */
    void event(JsonNode json) throws IOException {
        event(new String(Replies.bytes(json), StandardCharsets.UTF_8));
    }

    void event(String data) throws IOException {
        write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    }

    /** White space, which JSON and streams of events pass over, to see whether the client is still there. */
    void knock() throws IOException {
        write(new byte[] {'\n'});
    }

    private void write(byte[] bytes) throws IOException {
        watch.start();
        try {
            OutputStream out = exchange.getResponseBody();
            out.write(bytes);
            out.flush();
        } finally {
            watch.stop();
        }
    }

    void end() throws IOException {
        watch.start();
        try {
            exchange.getResponseBody().close();
        } finally {
            watch.stop();
        }
    }
}
