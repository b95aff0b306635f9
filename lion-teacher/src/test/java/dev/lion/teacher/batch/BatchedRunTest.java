package dev.lion.teacher.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.lion.data.Amount;
import dev.lion.data.PaidRole;
import dev.lion.loop.LoopEvent;
import dev.lion.loop.LoopResult;
import dev.lion.run.RunDirectory;
import dev.lion.run.Spending;
import dev.lion.testing.Trees;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs over Anthropic's client and a server that speaks its protocol: in batches as one by one. */
@Timeout(120)
class BatchedRunTest {
    @TempDir
    static Path oneByOne;

    private static Map<String, String> whole = Map.of();
    private static int singleCalls;
    private static Spending spentOneByOne = Spending.of(List.of());

    @TempDir
    Path temp;

    private final List<LoopEvent> events = Collections.synchronizedList(new ArrayList<>());
    private MessageBatchesServer server;

    @BeforeAll
    static void runOneByOne() throws IOException {
        try (MessageBatchesServer server = MessageBatchesServer.start()) {
            BatchedRun.sit(server.baseUrl(), oneByOne, false, event -> {});
            singleCalls = server.messages().size();
        }
        whole = Trees.of(oneByOne);
        spentOneByOne = spending(oneByOne);
    }

    private static Spending spending(Path directory) {
        try (RunDirectory run = RunDirectory.read(directory)) {
            return run.spending();
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = MessageBatchesServer.start();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Path run() {
        return temp.resolve("run");
    }

    private void assertEndsAsOneByOne() {
        LoopResult result = BatchedRun.sit(server.baseUrl(), run(), true, events::add);
        assertThat(result.status()).as("%s", result.reason()).isEqualTo(LoopResult.Status.COMPLETED);
        assertThat(Trees.of(run())).isEqualTo(whole);
    }

    private Stream<String> submitted() {
        return server.submitted().stream()
                .flatMap(List::stream)
                .map(request -> request.path("messages").toString());
    }

    @Test
    void run_inBatches_takesHalfTheMoneyAndNoSingleCall() {
        server.endingAfter(3);
        assertEndsAsOneByOne();
        assertThat(server.messages()).isEmpty();
        assertThat(submitted()).hasSize(singleCalls).doesNotHaveDuplicates();
        for (PaidRole role : List.of(PaidRole.TEACHER, PaidRole.REFEREE)) {
            Amount single = spentOneByOne.total(role);
            Amount inBatches = spending(run()).total(role);
            assertThat(inBatches.tokens()).isEqualTo(single.tokens());
            assertThat(inBatches.knownMoney()).isEqualTo(single.knownMoney().times(0.5));
        }
        System.out.printf(
                "one by one: %d calls, %s; in batches: %d batches, %d looks, %s%n",
                singleCalls,
                spentOneByOne.total().knownMoney(),
                server.submitted().size(),
                server.polled(),
                spending(run()).total().knownMoney());
    }

    static Stream<Arguments> misfortunes() {
        return Stream.of(
                misfortune("some expire", it -> it.failingEvery(5, "expired")),
                misfortune("some fail", it -> it.failingEvery(5, "overloaded_error")),
                misfortune("all fail", it -> it.failingEvery(1, "api_error")),
                misfortune("results are missing", it -> it.dropping(2)),
                misfortune("submissions are faulty", it -> it.refusing(400)),
                misfortune("there are no batches", it -> it.refusing(404)),
                misfortune("there is no room", it -> it.refusing(429)));
    }

    private static Arguments misfortune(String name, Consumer<MessageBatchesServer> script) {
        return Arguments.of(name, script);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misfortunes")
    void run_batchesGoWrong_asksOneByOneAndEndsWithTheSameFiles(String name, Consumer<MessageBatchesServer> script) {
        script.accept(server);
        assertEndsAsOneByOne();
        assertThat(server.messages()).as(name).isNotEmpty();
        assertThat(events).as(name).anyMatch(LoopEvent.Notice.class::isInstance);
    }

    @Test
    void run_serverDownWhileItWaits_goesOnWaiting() {
        server.endingAfter(2).downForLooks(8, 503);
        assertEndsAsOneByOne();
        assertThat(server.messages()).isEmpty();
        assertThat(events)
                .anyMatch(event ->
                        event instanceof LoopEvent.Batch batch && batch.state() == LoopEvent.Batch.State.UNREACHABLE);
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 6, 9})
    void run_processKilledWhileItWaits_goesOnWithItsBatches(int lines) throws Exception {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"), "skipped: Windows has no SIGKILL");
        server.endingAfter(3);
        Process process = new ProcessBuilder(BatchedRun.command(server.baseUrl(), run()))
                .redirectError(temp.resolve("errors").toFile())
                .start();
        try (BufferedReader told = process.inputReader()) {
            for (int i = 0; i < lines; i++) {
                assertThat(told.readLine()).as("what its batches do").isNotNull();
            }
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(process.exitValue()).as("killed").isEqualTo(128 + 9);

        assertEndsAsOneByOne();
        boolean idWasLost = events.stream()
                .anyMatch(event -> event instanceof LoopEvent.Notice notice
                        && notice.message().contains("may be paid for"));
        assertThat(submitted()).doesNotHaveDuplicates();
        assertThat(server.messages().isEmpty())
                .as("asked one by one only if killed between the provider's yes and our note of it")
                .isNotEqualTo(idWasLost);
        assertThat(spending(run()).held()).isEmpty();
    }
}
