package dev.lion.student.serving;

import com.sun.net.httpserver.HttpServer;
import dev.lion.student.LoadedStudent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Serves a student on 127.0.0.1, in the protocol of OpenAI's chat completions: {@code POST /v1/chat/completions}, streamed or
 * not, {@code GET /v1/models}, {@code GET /health}. Requests share the student's batches with all others that it answers; the
 * same request always gets the same answer, unless its {@code seed} says otherwise.
 *
 * <p>Wrong requests are refused with a status from 400 on and OpenAI's error object, which names the field; 429 when too many
 * wait for the student. Other machines cannot reach it, and pages in a browser are refused, unless they come from this machine.
 *
 * <p>Started and closed by its owner, from any thread.
 */
public final class StudentServer implements AutoCloseable {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);
    private static final long IDLE_SECONDS = 10;

    private final HttpServer server;
    private final ExecutorService threads;
    private final StallWatch watch;
    private final Completions completions;
    private final Router router;
    private final String modelName;
    private final Duration grace;

    private StudentServer(LoadedStudent student, ServingConfig config) throws IOException {
        Clock clock = Clock.systemUTC();
        this.modelName = config.modelName().orElseGet(student::name);
        this.grace = config.grace();
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), config.port()), 0);
        this.watch = new StallWatch(config.patience());
        this.completions = new Completions(student, modelName, config, clock);
        this.router = new Router(modelName, new Admission(config.key()), completions, watch, clock);
        this.threads = new ThreadPoolExecutor(
                0,
                config.maxConnections(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                StudentServer::thread);
        server.createContext("/", router);
        server.setExecutor(request -> threads.execute(() -> underWatch(request)));
        server.start();
    }

    /**
     * Begins to serve a student, which stays its caller's, to be closed after the server.
     *
     * @throws IOException when the port is taken
     */
    public static StudentServer start(LoadedStudent student, ServingConfig config) throws IOException {
        return new StudentServer(student, config);
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "lion-serve");
        thread.setDaemon(true);
        return thread;
    }

    /** Reads the head of a request, and leads to the router. */
    private void underWatch(Runnable request) {
        watch.start();
        try {
            request.run();
        } finally {
            watch.stop();
        }
    }

    /** What clients take as their base URL. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
    }

    /** What clients call the model. */
    public String modelName() {
        return modelName;
    }

    /** Refuses new requests, gives answers under way a moment ({@link ServingConfig#grace()}), then ends them. */
    @Override
    public void close() {
        router.startClosing();
        if (!isQuiet(grace)) {
            completions.cancel();
            isQuiet(LAST_WORDS);
        }
        server.stop(0);
        threads.shutdownNow();
        watch.close();
    }

    private boolean isQuiet(Duration limit) {
        try {
            return router.open().awaitNone(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
