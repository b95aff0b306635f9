package dev.lion.examples;

import dev.lion.LionException;
import dev.lion.examples.watch.RunWatch;
import dev.lion.examples.watch.WatchServer;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the report of a run while the run goes on in another process. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Show the report of a run on 127.0.0.1 while the run goes on in another process.",
            "Nothing of the run is changed; the run may begin later, end, or be continued."
        })
final class WatchCommand implements Callable<Integer> {
    private static final int LAST_PORT = 65_535;
    private static final long PAUSE_SECONDS = 2;

    @Spec
    private @Nullable CommandSpec command;

    @Option(
            names = "--run",
            required = true,
            paramLabel = "DIR",
            description = "the run's directory; it may be missing yet")
    private Path run = Path.of("");

    @Option(
            names = "--port",
            defaultValue = "8081",
            paramLabel = "N",
            description = "where it listens, 0 for any free port (default: ${DEFAULT-VALUE})")
    private int port;

    @Override
    public Integer call() throws Exception {
        new OptionFaults(Objects.requireNonNull(command))
                .within(0, LAST_PORT, "--port", port)
                .refuse();
        var end = new CountDownLatch(1);
        RunWatch watch = new RunWatch(run);
        try (WatchServer server = start(watch)) {
            System.out.println("Watching " + run + " at " + server.url() + " (this machine only). Ctrl-C ends it.");
            StopOnSignal.during(
                    () -> tell(watch, end), end::countDown, "the watch ends; a run that goes on is not touched");
        }
        return 0;
    }

    private WatchServer start(RunWatch watch) throws IOException {
        try {
            return WatchServer.start(watch, port);
        } catch (BindException e) {
            throw new LionException("port " + port + " is taken; choose another with --port, 0 for any free one", e);
        }
    }

    private static int tell(RunWatch watch, CountDownLatch end) throws InterruptedException {
        var telling = new RunTelling(watch, System.out);
        do {
            telling.look();
        } while (!end.await(PAUSE_SECONDS, TimeUnit.SECONDS));
        return 0;
    }
}
