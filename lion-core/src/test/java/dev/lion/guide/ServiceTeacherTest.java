package dev.lion.guide;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.lion.role.Teacher;
import dev.lion.testing.BlockedCall;
import dev.lion.testing.TeacherContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

// region test
class ServiceTeacherTest extends TeacherContract {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch reached = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        handle("/answer", exchange -> reply(exchange, 200));
        handle("/overloaded", exchange -> reply(exchange, 503));
        handle("/puzzled", exchange -> reply(exchange, 400));
        handle("/silent", exchange -> reached.countDown());
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Override
    protected Teacher create() {
        return teacher("/answer");
    }

    @Override
    protected Optional<Teacher> createFailingForNow() {
        return Optional.of(teacher("/overloaded"));
    }

    @Override
    protected Optional<Teacher> createFailingForGood() {
        return Optional.of(teacher("/puzzled"));
    }

    @Override
    protected Optional<BlockedCall<Teacher>> createBlocked() {
        return Optional.of(new BlockedCall<>(teacher("/silent"), reached));
    }

    private Teacher teacher(String path) {
        return new ServiceTeacher(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path));
    }

    private void handle(String path, HttpHandler handler) {
        server.createContext(path, handler);
    }

    private static void reply(HttpExchange exchange, int status) throws IOException {
        try (exchange) {
            byte[] question = exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, question.length);
            exchange.getResponseBody().write(question); // an echo will do for an answer
        }
    }
}
// endregion
