package dev.lion.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.data.FinishReason;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.fixture.ContractRun;
import dev.lion.role.RetryableRoleException;
import dev.lion.role.Teacher;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The contract passes a sound teacher, and each of its tests fails for a teacher that is broken in that point. */
class TeacherContractTest {
    private static final Teacher SOUND =
            instruction -> Response.of("the answer to " + instruction.text() + " and " + instruction.input());

    static final List<Map.Entry<String, TeacherContract>> BROKEN = List.of(
            Map.entry("answer_ordinaryInstruction_isFitToLearnFrom", with(i -> Response.of(" "))),
            Map.entry(
                    "answer_ordinaryInstruction_isFitToLearnFrom",
                    with(i -> new Response("Once upon", FinishReason.LENGTH, TokenUsage.NONE))),
            Map.entry("answer_otherInput_isAnotherAnswer", with(i -> Response.of("the answer to " + i.text()))),
            Map.entry("call_unusualText_isAnsweredOrRefused", with(TeacherContractTest::nullForEmoji)),
            Map.entry("call_unusualText_isAnsweredOrRefused", with(TeacherContractTest::recursingIntoBrackets)),
            Map.entry("call_sameQuestionAgain_getsTheSameAnswer", with(counting())),
            Map.entry("call_severalThreadsAtOnce_eachGetsItsOwnAnswer", with(refusingCompany())),
            Map.entry(
                    "call_onAnInterruptedThread_passesTheInterruptOn", with(TeacherContractTest::swallowingInterrupts)),
            Map.entry("call_interruptedWhileItWaits_endsAndPassesTheInterruptOn", new Sound(SOUND) {
                @Override
                protected Optional<BlockedCall<Teacher>> createBlocked() {
                    return Optional.of(blocked(true));
                }
            }),
            Map.entry(
                    "batches_ordinaryQuestions_areAnsweredInOrder",
                    with(ScriptedBatches.beside(SOUND, ScriptedBatches.of(i -> Response.of("mixed up"))))),
            Map.entry(
                    "batches_ordinaryQuestions_areAnsweredInOrder",
                    with(ScriptedBatches.beside(
                            SOUND,
                            ScriptedBatches.<Instruction, Response>of(SOUND::answer)
                                    .droppingResults(1)))),
            Map.entry("call_failingForNow_isRetryable", new Sound(SOUND) {
                @Override
                protected Optional<Teacher> createFailingForNow() {
                    return createFailingForGood();
                }
            }),
            Map.entry("call_failingForGood_isNotRetryable", new Sound(SOUND) {
                @Override
                protected Optional<Teacher> createFailingForGood() {
                    return createFailingForNow();
                }
            }));

    @ParameterizedTest(name = "{0}")
    @FieldSource("BROKEN")
    void contract_brokenTeacher_failsInThatPoint(Map.Entry<String, TeacherContract> broken) {
        Subject.adapter = broken.getValue();
        assertThat(ContractRun.of(Subject.class, broken.getKey()).failed()).containsExactly(broken.getKey());
    }

    @Test
    void contract_soundTeacher_passes() {
        Subject.adapter = with(ScriptedBatches.beside(
                SOUND,
                ScriptedBatches.<Instruction, Response>of(SOUND::answer)
                        .endingAfter(3)
                        .unreachable(1)));
        assertThat(ContractRun.of(Subject.class)).isEqualTo(ContractRun.NOTHING_AMISS);
    }

    @Test
    void contract_everyTest_hasATeacherThatFailsIt() {
        assertThat(BROKEN.stream().map(Map.Entry::getKey)).hasSameElementsAs(ContractRun.testsOf(Subject.class));
    }

    @Test
    void contract_teacherOfFewPromises_skipsWhatItDoesNotPromise() {
        Subject.adapter = new TeacherContract() {
            @Override
            protected Teacher create() {
                return counting();
            }

            @Override
            protected List<Instruction> instructionsWithInput() {
                return List.of();
            }

            @Override
            protected boolean isDeterministic() {
                return false;
            }
        };
        ContractRun run = ContractRun.of(Subject.class);
        assertThat(run.failed()).isEmpty();
        assertThat(run.skipped())
                .containsExactlyInAnyOrder(
                        "answer_otherInput_isAnotherAnswer",
                        "batches_ordinaryQuestions_areAnsweredInOrder",
                        "call_sameQuestionAgain_getsTheSameAnswer",
                        "call_interruptedWhileItWaits_endsAndPassesTheInterruptOn",
                        "call_failingForNow_isRetryable",
                        "call_failingForGood_isNotRetryable");
    }

    private static TeacherContract with(Teacher teacher) {
        return new Sound(teacher);
    }

    @SuppressWarnings("NullAway") // as teachers written without a nullness check do
    private static Response nullForEmoji(Instruction instruction) {
        return instruction.text().contains("🙂") ? null : Response.of("yes");
    }

    private static Response recursingIntoBrackets(Instruction instruction) {
        if (instruction.text().startsWith("((")) {
            throw new StackOverflowError();
        }
        return Response.of("yes");
    }

    private static Teacher counting() {
        AtomicInteger calls = new AtomicInteger();
        return instruction -> Response.of("answer " + calls.incrementAndGet());
    }

    private static Teacher refusingCompany() {
        AtomicInteger inside = new AtomicInteger();
        return instruction -> {
            boolean alone = inside.incrementAndGet() == 1;
            Thread.sleep(20);
            inside.decrementAndGet();
            return Response.of(alone ? "mine" : "somebody else's");
        };
    }

    private static Response swallowingInterrupts(Instruction instruction) {
        return Response.of(Thread.interrupted() ? "interrupted" : "yes");
    }

    private static BlockedCall<Teacher> blocked(boolean swallowing) {
        CountDownLatch reached = new CountDownLatch(1);
        return new BlockedCall<>(
                instruction -> {
                    reached.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        if (!swallowing) {
                            throw e;
                        }
                    }
                    throw new IllegalStateException("no answer came");
                },
                reached);
    }

    /** The contract on a teacher, with everything that can be promised. */
    private static class Sound extends TeacherContract {
        private final Teacher teacher;

        Sound(Teacher teacher) {
            this.teacher = teacher;
        }

        @Override
        protected Teacher create() {
            return teacher;
        }

        @Override
        protected Optional<BlockedCall<Teacher>> createBlocked() {
            return Optional.of(blocked(false));
        }

        @Override
        protected Optional<Teacher> createFailingForNow() {
            return Optional.of(instruction -> {
                throw new RetryableRoleException("overloaded");
            });
        }

        @Override
        protected Optional<Teacher> createFailingForGood() {
            return Optional.of(instruction -> {
                throw new IllegalStateException("wrong key");
            });
        }
    }

    /** The contract as the platform runs it, on the adapter of the moment. */
    static class Subject extends TeacherContract {
        private static TeacherContract adapter = with(SOUND);

        @Override
        protected Teacher create() throws Exception {
            return adapter.create();
        }

        @Override
        protected boolean isDeterministic() {
            return adapter.isDeterministic();
        }

        @Override
        protected Optional<BlockedCall<Teacher>> createBlocked() throws Exception {
            return adapter.createBlocked();
        }

        @Override
        protected Optional<Teacher> createFailingForNow() throws Exception {
            return adapter.createFailingForNow();
        }

        @Override
        protected Optional<Teacher> createFailingForGood() throws Exception {
            return adapter.createFailingForGood();
        }

        @Override
        protected List<Instruction> instructionsWithInput() {
            return adapter.instructionsWithInput();
        }
    }
}
