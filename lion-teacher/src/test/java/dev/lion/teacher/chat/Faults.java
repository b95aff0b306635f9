package dev.lion.teacher.chat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/** The ways in which a {@link FaultServer} replies, from well to not at all. */
final class Faults {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> AS_JSON = Map.of("Content-Type", "application/json");

    private Faults() {}

    /** The body of a complete answer that took 11 tokens in and 7 out. */
    static String completion(String text, String finishReason) {
        ObjectNode body = JSON.createObjectNode().put("id", "c-1").put("object", "chat.completion");
        body.put("model", "served");
        body.putArray("choices")
                .addObject()
                .put("index", 0)
                .put("finish_reason", finishReason)
                .putObject("message")
                .put("role", "assistant")
                .put("content", text);
        body.putObject("usage")
                .put("prompt_tokens", 11)
                .put("completion_tokens", 7)
                .put("total_tokens", 18);
        return body.toString();
    }

    /** A complete answer. */
    static Fault answer(String text) {
        return status(200, completion(text, "stop"));
    }

    /** Any status with a JSON body. */
    static Fault status(int status, String body) {
        return reply(status, AS_JSON, bytes(body));
    }

    /** Any reply that is well-formed HTTP. */
    static Fault reply(int status, Map<String, String> headers, byte[] body) {
        return (connection, out) -> {
            head(out, status, headers, "Content-Length: " + body.length + "\r\n");
            out.write(body);
            out.flush();
        };
    }

    /** The connection is reset in the middle of a body. */
    static Fault reset(String body) {
        return (connection, out) -> {
            half(out, body);
            connection.setSoLinger(true, 0); // closing sends RST
        };
    }

    /** The connection is closed in the middle of a body of a known length. */
    static Fault cutOff(String body) {
        return (connection, out) -> half(out, body);
    }

    private static void half(OutputStream out, String body) throws IOException, InterruptedException {
        byte[] whole = bytes(body);
        head(out, 200, AS_JSON, "Content-Length: " + whole.length + "\r\n");
        out.write(whole, 0, whole.length / 2);
        out.flush();
        Thread.sleep(20); // so that the half arrives
    }

    /** The connection is closed without a word. */
    static Fault hangUp() {
        return (connection, out) -> {};
    }

    /** Something that is not HTTP. */
    static Fault gibberish() {
        return (connection, out) -> out.write(bytes("SSH-2.0-OpenSSH_9.6\r\n"));
    }

    /** Nothing, until the client hangs up. */
    static Fault silence() {
        return (connection, out) -> connection.getInputStream().read();
    }

    /** A body whose pieces come with pauses between them, and which never ends. */
    static Fault endless(int pieceBytes, Duration pause) {
        return (connection, out) -> {
            head(out, 200, AS_JSON, "");
            byte[] piece = new byte[pieceBytes];
            Arrays.fill(piece, (byte) ' ');
            while (true) {
                out.write(piece);
                out.flush();
                Thread.sleep(pause.toMillis());
            }
        };
    }

    /** A whole answer, so many bytes at a time with pauses between them. */
    static Fault drip(String text, int pieceBytes, Duration pause) {
        return (connection, out) -> {
            byte[] whole = bytes(completion(text, "stop"));
            head(out, 200, AS_JSON, "Content-Length: " + whole.length + "\r\n");
            for (int from = 0; from < whole.length; from += pieceBytes) {
                out.write(whole, from, Math.min(pieceBytes, whole.length - from));
                out.flush();
                Thread.sleep(pause.toMillis());
            }
        };
    }

    private static void head(OutputStream out, int status, Map<String, String> headers, String length)
            throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " -\r\n" + length + "Connection: close\r\n");
        headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        out.write(bytes(head + "\r\n"));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
