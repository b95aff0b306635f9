package dev.lion.examples.bench;

import dev.lion.examples.bench.TeacherLoad.Figures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How much of a provider's limit is used, and how many calls are refused for it. */
@Command(
        name = "teacher",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Ask servers that enforce a limit (429 and Retry-After; answers after 0.2 to 2 s), through LangChain4j's client for"
                    + " OpenAI:",
            "with lion's pace, which knows the limit from headers or not at all, and with LangChain4j's own retry.",
            "Each client has a server of its own; those of one limit run at the same time."
        })
final class TeacherBench implements Callable<Integer> {
    private static final double PAPER_PER_MINUTE = 3;

    /** How a server limits calls. */
    enum Kind {
        BUCKET("bucket that holds 1 s"),
        MINUTE("bucket that holds 1 min"),
        WINDOW("windows of 10 s"),
        SLIDING("sliding minute"),
        TOKENS("tokens, bucket of 2 s"),
        HALVED("bucket, halved at half time"),
        CONCURRENCY("calls at the same time");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        ServerLimit limit(double perSecond, double seconds) {
            double never = Double.POSITIVE_INFINITY;
            return switch (this) {
                case BUCKET -> new ServerLimit.Bucket(perSecond, 1, never, 1);
                case MINUTE -> new ServerLimit.Bucket(perSecond, 60, never, 1);
                case WINDOW -> new ServerLimit.Window(perSecond, 10);
                case SLIDING -> new ServerLimit.Sliding(perSecond, 60);
                case TOKENS -> new ServerLimit.Tokens(perSecond);
                case HALVED -> new ServerLimit.Bucket(perSecond, 1, seconds / 2, 0.5);
                case CONCURRENCY ->
                    new ServerLimit.Concurrent((int) Math.max(1, Math.round(perSecond * ServerLimit.MEAN_SECONDS)));
            };
        }
    }

    @Option(
            names = "--kinds",
            split = ",",
            defaultValue = "BUCKET,MINUTE,WINDOW,SLIDING,TOKENS,HALVED,CONCURRENCY",
            paramLabel = "KIND",
            description = "kinds of limits: ${COMPLETION-CANDIDATES}; all by default")
    private List<Kind> kinds = List.of();

    @Option(names = "--rate", defaultValue = "1200", paramLabel = "N", description = "calls a minute: ${DEFAULT-VALUE}")
    private double perMinute;

    @Option(
            names = "--seconds",
            defaultValue = "60",
            paramLabel = "S",
            description = "time of each measurement: ${DEFAULT-VALUE}")
    private double seconds;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "seed of the answers' times: ${DEFAULT-VALUE}")
    private long seed;

    /** A client and whether its server tells the limit. */
    private record Row(String client, boolean isTold, Load load) {}

    private interface Load {
        Figures run(TeacherLoad load, double seconds);
    }

    private static final List<Row> ROWS = List.of(
            new Row("lion, told nothing", false, TeacherLoad::paced),
            new Row("lion, told by headers", true, TeacherLoad::paced),
            new Row("own retry, 16 threads", false, (load, seconds) -> load.ownRetry(16, seconds)),
            new Row("own retry, 64 threads", false, (load, seconds) -> load.ownRetry(64, seconds)));

    @Override
    public Integer call() throws Exception {
        System.out.printf(
                Locale.ROOT,
                "%.0f calls a minute allowed, %.0f s each, seed %d; allowed does not count what a full bucket adds at the"
                        + " start%n%n%-28s %-24s %8s %8s %7s %9s %6s  %s%n",
                perMinute,
                seconds,
                seed,
                "limit",
                "client",
                "allowed",
                "done",
                "share",
                "refused",
                "lost",
                "under way");
        warmUp();
        for (Kind kind : kinds) {
            measure(kind);
        }
        return 0;
    }

    /** A second without a limit worth the name, so that what the first calls of a process cost is not taken for the pace's. */
    private void warmUp() throws IOException {
        for (Row row : ROWS) {
            var limit = new ServerLimit.Bucket(1000, 1, Double.POSITIVE_INFINITY, 1);
            try (LimitedServer server = LimitedServer.start(limit, row.isTold(), seed)) {
                row.load().run(new TeacherLoad(server), Math.min(1, seconds));
            }
        }
    }

    private void measure(Kind kind) throws InterruptedException, ExecutionException {
        double allowed = kind.limit(perMinute / 60, seconds).allowedCalls(seconds);
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            var figures = new ArrayList<Future<Figures>>();
            for (Row row : ROWS) {
                figures.add(threads.submit(() -> run(kind, row)));
            }
            for (int i = 0; i < ROWS.size(); i++) {
                print(kind, ROWS.get(i).client(), allowed, figures.get(i).get());
            }
        } finally {
            threads.shutdownNow();
        }
        System.out.printf(
                Locale.ROOT,
                "%-28s %-24s %8.0f %8.1f %6.1f%%  (computed: a call every 20 s)%n%n",
                kind.title,
                "the paper's code",
                allowed,
                PAPER_PER_MINUTE * seconds / 60,
                100 * PAPER_PER_MINUTE * seconds / 60 / allowed);
    }

    private Figures run(Kind kind, Row row) throws IOException {
        try (LimitedServer server = LimitedServer.start(kind.limit(perMinute / 60, seconds), row.isTold(), seed)) {
            return row.load().run(new TeacherLoad(server), seconds);
        }
    }

    private static void print(Kind kind, String client, double allowed, Figures figures) {
        System.out.printf(
                Locale.ROOT,
                "%-28s %-24s %8.0f %8d %6.1f%% %8.2f%% %6d  %s%n",
                kind.title,
                client,
                allowed,
                figures.accepted(),
                100 * figures.accepted() / allowed,
                100 * figures.refusedShare(),
                figures.lost(),
                figures.concurrency().stream().map(String::valueOf).collect(Collectors.joining(" ")));
    }
}
