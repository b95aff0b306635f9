package dev.lion.teacher.chat;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.lion.teacher.chat.CallFailure.Reason;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collector;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Thousands of calls to a server that does, at random, everything in the {@link FaultTable}: 30 of 100 requests meet a fault.
 * What becomes of each item follows from the seed, so that it can be told beforehand to the last request.
 */
@Tag("slow")
class RandomFaultsTest {
    private static final int ITEMS = 2000;
    private static final int THREADS = 32;
    private static final int MOST_ATTEMPTS = 3;
    private static final double SHARE = 0.3;
    private static final long SEED = 20261122;
    private static final Pattern ITEM = Pattern.compile("item (\\d+)\\.");

    /** Where nothing hangs, a call has as long as a slow machine needs. */
    private static final Duration DEADLINE = Duration.ofSeconds(2);

    private final List<FaultCase> faults = FaultTable.cases().stream()
            .filter(fault -> fault.reason().isPresent())
            .filter(fault -> !fault.name().equals("a body that never ends, fast")) // the client is the guarded one
            .toList();
    private final Map<Integer, AtomicInteger> arrivals = new ConcurrentHashMap<>();

    /** What becomes of an item: the answer or why there is none, and after how many requests. */
    private record Fate(Optional<String> answer, Optional<Reason> reason, int requests) {}

    @Test
    @Timeout(120)
    void chat_threeInTenRequestsFail_everyItemIsAnsweredOnceOrReported() throws Exception {
        try (FaultServer server = FaultServer.start(this::reply)) {
            DeadlineChatModel limited = DeadlineChatModel.of(client(server), DEADLINE);
            RetryingChatModel model = RetryingChatModel.builder(limited)
                    .maxAttempts(MOST_ATTEMPTS)
                    .waiting(shortPauses())
                    .build();
            List<Fate> expected =
                    IntStream.range(0, ITEMS).mapToObj(this::expected).toList();

            assertThat(differences(expected, askAll(model))).isEmpty();

            long requests = expected.stream().mapToLong(Fate::requests).sum();
            assertThat(server.requests()).hasSize((int) requests);
            assertThat(server.requests().stream().collect(groupingBy(request -> item(request.body()), counting())))
                    .as("requests of each item in the server's log")
                    .isEqualTo(IntStream.range(0, ITEMS).boxed().collect(groupingBy(i -> i, summed(expected))));
            assertThat(model.counts()).isEqualTo(counts(expected, requests));
            assertThat(limited.leftBehind()).isZero();
        }
    }

    private List<String> differences(List<Fate> expected, List<Fate> actual) {
        return IntStream.range(0, ITEMS)
                .filter(i -> !expected.get(i).equals(actual.get(i)))
                .mapToObj(i -> "item " + i + ", which met " + met(i) + ": expected " + expected.get(i) + ", but got "
                        + actual.get(i))
                .toList();
    }

    private List<Optional<FaultCase>> met(int item) {
        return IntStream.rangeClosed(1, MOST_ATTEMPTS)
                .mapToObj(attempt -> fault(item, attempt))
                .toList();
    }

    private static Collector<Integer, ?, Long> summed(List<Fate> expected) {
        return summingLong(i -> expected.get(i).requests());
    }

    private static RetryCounts counts(List<Fate> expected, long requests) {
        long recovered = expected.stream()
                .filter(fate -> fate.answer().isPresent() && fate.requests() > 1)
                .count();
        long givenUp = expected.stream()
                .filter(fate -> fate.reason().filter(Reason::isPassing).isPresent())
                .count();
        assertThat(recovered).as("the seed has something to recover from").isGreaterThan(300);
        assertThat(givenUp).as("and to give up").isGreaterThan(10);
        return new RetryCounts(ITEMS, requests, recovered, givenUp);
    }

    private static ChatModel client(FaultServer server) {
        return OpenAiChatModel.builder()
                .httpClientBuilder(new ProviderLimits().httpClientBuilder(HttpClient.newBuilder(), 1 << 20))
                .baseUrl(server.baseUrl())
                .apiKey("test")
                .modelName("m")
                .timeout(Duration.ofSeconds(30))
                .maxRetries(0)
                .build();
    }

    private static Waiting shortPauses() {
        return new Waiting() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void sleep(Duration duration) throws InterruptedException {
                Thread.sleep(1);
            }
        };
    }

    private Fault reply(FaultServer.Request request) {
        int item = item(request.body());
        int attempt = arrivals.computeIfAbsent(item, i -> new AtomicInteger()).incrementAndGet();
        return fault(item, attempt).map(FaultCase::fault).orElseGet(() -> Faults.answer(answer(item)));
    }

    private static int item(String body) {
        Matcher found = ITEM.matcher(body);
        assertThat(found.find()).isTrue();
        return Integer.parseInt(found.group(1));
    }

    private static String answer(int item) {
        return "the answer to " + item;
    }

    private Optional<FaultCase> fault(int item, int attempt) {
        SplittableRandom random = new SplittableRandom(SEED + 31L * item + 1_000_003L * attempt);
        return random.nextDouble() < SHARE ? Optional.of(faults.get(random.nextInt(faults.size()))) : Optional.empty();
    }

    private Fate expected(int item) {
        for (int attempt = 1; ; attempt++) {
            Optional<FaultCase> fault = fault(item, attempt);
            if (fault.isEmpty()) {
                return new Fate(Optional.of(answer(item)), Optional.empty(), attempt);
            }
            if (!fault.get().isRepeated() || attempt == MOST_ATTEMPTS) {
                return new Fate(Optional.empty(), fault.get().reason(), attempt);
            }
        }
    }

    private List<Fate> askAll(ChatModel model) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Fate>> calls = new ArrayList<>();
            for (int item = 0; item < ITEMS; item++) {
                int asked = item;
                calls.add(threads.submit(() -> ask(model, asked)));
            }
            List<Fate> fates = new ArrayList<>();
            for (Future<Fate> call : calls) {
                fates.add(call.get());
            }
            return fates;
        } finally {
            threads.shutdownNow();
        }
    }

    private Fate ask(ChatModel model, int item) {
        ChatRequest request = ChatRequest.builder()
                .messages(UserMessage.from("Answer item " + item + "."))
                .maxOutputTokens(1024)
                .build();
        try {
            String text = model.chat(request).aiMessage().text();
            return new Fate(Optional.of(text), Optional.empty(), requests(item));
        } catch (RuntimeException e) {
            return new Fate(Optional.empty(), Optional.of(CallFailure.of(e).reason()), requests(item));
        }
    }

    private int requests(int item) {
        return arrivals.getOrDefault(item, new AtomicInteger()).get();
    }
}
