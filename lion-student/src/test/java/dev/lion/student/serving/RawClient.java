package dev.lion.student.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Sends what no well-behaved client would. */
record RawClient(URI url) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    /** A reply with its body as JSON. */
    record Reply(int status, JsonNode body, HttpResponse<String> response) {
        String error(String field) {
            return body.path("error").path(field).asText();
        }
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).header("Content-Type", "application/json");
    }

    Reply post(String body) throws IOException, InterruptedException {
        return send(request("/chat/completions").POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    Reply get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    static Reply send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Reply(response.statusCode(), JSON.readTree(response.body()), response);
    }

    /** A connection on which nothing but these bytes has been sent. */
    Socket open(String bytes) throws IOException {
        var socket = new Socket(url.getHost(), url.getPort());
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return socket;
    }

    /** A connection on which a completion has been asked for. */
    Socket ask(String body) throws IOException {
        return open("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }
}
