package dev.lion.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.loop.LoopEvent.Batch.State;
import dev.lion.role.Batches;
import dev.lion.role.Teacher;
import dev.lion.testing.ScriptedBatches;
import dev.lion.testing.ScriptedRoles;
import dev.lion.testing.Trees;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever becomes of its batches, a run ends with the same files as one that asks one by one. */
@Timeout(60)
class BatchesTest {
    @TempDir
    static Path oneByOne;

    private static Map<String, String> whole = Map.of();
    private static List<String> asked = List.of();

    @TempDir
    Path temp;

    private final BatchFixture batched = new BatchFixture();

    @BeforeAll
    static void runOneByOne() {
        ScriptedRoles roles = ScriptedRoles.prompt();
        LoopFixture.run(LoopFixture.loop(roles).build(), oneByOne);
        whole = Trees.of(oneByOne);
        asked = roles.served().stream()
                .filter(question -> !question.startsWith("generator"))
                .toList();
    }

    private void assertEndsAsOneByOne() {
        assertThat(batched.run(temp.resolve("run")).status()).isEqualTo(LoopResult.Status.COMPLETED);
        assertThat(Trees.of(temp.resolve("run"))).isEqualTo(whole);
    }

    private List<String> inBatches() {
        return batched.far.served();
    }

    private List<String> singly() {
        return batched.roles.served().stream()
                .filter(question -> !question.startsWith("generator"))
                .toList();
    }

    @Test
    void run_rolesWithBatches_asksEverythingInBatchesAndEndsWithTheSameFiles() {
        batched.teacher.holding(5).endingAfter(3);
        batched.referee.holding(7).endingAfter(2);
        assertEndsAsOneByOne();
        assertThat(singly()).isEmpty();
        assertThat(inBatches()).containsExactlyInAnyOrderElementsOf(asked);
        assertThat(batched.teacher.submitted())
                .hasSizeGreaterThan(3)
                .allSatisfy(batch -> assertThat(batch).hasSizeLessThanOrEqualTo(5));
        assertThat(batched.told(State.SUBMITTED))
                .hasSize(batched.teacher.submitted().size()
                        + batched.referee.submitted().size());
        assertThat(batched.told(State.RUNNING)).isNotEmpty();
        assertThat(batched.notices()).isEmpty();
    }

    @Test
    void run_answerKnownToBeFree_isNotPutIntoABatch() {
        Teacher beside = ScriptedBatches.beside(batched.roles.teacher(), batched.teacher);
        Teacher knowing = new Teacher() {
            @Override
            public Response answer(Instruction instruction) throws Exception {
                return beside.answer(instruction);
            }

            @Override
            public Optional<Batches<Instruction, Response>> batches() {
                return beside.batches();
            }

            @Override
            public Optional<TokenUsage> mostTokens(Instruction instruction) {
                return isKnown(instruction) ? Optional.of(TokenUsage.FREE) : beside.mostTokens(instruction);
            }
        };
        LoopFixture.run(batched.loop().teacher(knowing).build(), temp.resolve("run"));

        assertThat(Trees.of(temp.resolve("run"))).isEqualTo(whole);
        assertThat(batched.teacher.submitted())
                .isNotEmpty()
                .allSatisfy(batch -> assertThat(batch).noneMatch(BatchesTest::isKnown));
        assertThat(singly()).isNotEmpty().allMatch(question -> question.startsWith("teacher"));
    }

    private static boolean isKnown(Instruction instruction) {
        return instruction.text().length() % 2 == 0;
    }

    @Test
    void run_teacherAloneWithBatches_endsWithTheSameFiles() {
        LoopFixture.run(batched.loop().referee(batched.roles.referee()).build(), temp.resolve("run"));
        assertThat(Trees.of(temp.resolve("run"))).isEqualTo(whole);
        assertThat(singly())
                .allMatch(question -> question.startsWith("referee"))
                .isNotEmpty();
    }

    /** Ways in which batches go wrong. */
    static Stream<Arguments> misfortunes() {
        return Stream.of(
                misfortune("some questions expire", "are asked one by one, the first of them because: expired", it -> {
                    it.teacher.leavingOutEvery(3);
                    it.referee.leavingOutEvery(2);
                }),
                misfortune("the provider refuses", "took no batch of 12 questions: ", it -> {
                    it.teacher.refusing(99);
                    it.referee.refusing(99);
                }),
                misfortune("the provider has no room", "too many batches for now; they are asked", it -> {
                    it.teacher.overloaded(99);
                    it.referee.overloaded(99);
                }),
                misfortune("batches fail", "is lost: out of order; its questions are asked one by one", it -> {
                    it.teacher.losing("out of order");
                    it.referee.losing("out of order");
                }),
                misfortune("results are missing", "brought 11 results, so that it is not known", it -> {
                    it.teacher.droppingResults(1);
                    it.referee.droppingResults(1);
                }),
                misfortune("replies are lost", "its id was never received; it may be paid for", it -> {
                    it.teacher.losingReplies(99);
                    it.referee.losingReplies(99);
                }),
                misfortune("batches take too long", "is cancelled; what it has answered is taken", it -> {
                    it.teacher.endingAfter(1_000_000);
                    it.referee.endingAfter(1_000_000);
                    it.batching = it.batching.withDeadline(Duration.ofMillis(1), Duration.ofHours(1));
                }));
    }

    private static Arguments misfortune(String name, String notice, Consumer<BatchFixture> script) {
        return Arguments.of(name, notice, script);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misfortunes")
    void run_batchesGoWrong_asksOneByOneSaysSoAndEndsWithTheSameFiles(
            String name, String notice, Consumer<BatchFixture> script) {
        script.accept(batched);
        assertEndsAsOneByOne();
        assertThat(singly()).as(name).isNotEmpty();
        assertThat(Stream.of(singly(), inBatches()).flatMap(Collection::stream))
                .as("questions that were answered")
                .containsAll(asked);
        assertThat(batched.notices()).as(name).anyMatch(message -> message.contains(notice));
    }

    @Test
    void run_itemsExpire_asksOnlyThemOneByOne() {
        batched.teacher.leavingOutEvery(3);
        assertEndsAsOneByOne();
        assertThat(singly()).hasSizeBetween(4, 4 + 9);
        assertThat(Stream.of(singly(), inBatches()).flatMap(Collection::stream))
                .as("no question is answered twice")
                .containsExactlyInAnyOrderElementsOf(asked);
    }

    @Test
    void run_roomAfterASecondAttempt_submitsThen() {
        batched.teacher.overloaded(1);
        assertEndsAsOneByOne();
        assertThat(singly()).isEmpty();
        assertThat(batched.events).anyMatch(LoopEvent.Retried.class::isInstance);
    }

    @Test
    void run_roomOnceAnotherBatchHasEnded_submitsThen() {
        batched.teacher.holding(6).endingAfter(3);
        AdversarialLoop loop = batched.loop()
                .listener(event -> {
                    if (event instanceof LoopEvent.Batch batch
                            && batch.state() == State.SUBMITTED
                            && batch.id().equals("batch-0")) {
                        batched.teacher.overloaded(3); // all attempts for the next one
                    }
                })
                .referee(batched.roles.referee())
                .build();
        LoopFixture.run(loop, temp.resolve("run"));
        assertThat(Trees.of(temp.resolve("run"))).isEqualTo(whole);
        assertThat(batched.notices())
                .anyMatch(message -> message.contains("it is tried again when another batch has ended"));
        assertThat(singly()).allMatch(question -> question.startsWith("referee"));
    }

    @Test
    void run_providerOutOfReachForAWhile_goesOnWaiting() {
        batched.teacher.unreachable(5);
        batched.referee.unreachable(5);
        assertEndsAsOneByOne();
        assertThat(singly()).isEmpty();
        assertThat(batched.notices())
                .as("said once for each role, not at every look")
                .hasSize(2)
                .allMatch(message -> message.contains("cannot be looked at for now"));
        assertThat(batched.told(State.UNREACHABLE)).hasSize(10);
    }

    @Test
    void run_requestLostAndProviderListsItsBatches_submitsAgain() {
        batched.teacher.listing().losingRequests(1);
        assertEndsAsOneByOne();
        assertThat(singly()).isEmpty();
        assertThat(batched.notices()).noneMatch(message -> message.contains("paid for"));
    }

    @Test
    void run_replyLostAndProviderListsItsBatches_saysThatItMayBePaidForAndAsksOneByOne() {
        batched.teacher.listing().losingReplies(1);
        assertEndsAsOneByOne();
        assertThat(batched.teacher.submitted().get(0)).hasSize(12);
        assertThat(batched.notices()).anyMatch(message -> message.contains("may be paid for"));
    }

    @Test
    void run_batchThatNeverEnds_isGivenUpAfterTheMargin() {
        batched.teacher.unreachable(Integer.MAX_VALUE);
        batched.batching = batched.batching.withDeadline(Duration.ofMillis(1), Duration.ZERO);
        assertEndsAsOneByOne();
        assertThat(batched.notices()).anyMatch(message -> message.contains("is given up"));
        assertThat(batched.teacher.cancelled()).isNotEmpty();
    }

    @Test
    void run_fewerQuestionsThanABatchIsWorth_asksOneByOne() {
        batched.batching = batched.batching.withLeast(100);
        assertEndsAsOneByOne();
        assertThat(inBatches()).isEmpty();
    }
}
