package dev.lion.examples.watch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lion.LionException;
import dev.lion.examples.puzzle.Puzzles;
import dev.lion.report.HtmlReport;
import dev.lion.run.RunDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves the report of a run on 127.0.0.1: a page that asks every two seconds how the run is, and shows the report anew when
 * there is something new, at the same place and with the same parts open. The report is made when a browser asks for a
 * version that was not made yet, so that nothing is read while nobody looks.
 *
 * <p>Pages of other origins are kept out: the name in {@code Host} must be this machine's, nothing allows another origin to
 * read a reply, or to frame the page. Started and closed by its owner, from any thread.
 */
public final class WatchServer implements AutoCloseable {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int THREADS = 4;
    private static final int NO_BODY = -1;
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:;"
                    + " frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
    /** The report has a policy of its own in its head; this adds who may frame it. */
    private static final String REPORT_POLICY = "frame-ancestors 'self'";
    /** Seconds after which the JDK's server gives up on a client that does not send, or does not read. */
    private static final String REQUEST_SECONDS = "sun.net.httpserver.maxReqTime";

    private static final String REPLY_SECONDS = "sun.net.httpserver.maxRspTime";

    private final RunWatch watch;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, WatchServer::thread);
    private String madeVersion = "";
    private byte[] made = {};

    private WatchServer(RunWatch watch, int port) throws IOException {
        this.watch = watch;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /**
     * Begins to serve.
     *
     * @param port where to, 0 for any free one
     * @throws IOException when the port is taken
     */
    public static WatchServer start(RunWatch watch, int port) throws IOException {
        System.setProperty(REQUEST_SECONDS, System.getProperty(REQUEST_SECONDS, "10"));
        System.setProperty(REPLY_SECONDS, System.getProperty(REPLY_SECONDS, "60"));
        return new WatchServer(watch, port);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "lion-watch");
        thread.setDaemon(true);
        return thread;
    }

    /** What to open in a browser. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!LocalRequests.isLocal(exchange.getRequestHeaders())) {
                reply(exchange, 403, "text/plain", "this page is for browsers of this machine, at " + url());
            } else if (!exchange.getRequestMethod().equals("GET")) {
                reply(exchange, 405, "text/plain", "only GET is served");
            } else {
                answer(exchange);
            }
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        switch (exchange.getRequestURI().getPath()) {
            case "/" -> {
                exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
                reply(exchange, 200, "text/html", resource("watch.html"));
            }
            case "/watch.js" -> reply(exchange, 200, "text/javascript", resource("watch.js"));
            case "/watch.css" -> reply(exchange, 200, "text/css", resource("watch.css"));
            case "/status" -> status(exchange);
            case "/report" -> report(exchange);
            default -> reply(exchange, 404, "text/plain", "there is nothing here; the page is at " + url());
        }
    }

    private void status(HttpExchange exchange) throws IOException {
        try {
            reply(exchange, 200, "application/json", StatusJson.of(watch.look()));
        } catch (LionException e) {
            reply(exchange, 503, "text/plain", String.valueOf(e.getMessage()));
        }
    }

    private void report(HttpExchange exchange) throws IOException {
        try {
            byte[] page = page();
            exchange.getResponseHeaders().set("Content-Security-Policy", REPORT_POLICY);
            reply(exchange, 200, "text/html", page);
        } catch (LionException e) { // not begun, or a file was replaced while it was read
            reply(exchange, 503, "text/plain", String.valueOf(e.getMessage()));
        }
    }

    private synchronized byte[] page() {
        String version = watch.look().version();
        if (!version.equals(madeVersion)) {
            try (RunDirectory run = RunDirectory.read(watch.run())) {
                made = HtmlReport.of(run, Puzzles::nameOfFamily).html().getBytes(StandardCharsets.UTF_8);
                madeVersion = version;
            }
        }
        if (made.length == 0) {
            throw new LionException("there is no run in " + watch.run() + " yet");
        }
        return made;
    }

    private static void reply(HttpExchange exchange, int status, String type, String text) throws IOException {
        reply(exchange, status, type, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void reply(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type + "; charset=utf-8");
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        boolean empty = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, empty ? NO_BODY : body.length);
        if (!empty) {
            exchange.getResponseBody().write(body);
        }
    }

    private static byte[] resource(String name) {
        try (InputStream in = WatchServer.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("dev/lion/examples/watch/" + name + " is missing from lion-examples");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
