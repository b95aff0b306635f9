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
import java.util.concurrent.RejectedExecutionException;
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
    /** Threads that turn away whom there is no room for. */
    private static final int PORTERS = 8;

    private final HttpServer server;
    private final ExecutorService threads;
    private final ExecutorService porters;
    /** Of the porters' threads, who do nothing else. */
    private final ThreadLocal<Boolean> turnedAway = ThreadLocal.withInitial(() -> false);

    private final Duration headPatience;
    private final StallWatch watch;
    private final Completions completions;
    private final Router router;
    private final String modelName;
    private final Duration grace;

    private StudentServer(LoadedStudent student, ServingConfig config) throws IOException {
        Clock clock = Clock.systemUTC();
        this.modelName = named(student, config);
        this.headPatience = config.shortPatience();
        this.grace = config.grace();
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), config.port()), 0);
        this.watch = new StallWatch(config.patience(), headPatience);
        this.completions = new Completions(student, modelName, config, clock);
        this.router = new Router(modelName, new Admission(config.key()), completions, watch, clock);
        this.threads = threads(config.maxConnections());
        this.porters = threads(PORTERS);
        server.createContext("/", exchange -> {
            if (turnedAway.get()) {
                router.turnAway(exchange);
            } else {
                router.handle(exchange);
            }
        });
        server.setExecutor(this::receive);
        server.start();
    }

    private static String named(LoadedStudent student, ServingConfig config) {
        String name = config.modelName().orElseGet(student::name);
        if (!ServingConfig.isName(name)) {
            throw new IllegalArgumentException(
                    "the student's folder has a name that cannot be served; give it another with modelName");
        }
        return name;
    }

    private static ExecutorService threads(int most) {
        return new ThreadPoolExecutor(
                0, most, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), StudentServer::thread);
    }

    /** Reads a request and answers it; where too many are open it is told so, and where even that is too much, hung up on. */
    private void receive(Runnable request) {
        try {
            threads.execute(() -> underWatch(request));
        } catch (RejectedExecutionException e) {
            porters.execute(() -> {
                turnedAway.set(true);
                underWatch(request);
            });
        }
    }

    /**
     * Begins to serve a student, which stays its caller's, to be closed after the server.
     *
     * @throws IOException when the port is taken
     * @throws IllegalArgumentException when the student's name is none that clients could send
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
        watch.start(headPatience);
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
        porters.shutdownNow();
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
