package dev.lion.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A headless Chromium, spoken to through its DevTools: for tests of pages. It is found by the environment variable
 * {@code LION_CHROMIUM}, which names the program, or on the PATH.
 */
public final class Browser implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final long LONGEST_SECONDS = 60;
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");
    private static final List<String> OPTIONS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--remote-debugging-port=0");

    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();

    private Browser(Process process, URI address) {
        this.process = process;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, new Listener())
                .join();
    }

    /** The program, if there is one. */
    public static Optional<Path> find() {
        Stream<Path> named = Optional.ofNullable(System.getenv("LION_CHROMIUM")).map(Path::of).stream();
        Stream<Path> onPath = Stream.of(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)));
        return Stream.concat(named, onPath).filter(Files::isExecutable).findFirst();
    }

    /**
     * Starts it.
     *
     * @param profile an empty directory for what it keeps
     */
    public static Browser start(Path program, Path profile) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(OPTIONS);
        command.add("--user-data-dir=" + profile);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(profile.resolveSibling("chromium.log").toFile())
                .start();
        Path port = profile.resolve("DevToolsActivePort");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        while (!Files.exists(port) || Files.readAllLines(port).size() < 2) {
            if (!process.isAlive() || System.nanoTime() > end) {
                process.destroyForcibly();
                throw new IOException(
                        program + " did not start: " + Files.readString(profile.resolveSibling("chromium.log")));
            }
            Thread.sleep(20);
        }
        List<String> lines = Files.readAllLines(port);
        return new Browser(process, URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1)));
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                receive(text.toString());
                text.setLength(0);
            }
            webSocket.request(1);
            return CompletableFuture.completedFuture(data);
        }
    }

    private void receive(String text) {
        try {
            JsonNode message = MAPPER.readTree(text);
            if (message.has("id")) {
                Optional.ofNullable(waiting.remove(message.get("id").intValue()))
                        .ifPresent(it -> it.complete(message));
            } else {
                events.add(message);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode call(String session, String method, ObjectNode parameters) {
        int id = calls.incrementAndGet();
        ObjectNode message = JsonNodeFactory.instance.objectNode().put("id", id).put("method", method);
        message.set("params", parameters);
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        CompletableFuture<JsonNode> reply = new CompletableFuture<>();
        waiting.put(id, reply);
        socket.sendText(message.toString(), true).join();
        JsonNode answer = reply.orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS).join();
        if (answer.has("error")) {
            throw new IllegalStateException(method + ": " + answer.get("error"));
        }
        return answer.get("result");
    }

    private static ObjectNode parameters() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Opens a page in a tab of its own and waits until it is loaded. */
    public Tab open(URI page) throws InterruptedException {
        return open(page, true);
    }

    /** The same, with or without scripts. */
    public Tab open(URI page, boolean scripts) throws InterruptedException {
        String target = call("", "Target.createTarget", parameters().put("url", "about:blank"))
                .get("targetId")
                .textValue();
        String session = call(
                        "",
                        "Target.attachToTarget",
                        parameters().put("targetId", target).put("flatten", true))
                .get("sessionId")
                .textValue();
        Tab tab = new Tab(session);
        Stream.of("Runtime.enable", "Log.enable", "Network.enable", "Page.enable")
                .forEach(domain -> call(session, domain, parameters()));
        if (!scripts) {
            call(session, "Emulation.setScriptExecutionDisabled", parameters().put("value", true));
        }
        call(session, "Page.navigate", parameters().put("url", page.toString()));
        tab.await("Page.loadEventFired");
        return tab;
    }

    /** A page in the browser. */
    public final class Tab {
        private final String session;

        private Tab(String session) {
            this.session = session;
        }

        private Stream<JsonNode> events(String method) {
            return events.stream()
                    .filter(event -> event.path("sessionId").asText().equals(session))
                    .filter(event -> event.path("method").asText().equals(method))
                    .map(event -> event.get("params"));
        }

        private void await(String method) throws InterruptedException {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
            while (events(method).findAny().isEmpty()) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("no " + method);
                }
                Thread.sleep(5);
            }
        }

        /** The value of an expression. */
        public JsonNode evaluate(String expression) {
            JsonNode result = call(
                    session,
                    "Runtime.evaluate",
                    parameters().put("expression", expression).put("returnByValue", true));
            if (result.has("exceptionDetails")) {
                throw new IllegalStateException(expression + ": " + result.get("exceptionDetails"));
            }
            return result.get("result").path("value");
        }

        /** Makes the window so large, in pixels. */
        public void resize(int width, int height) {
            call(
                    session,
                    "Emulation.setDeviceMetricsOverride",
                    parameters()
                            .put("width", width)
                            .put("height", height)
                            .put("deviceScaleFactor", 1)
                            .put("mobile", false));
        }

        /** Waits until an expression is true, for a minute at most. */
        public void awaitTrue(String expression) throws InterruptedException {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
            while (!evaluate(expression).asBoolean()) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("never true: " + expression);
                }
                Thread.sleep(20);
            }
        }

        /** What the page complained of. */
        public List<String> complaints() {
            Stream<String> thrown = events("Runtime.exceptionThrown").map(JsonNode::toString);
            Stream<String> logged = events("Log.entryAdded").map(JsonNode::toString);
            Stream<String> written = events("Runtime.consoleAPICalled").map(JsonNode::toString);
            return Stream.of(thrown, logged, written).flatMap(each -> each).toList();
        }

        /** What the page asked for, itself included. */
        public List<String> requests() {
            return events("Network.requestWillBeSent")
                    .map(event -> event.get("request").get("url").textValue())
                    .toList();
        }
    }

    @Override
    public void close() {
        socket.abort();
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroy);
        process.onExit().orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS).join();
    }
}
