package dev.lion.student.serving;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What there is to ask for, and what becomes of requests that fail. */
final class Router implements HttpHandler {
    private static final Logger log = LoggerFactory.getLogger(Router.class);
    private static final String COMPLETIONS = "/v1/chat/completions";
    private static final String MODELS = "/v1/models";
    private static final String HEALTH = "/health";
    private static final String RETRY_SECONDS = "1";

    private final Admission admission;
    private final Completions completions;
    private final StallWatch watch;
    private final ObjectNode model;
    private final OpenRequests open = new OpenRequests();
    private volatile boolean closing;

    Router(String name, Admission admission, Completions completions, StallWatch watch, Clock clock) {
        this.admission = admission;
        this.completions = completions;
        this.watch = watch;
        this.model = JsonNodeFactory.instance
                .objectNode()
                .put("id", name)
                .put("object", "model")
                .put("created", clock.instant().getEpochSecond())
                .put("owned_by", "lion");
    }

    @Override
    public void handle(HttpExchange exchange) {
        handle(exchange, this::route);
    }

    /** Says that there is no room for it. */
    void turnAway(HttpExchange exchange) {
        handle(exchange, connection -> {
            connection.replyHeader("Connection", "close");
            throw RefusedException.later(503, "too_many_connections", "too many requests are open; try again later");
        });
    }

    /** What is done with a request. */
    private interface Work {
        void of(Connection connection) throws IOException, InterruptedException;
    }

    private void handle(HttpExchange exchange, Work work) {
        watch.stop();
        open.enter();
        var connection = new Connection(exchange, watch);
        try {
            answer(connection, work);
        } catch (IOException e) {
            log.debug("a client is gone", e);
        } finally {
            watch.start();
            exchange.close();
            watch.stop();
            open.leave();
        }
    }

    private void answer(Connection connection, Work work) throws IOException {
        try {
            admission.requireLocal(connection);
            work.of(connection);
        } catch (RefusedException e) {
            refuse(connection, e);
        } catch (InterruptedException e) {
            refuse(connection, RefusedException.later(503, "server_closed", "the server is closed"));
        } catch (RuntimeException e) {
            log.error("a request failed", e);
            refuse(connection, RefusedException.internal());
        }
    }

    private void route(Connection connection) throws IOException, InterruptedException {
        requireServing();
        String path = connection.path();
        if (path.equals(HEALTH)) {
            requireMethod(connection, "GET");
            connection.reply(200, JsonNodeFactory.instance.objectNode().put("status", "ok"));
            return;
        }
        admission.requireKey(connection);
        if (path.equals(COMPLETIONS)) {
            requireMethod(connection, "POST");
            completions.answer(connection);
        } else if (path.equals(MODELS)) {
            requireMethod(connection, "GET");
            ObjectNode list = JsonNodeFactory.instance.objectNode().put("object", "list");
            list.putArray("data").add(model);
            connection.reply(200, list);
        } else if (path.equals(MODELS + "/" + model.path("id").textValue())) {
            requireMethod(connection, "GET");
            connection.reply(200, model);
        } else {
            throw RefusedException.request(
                    404, "not_found", "there is nothing here but " + COMPLETIONS + ", " + MODELS + " and " + HEALTH);
        }
    }

    private static void requireMethod(Connection connection, String method) {
        if (!connection.method().equals(method)) {
            connection.replyHeader("Allow", method);
            throw RefusedException.request(405, "method_not_allowed", "this is asked for by " + method);
        }
    }

    private void requireServing() {
        if (closing) {
            throw RefusedException.later(503, "server_closed", "the server is being closed");
        }
    }

    private static void refuse(Connection connection, RefusedException refusal) throws IOException {
        if (refusal.status() == 429 || refusal.status() == 503) {
            connection.replyHeader("Retry-After", RETRY_SECONDS);
        }
        connection.refuse(refusal);
    }

    /** Refuses what comes from now on. */
    void startClosing() {
        closing = true;
    }

    /** The requests that are open. */
    OpenRequests open() {
        return open;
    }
}
