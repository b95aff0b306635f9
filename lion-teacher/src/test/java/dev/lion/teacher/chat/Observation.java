package dev.lion.teacher.chat;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.lion.data.FinishReason;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.role.RetryableRoleException;
import dev.lion.role.UnusableRoleException;
import dev.lion.teacher.ChatModelTeacher;
import dev.lion.teacher.chat.CallFailure.Reason;
import dev.lion.teacher.chat.FaultCase.Ending;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What came of a fault.
 *
 * @param reason why the call failed, if it did
 * @param charged whether it counts as charged
 * @param recovered whether a second attempt, at a sound server, brought the answer
 * @param pauses the pauses between the two
 * @param requests how many requests the server had for those two, or the one
 * @param role what the call of a role without retries ends in
 * @param message what was said of the failure
 */
record Observation(
        Optional<Reason> reason,
        boolean charged,
        boolean recovered,
        List<Duration> pauses,
        int requests,
        Ending role,
        String message) {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(25);
    private static final long MOST_BYTES = 1 << 20;

    static Observation of(FaultCase fault) throws Exception {
        Optional<CallFailure> failure;
        String message;
        Ending role;
        try (FaultServer server = FaultServer.start(request -> fault.fault())) {
            ChatModel model = limited(client(fault, server, new ProviderLimits()), fault);
            Optional<RuntimeException> thrown =
                    failureOf(RetryingChatModel.builder(model).maxAttempts(1).build());
            failure = thrown.map(CallFailure::of);
            message = thrown.map(e -> String.valueOf(e.getMessage())).orElse("");
            role = role(model);
        }
        try (FaultServer server = FaultServer.start(
                request -> request.number() == 0 ? fault.fault() : Faults.answer(FaultTable.ANSWER_TEXT))) {
            ProviderLimits limits = new ProviderLimits();
            List<Duration> pauses = new ArrayList<>();
            RetryingChatModel retrying = RetryingChatModel.builder(limitedAtFirst(client(fault, server, limits), fault))
                    .limits(limits)
                    .waiting(noting(pauses))
                    .build();
            boolean answered = failureOf(retrying).isEmpty();
            int requests = server.requests().size();
            return new Observation(
                    failure.map(CallFailure::reason),
                    failure.map(known -> !known.isUnbilled()).orElse(true),
                    answered && requests == 2,
                    pauses,
                    requests,
                    role,
                    message);
        }
    }

    private static ChatModel client(FaultCase fault, FaultServer server, ProviderLimits limits) {
        var client = OpenAiChatModel.builder()
                .baseUrl(server.baseUrl())
                .apiKey("test")
                .modelName("m")
                .timeout(Duration.ofSeconds(30)) // the deadline is to be what ends a call
                .maxRetries(0);
        if (fault.guarded()) {
            client.httpClientBuilder(limits.httpClientBuilder(HttpClient.newBuilder(), MOST_BYTES));
        }
        return client.build();
    }

    private static ChatModel limited(ChatModel client, FaultCase fault) {
        return DeadlineChatModel.of(client, fault.hangs() ? SHORT : LONG);
    }

    /** The same for the first call, while the others have the time that a slow machine needs. */
    private static ChatModel limitedAtFirst(ChatModel client, FaultCase fault) {
        ChatModel first = limited(client, fault);
        ChatModel later = DeadlineChatModel.of(client, LONG);
        AtomicInteger calls = new AtomicInteger();
        return new ChatModel() {
            @Override
            public ChatResponse chat(ChatRequest request) {
                return (calls.getAndIncrement() == 0 ? first : later).chat(request);
            }
        };
    }

    private static Optional<RuntimeException> failureOf(ChatModel model) {
        try {
            requireNonNull(model.chat(ChatRequest.builder()
                    .messages(ModelFake.REQUEST.messages())
                    .maxOutputTokens(1024)
                    .build()));
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(e);
        }
    }

    private static Ending role(ChatModel model) throws InterruptedException {
        try {
            Response answer = ChatModelTeacher.of(model).answer(Instruction.of("Name a city."));
            boolean fit = answer.finishReason() == FinishReason.STOP || answer.finishReason() == FinishReason.OTHER;
            return fit && !answer.text().isBlank() ? Ending.ANSWER : Ending.UNFIT;
        } catch (RetryableRoleException e) {
            return Ending.AGAIN;
        } catch (UnusableRoleException e) {
            return Ending.RUN_ENDS;
        } catch (RuntimeException e) {
            return Ending.SET_ASIDE;
        }
    }

    private static Waiting noting(List<Duration> pauses) {
        return new Waiting() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void sleep(Duration duration) {
                pauses.add(duration);
            }
        };
    }

    String row(FaultCase fault) {
        return "| " + fault.name() + " | " + reason.map(Reason::name).orElse("") + " | "
                + (recovered ? "yes" + pause(fault) : "no") + " | " + (charged ? "yes" : "no") + " | " + role + " |";
    }

    private static String pause(FaultCase fault) {
        return fault.asked().isZero() ? "" : ", after " + Attempts.seconds(fault.asked()) + " or more";
    }
}
