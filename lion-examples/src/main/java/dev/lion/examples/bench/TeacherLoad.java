package dev.lion.examples.bench;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.lion.teacher.chat.PacedChatModel;
import dev.lion.teacher.chat.ProviderLimits;
import dev.lion.teacher.chat.RetryingChatModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/** Callers that ask a limited server for a time, through a real client. */
final class TeacherLoad {
    private static final int CALLERS = 256;
    private static final int SAMPLES = 12;

    private final LimitedServer server;
    private final AtomicLong lost = new AtomicLong();

    TeacherLoad(LimitedServer server) {
        this.server = server;
    }

    /**
     * What came of it.
     *
     * @param accepted calls that the server let through
     * @param refused calls that it refused
     * @param lost questions that were given up
     * @param concurrency how many calls were under way, at twelve moments
     */
    record Figures(long accepted, long refused, long lost, List<Integer> concurrency) {
        double refusedShare() {
            return (double) refused / Math.max(1, accepted + refused);
        }
    }

    /** lion's pace, and repetition of what is refused. */
    Figures paced(double seconds) {
        var limits = new ProviderLimits();
        ChatModel provider = client().httpClientBuilder(limits.httpClientBuilder())
                .maxRetries(0)
                .build();
        var paced = PacedChatModel.builder(provider).limits(limits).build();
        ChatModel model = RetryingChatModel.builder(paced)
                .onlyUncharged()
                .maxAttempts(50)
                .limits(limits)
                .build();
        return measure(model, CALLERS, seconds, () -> paced.statistics().underWay());
    }

    /** LangChain4j's own retry, from some threads. */
    Figures ownRetry(int threads, double seconds) {
        return measure(client().build(), threads, seconds, () -> threads);
    }

    private OpenAiChatModel.OpenAiChatModelBuilder client() {
        return OpenAiChatModel.builder()
                .baseUrl(server.baseUrl())
                .apiKey("none")
                .modelName("served")
                .logRequests(false);
    }

    private Figures measure(ChatModel model, int callers, double seconds, IntSupplier underWay) {
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        long end = System.nanoTime() + (long) (seconds * 1e9);
        for (int i = 0; i < callers; i++) {
            threads.execute(() -> askUntil(end, model));
        }
        var concurrency = new ArrayList<Integer>();
        for (int i = 1; i <= SAMPLES; i++) {
            sleepUntil(end - (long) ((SAMPLES - i) * seconds / SAMPLES * 1e9));
            concurrency.add(underWay.getAsInt());
        }
        var figures = new Figures(server.accepted(), server.refused(), lost.get(), List.copyOf(concurrency));
        threads.shutdownNow();
        return figures;
    }

    private void askUntil(long end, ChatModel model) {
        while (System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
            try {
                model.chat("say ok");
            } catch (RuntimeException e) {
                lost.incrementAndGet();
            }
        }
    }

    private static void sleepUntil(long end) {
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(Duration.ofNanos(left).toNanos());
        }
    }
}
