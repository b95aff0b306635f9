package dev.lion.teacher.chat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * A server on the loopback interface that breaks HTTP in whatever way a script says, which a library's server would not do.
 * It takes one request a connection, notes it, and asks the script, from several threads at once, what to do with it.
 */
final class FaultServer implements AutoCloseable {
    private final ServerSocket listening;
    private final Function<Request, Fault> script;
    private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** A request that arrived whole: its number, counted from 0, and its body. */
    record Request(int number, String body) {}

    private FaultServer(ServerSocket listening, Function<Request, Fault> script) {
        this.listening = listening;
        this.script = script;
    }

    /** Starts a server on a port; 0 is any free one. */
    static FaultServer start(int port, Function<Request, Fault> script) throws IOException {
        FaultServer server = new FaultServer(
                new ServerSocket(port, 512, InetAddress.getByAddress(new byte[] {127, 0, 0, 1})), script);
        server.threads.execute(server::listen);
        return server;
    }

    /** Starts a server on a free port. */
    static FaultServer start(Function<Request, Fault> script) throws IOException {
        return start(0, script);
    }

    /** What to give a client as its base URL. */
    String baseUrl() {
        return "http://127.0.0.1:" + listening.getLocalPort() + "/v1";
    }

    /** All requests that arrived so far, in the order of their arrival. */
    List<Request> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    /** How many connections are open at this moment. */
    int connections() {
        return open.size();
    }

    private void listen() {
        while (!listening.isClosed()) {
            try {
                Socket connection = listening.accept();
                open.add(connection);
                threads.execute(() -> serve(connection));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            String body = read(new BufferedInputStream(connection.getInputStream()));
            Request request;
            synchronized (requests) {
                request = new Request(requests.size(), body);
                requests.add(request);
            }
            script.apply(request).play(connection, connection.getOutputStream());
        } catch (IOException e) {
            // the client is gone
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server is closed
        } finally {
            open.remove(connection);
        }
    }

    private static String read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!endsWithBlankLine(head)) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.write(next);
        }
        int length = head.toString(StandardCharsets.US_ASCII)
                .lines()
                .map(line -> line.toLowerCase(Locale.ROOT))
                .filter(line -> line.startsWith("content-length:"))
                .map(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static boolean endsWithBlankLine(ByteArrayOutputStream head) {
        return head.size() >= 4 && head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n");
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket connection : open) {
            connection.close();
        }
        threads.shutdownNow();
    }
}
