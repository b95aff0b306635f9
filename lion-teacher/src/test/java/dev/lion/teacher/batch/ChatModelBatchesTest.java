package dev.lion.teacher.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.data.Verdict;
import dev.lion.role.BatchItem;
import dev.lion.role.BatchProgress;
import dev.lion.role.Batches;
import dev.lion.role.Comparison;
import dev.lion.role.RetryableRoleException;
import dev.lion.role.Unbilled;
import dev.lion.role.UnusableRoleException;
import dev.lion.teacher.ChatModelReferee;
import dev.lion.teacher.ChatModelTeacher;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over Anthropic's real client and real HTTP. */
@Timeout(60)
class ChatModelBatchesTest {
    private static final List<Instruction> QUESTIONS = IntStream.range(0, 12)
            .mapToObj(i -> Instruction.of("Tell me about number " + i, i % 2 == 0 ? "in " + i + " words" : ""))
            .toList();

    private MessageBatchesServer server;
    private ChatModelTeacher teacher;
    private Batches<Instruction, Response> batches;

    @BeforeEach
    void start() throws IOException {
        server = MessageBatchesServer.start();
        teacher = ChatModelTeacher.builder(MessageBatchesServer.single(server.baseUrl()))
                .batches(MessageBatchesServer.batches(server.baseUrl()))
                .build();
        batches = teacher.batches().orElseThrow();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private List<BatchItem<Response>> ended(String id) throws Exception {
        if (batches.poll(id, QUESTIONS) instanceof BatchProgress.Ended<Response> ended) {
            return ended.items();
        }
        throw new AssertionError(id + " has not ended");
    }

    @Test
    void poll_allAnswered_givesWhatSingleCallsGiveInOrder() throws Exception {
        server.endingAfter(2);
        String id = batches.submit(QUESTIONS);
        assertThat(batches.poll(id, QUESTIONS)).isEqualTo(new BatchProgress.Running<>("running"));
        List<BatchItem<Response>> single = new ArrayList<>();
        for (Instruction question : QUESTIONS) {
            single.add(new BatchItem.Answered<>(teacher.answer(question)));
        }
        assertThat(ended(id)).isEqualTo(single);
    }

    @Test
    void submit_questions_sendsTheRequestsOfSingleCalls() throws Exception {
        batches.submit(QUESTIONS);
        var sent = server.submitted().get(0);
        assertThat(sent).hasSameSizeAs(QUESTIONS).allSatisfy(request -> {
            assertThat(request.path("temperature").asDouble()).isEqualTo(0.7);
            assertThat(request.path("max_tokens").asInt()).isEqualTo(1024);
            assertThat(request.path("model").asText()).isEqualTo("claude-test");
            assertThat(request.path("system").toString()).isNotBlank();
        });
    }

    @Test
    void poll_refereesBatch_readsVerdictsAsSingleCallsDo() throws Exception {
        ChatModelReferee referee = ChatModelReferee.builder(MessageBatchesServer.single(server.baseUrl()))
                .batches(MessageBatchesServer.batches(server.baseUrl()))
                .build();
        List<Comparison> comparisons = QUESTIONS.stream()
                .map(question -> new Comparison(question, Response.of("yes"), Response.of("no " + question.id())))
                .toList();
        Batches<Comparison, Verdict> verdicts = referee.batches().orElseThrow();
        String id = verdicts.submit(comparisons);
        List<BatchItem<Verdict>> single = new ArrayList<>();
        for (Comparison comparison : comparisons) {
            single.add(new BatchItem.Answered<>(referee.judge(comparison)));
        }
        assertThat(verdicts.poll(id, comparisons)).isEqualTo(new BatchProgress.Ended<>(single));
    }

    @ParameterizedTest
    @CsvSource({
        "expired, expired",
        "canceled, canceled",
        "invalid_request_error, takes the request for faulty",
        "overloaded_error, which may pass",
        "api_error, which may pass",
        "not_found_error, knows no such model"
    })
    void poll_someItemsFailed_saysWhyAndThatTheyAreNotCharged(String error, String words) throws Exception {
        server.failingEvery(4, error);
        List<BatchItem<Response>> items = ended(batches.submit(QUESTIONS));
        assertThat(items).hasSize(12);
        assertThat(items).filteredOn(BatchItem.Answered.class::isInstance).hasSize(9);
        assertThat(List.of(items.get(3), items.get(7), items.get(11))).allSatisfy(item -> {
            BatchItem.Unanswered<?> unanswered = (BatchItem.Unanswered<?>) item;
            assertThat(unanswered.reason()).contains(words);
            assertThat(unanswered.isUnbilled()).isTrue();
        });
    }

    @Test
    void poll_resultsMissing_isLostRatherThanShifted() throws Exception {
        server.dropping(1);
        assertThat(batches.poll(batches.submit(QUESTIONS), QUESTIONS))
                .isEqualTo(new BatchProgress.Lost<>(
                        "it succeeded with 11 results to 12 requests, so that it is not known which belongs to which",
                        false));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503, 529})
    void poll_serverDown_maySucceedLater(int status) throws Exception {
        String id = batches.submit(QUESTIONS);
        server.downForLooks(1, status);
        assertThatThrownBy(() -> batches.poll(id, QUESTIONS)).isInstanceOf(RetryableRoleException.class);
        assertThat(ended(id)).hasSize(12);
    }

    @Test
    void poll_nobodyListens_maySucceedLater() throws Exception {
        String id = batches.submit(QUESTIONS);
        server.close();
        assertThatThrownBy(() -> batches.poll(id, QUESTIONS)).isInstanceOf(RetryableRoleException.class);
    }

    @Test
    void poll_wrongKey_isForSomebodyToSeeTo() throws Exception {
        String id = batches.submit(QUESTIONS);
        server.downForLooks(1, 401);
        assertThatThrownBy(() -> batches.poll(id, QUESTIONS)).isInstanceOf(UnusableRoleException.class);
    }

    @Test
    void poll_unknownBatch_isLost() throws Exception {
        assertThat(batches.poll("msgbatch_gone", QUESTIONS)).isInstanceOf(BatchProgress.Lost.class);
    }

    @ParameterizedTest
    @CsvSource({"400, false", "404, false", "413, false", "429, true"})
    void submit_refused_isNotChargedAndPassesIfItMay(int status, boolean passes) {
        server.refusing(status);
        assertThatThrownBy(() -> batches.submit(QUESTIONS)).satisfies(refusal -> {
            assertThat(refusal instanceof RetryableRoleException).isEqualTo(passes);
            assertThat(((Unbilled) refusal).isUnbilled()).isTrue();
        });
        assertThat(server.submitted()).isEmpty();
    }

    @Test
    void submit_serverFails_mayBeCharged() {
        server.refusing(500);
        assertThatThrownBy(() -> batches.submit(QUESTIONS))
                .isInstanceOfSatisfying(
                        RetryableRoleException.class,
                        failure -> assertThat(((Unbilled) failure).isUnbilled()).isFalse());
    }

    @Test
    void cancel_running_endsWithWhatWasNotAnswered() throws Exception {
        server.endingAfter(99);
        String id = batches.submit(QUESTIONS);
        batches.cancel(id);
        assertThat(ended(id)).allMatch(item -> item.equals(new BatchItem.Unanswered<Response>("canceled", true)));
    }

    @Test
    void present_twoBatches_namesBoth() throws Exception {
        assertThat(batches.present()).contains(Set.of());
        String first = batches.submit(QUESTIONS);
        String second = batches.submit(QUESTIONS);
        assertThat(batches.present()).contains(Set.of(first, second));
    }

    @Test
    void batches_notGiven_areNone() {
        assertThat(ChatModelTeacher.of(MessageBatchesServer.single(server.baseUrl()))
                        .batches())
                .isEmpty();
    }

    @Test
    void batches_otherTerms_areThose() {
        Batches<Instruction, Response> other = ChatModelTeacher.builder(MessageBatchesServer.single(server.baseUrl()))
                .batches(
                        MessageBatchesServer.batches(server.baseUrl()),
                        BatchTerms.usual().withLargest(500).withPriceFactor(0.6))
                .build()
                .batches()
                .orElseThrow();
        assertThat(other.largest()).isEqualTo(500);
        assertThat(other.priceFactor()).isEqualTo(0.6);
        assertThat(batches.largest()).isEqualTo(2000);
        assertThat(batches.priceFactor()).isEqualTo(0.5);
    }

    @Test
    void terms_outOfRange_areRefused() {
        assertThatThrownBy(() -> BatchTerms.usual().withLargest(0)).hasMessageContaining("largest is 0");
        assertThatThrownBy(() -> BatchTerms.usual().withPriceFactor(1.5)).hasMessageContaining("is 1.5");
    }
}
