package dev.lion.teacher.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.loop.AdversarialLoop;
import dev.lion.loop.LoopConfig;
import dev.lion.loop.LoopEvent;
import dev.lion.loop.LoopListener;
import dev.lion.loop.LoopResult;
import dev.lion.loop.RoleFailedException;
import dev.lion.run.RunDirectory;
import dev.lion.teacher.ChatModelGenerator;
import dev.lion.teacher.ChatModelReferee;
import dev.lion.teacher.ChatModelTeacher;
import dev.lion.teacher.UnusableModelException;
import dev.lion.teacher.chat.CallFailure.Reason;
import dev.lion.testing.CountingStudent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs over HTTP, with a server that fails now and then, or refuses. */
@Timeout(120)
class FaultyRunTest {
    private static final int CONCURRENT = 16;
    private static final int SEEDS = 60;
    private static final int GENERATED = 20;
    private static final String KEY = "sk-test-0123456789abcdef";

    @TempDir
    Path temp;

    private final AtomicInteger retried = new AtomicInteger();
    private final AtomicInteger setAside = new AtomicInteger();

    private final LoopListener counting = event -> {
        if (event instanceof LoopEvent.Retried) {
            retried.incrementAndGet();
        } else if (event instanceof LoopEvent.ItemSetAside) {
            setAside.incrementAndGet();
        }
    };

    private static RetryingChatModel model(FaultServer server) {
        ChatModel client = OpenAiChatModel.builder()
                .httpClientBuilder(new ProviderLimits().httpClientBuilder())
                .baseUrl(server.baseUrl())
                .apiKey(KEY)
                .modelName("m")
                .timeout(Duration.ofSeconds(30))
                .maxRetries(0)
                .build();
        return RetryingChatModel.builder(new CircuitChatModel(DeadlineChatModel.of(client, Duration.ofSeconds(2))))
                .onlyUncharged()
                .firstPause(Duration.ofMillis(1))
                .build();
    }

    private LoopResult run(ChatModel model, Path directory) {
        AdversarialLoop loop = AdversarialLoop.builder()
                .teacher(ChatModelTeacher.of(model)) // not paced, so that as many calls are under way as may be
                .referee(ChatModelReferee.of(model))
                .generator(ChatModelGenerator.of(model))
                .student(new CountingStudent())
                .config(LoopConfig.builder()
                        .iterations(2)
                        .generatedPerIteration(GENERATED)
                        .maxConcurrentCalls(CONCURRENT)
                        .firstBackoff(Duration.ofMillis(1))
                        .seed(42)
                        .build())
                .listener(counting)
                .build();
        InstructionPool seeds = InstructionPool.of(IntStream.range(0, SEEDS)
                .mapToObj(i -> Instruction.of("Tell me about subject number " + i))
                .toList());
        try (RunDirectory run = RunDirectory.open(directory)) {
            return loop.run(seeds, run);
        }
    }

    @Test
    void run_fiveInAHundredRequestsFail_goesToItsEndAndAccountsForEachFault() throws Exception {
        List<FaultCase> passing = FaultTable.cases().stream()
                .filter(FaultCase::isRepeated)
                .filter(fault -> fault.asked().isZero()) // pauses of seconds
                .filter(fault -> !fault.name().equals("a body that never ends, fast"))
                .toList();
        FaultyTeacher teacher = new FaultyTeacher(passing, 0.05, 7);
        try (FaultServer server = FaultServer.start(teacher)) {
            RetryingChatModel model = model(server);
            LoopResult result = run(model, temp.resolve("run"));

            assertThat(result.status()).isEqualTo(LoopResult.Status.COMPLETED);
            assertThat(teacher.playedInAll()).isGreaterThan(10);
            assertThat(model.counts().repeated() + retried.get() + setAside.get())
                    .as("each of %s was repeated in place, or by the loop, or set an item aside", teacher.played())
                    .isEqualTo(teacher.playedInAll());
            assertThat(server.requests()).hasSize((int) model.counts().attempts());
            assertThat(RunDirectory.read(temp.resolve("run")).teacherAnswers())
                    .as("every instruction is answered")
                    .hasSize(SEEDS + 2 * GENERATED);
        }
    }

    @Test
    void run_keyRefused_sendsOnlyTheCallsUnderWayAndGoesOnWithAnotherKey() throws Exception {
        CountDownLatch underWay = new CountDownLatch(CONCURRENT);
        try (FaultServer server = FaultServer.start(request -> refusedTogether(underWay))) {
            RoleFailedException failure =
                    catchThrowableOfType(RoleFailedException.class, () -> run(model(server), temp.resolve("run")));

            assertThat(server.requests()).hasSize(CONCURRENT);
            assertThat(failure)
                    .hasMessageContaining("the provider does not accept the key")
                    .hasMessageContaining("nothing that was paid for is lost")
                    .hasStackTraceContaining("UnusableModelException")
                    .message()
                    .doesNotContain(KEY);
            assertThat(failure.getCause())
                    .isInstanceOfSatisfying(
                            UnusableModelException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.AUTHENTICATION));
            assertThat(retried.get() + setAside.get())
                    .as("items repeated or given up")
                    .isZero();
        }
        try (FaultServer server = FaultServer.start(new FaultyTeacher(List.of(), 0, 7))) {
            assertThat(run(model(server), temp.resolve("run")).status()).isEqualTo(LoopResult.Status.COMPLETED);
        }
    }

    // the refusals come when all calls that may be under way are, which is the most that can be sent
    private static Fault refusedTogether(CountDownLatch underWay) {
        return (connection, out) -> {
            underWay.countDown();
            underWay.await(1, TimeUnit.SECONDS);
            Faults.status(401, "{\"error\":{\"message\":\"Incorrect API key: " + KEY + "\"}}")
                    .play(connection, out);
        };
    }
}
