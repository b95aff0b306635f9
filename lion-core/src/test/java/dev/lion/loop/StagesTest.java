package dev.lion.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lion.data.Demonstration;
import dev.lion.data.EvaluationSummary;
import dev.lion.data.FinishReason;
import dev.lion.data.ImitationSummary;
import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.data.Judgement;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.data.Verdict;
import dev.lion.fixture.Fakes;
import dev.lion.novelty.NoveltyIndex;
import dev.lion.role.Comparison;
import dev.lion.role.GenerationResponse;
import dev.lion.role.Generator;
import dev.lion.role.Referee;
import dev.lion.role.RetryableRoleException;
import dev.lion.role.Student;
import dev.lion.role.Teacher;
import dev.lion.role.TrainingContext;
import dev.lion.run.IterationSummary;
import dev.lion.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The paper's stages, one iteration at a time, on a handful of instructions. */
class StagesTest {
    private static final Teacher TEACHER = instruction -> Response.of("right");
    private static final Generator DISTINCT = request -> GenerationResponse.of(
            Instruction.of("explain " + Long.toHexString(request.randomSeed()).replaceAll("(...)", "$1 ")));

    @TempDir
    Path temp;

    private final List<LoopEvent> events = Collections.synchronizedList(new ArrayList<>());
    private final List<List<Demonstration>> lessons = new ArrayList<>();

    /** Answers "wrong" to everything, and notes what it is taught. */
    private class WrongStudent implements Student {
        @Override
        public List<Response> answer(List<Instruction> batch) {
            return batch.stream().map(instruction -> Response.of("wrong")).toList();
        }

        @Override
        public ImitationSummary imitate(List<Demonstration> demonstrations, TrainingContext context) {
            lessons.add(List.copyOf(demonstrations));
            return ImitationSummary.ofAll(demonstrations.size(), 0, List.of());
        }

        @Override
        public void save(Path directory) throws IOException {}

        @Override
        public void restore(Path directory) throws IOException {}

        @Override
        public void close() {}
    }

    private AdversarialLoop.Builder loop(LoopConfig.Builder config) {
        return AdversarialLoop.builder()
                .teacher(TEACHER)
                .referee(comparison -> Verdict.of(5, 5))
                .generator(DISTINCT)
                .student(new WrongStudent())
                .listener(events::add)
                .config(config.firstBackoff(Duration.ZERO).maxConcurrentCalls(3).build());
    }

    private static LoopConfig.Builder config() {
        return LoopConfig.builder().iterations(1).generatedPerIteration(4).toleratedFailureShare(1);
    }

    private LoopResult run(AdversarialLoop.Builder loop, InstructionPool seeds) {
        try (RunDirectory run = RunDirectory.open(temp.resolve("run"))) {
            return loop.build().run(seeds, run);
        }
    }

    private RunDirectory written() {
        return RunDirectory.read(temp.resolve("run"));
    }

    private IterationSummary.Discrimination discrimination() {
        return written().summaries().get(1).discrimination().orElseThrow();
    }

    private IterationSummary.Generation generation() {
        return written().summaries().get(1).generation().orElseThrow();
    }

    @Test
    void imitation_cutWithheldAndBlankAnswers_areNotTrainingTargets() {
        Map<String, Response> answers = Map.of(
                "good",
                Response.of("an answer"),
                "cut",
                new Response("an ans", FinishReason.LENGTH, TokenUsage.NONE),
                "withheld",
                new Response("", FinishReason.CONTENT_FILTER, TokenUsage.NONE),
                "blank",
                Response.of(" \n"));
        LoopResult result = run(
                loop(config().iterations(0))
                        .teacher(instruction -> Objects.requireNonNull(answers.get(instruction.text()))),
                Fakes.pool("good", "cut", "withheld", "blank"));

        assertThat(lessons).hasSize(1);
        assertThat(lessons.get(0))
                .extracting(lesson -> lesson.instruction().text())
                .containsExactly("good");
        assertThat(result.iterations().get(0).unanswered()).isEqualTo(3);
        assertThat(events.stream().filter(LoopEvent.ItemSetAside.class::isInstance))
                .hasSize(3);
        assertThat(written().teacherAnswers()).hasSize(4);
    }

    @Test
    void imitation_noUsableAnswer_saysWhereToLook() {
        assertThatThrownBy(() -> run(loop(config()).teacher(instruction -> Response.of("")), Fakes.pool("a", "b")))
                .isInstanceOf(NothingUsableException.class)
                .hasMessageContaining("no usable answer to any of the 2 instructions");
        assertThat(lessons).isEmpty();
    }

    @Test
    void discrimination_everyPair_isJudgedInBothOrders() {
        List<String> shown = Collections.synchronizedList(new ArrayList<>());
        run(
                loop(config()).referee(c -> {
                    shown.add(c.instruction().text() + ": " + c.first().text() + " | "
                            + c.second().text());
                    return Verdict.of(5, 5);
                }),
                Fakes.pool("a", "b"));
        assertThat(shown)
                .containsExactlyInAnyOrder(
                        "a: right | wrong", "a: wrong | right", "b: right | wrong", "b: wrong | right");
    }

    @Test
    void discrimination_equalAnswers_areJudgedAllTheSame() {
        AtomicInteger asked = new AtomicInteger();
        run(
                loop(config()).teacher(instruction -> Response.of("wrong")).referee(c -> {
                    asked.incrementAndGet();
                    return Verdict.of(5, 5);
                }),
                Fakes.pool("a"));
        assertThat(asked).hasValue(2);
    }

    @Test
    void discrimination_scores_areAveragedOverBothOrdersAndPartedAtTheGap() {
        // teacher first, then student first: t = (9+7)/2, s = (6+8)/2, gap 1 is hard; 0.5 is easy
        Map<String, List<Verdict>> verdicts = Map.of(
                "at the gap", List.of(Verdict.of(9, 6), Verdict.of(8, 7)),
                "below it", List.of(Verdict.of(8, 7), Verdict.of(8, 8)));
        Referee referee =
                c -> Objects.requireNonNull(verdicts.get(c.instruction().text()))
                        .get(c.first().text().equals("right") ? 0 : 1);
        run(loop(config()).referee(referee), Fakes.pool("at the gap", "below it"));

        assertThat(written().judgements(1))
                .extracting(Judgement::gap)
                .extracting(gap -> gap.orElseThrow())
                .containsExactly(1.0, 0.5);
        assertThat(discrimination().hard()).isEqualTo(1);
        assertThat(discrimination().easy()).isEqualTo(1);
        assertThat(discrimination().teacherScore()).isCloseTo(8.0, within(1e-12));
        assertThat(discrimination().studentScore()).isCloseTo(7.25, within(1e-12));
    }

    @Test
    void discrimination_missingVerdict_isRetriedThenLeftOut() {
        Map<Comparison, AtomicInteger> asked = new ConcurrentHashMap<>();
        Referee referee = c -> {
            asked.computeIfAbsent(c, unseen -> new AtomicInteger()).incrementAndGet();
            boolean silent =
                    c.instruction().text().equals("silent") && c.first().text().equals("right");
            return silent ? Verdict.abstain("no scores") : Verdict.of(10, 10);
        };
        run(loop(config().maxAttempts(3)).referee(referee), Fakes.pool("silent", "clear"));

        assertThat(asked.values().stream().mapToInt(AtomicInteger::get)).containsExactlyInAnyOrder(3, 1, 1, 1);
        assertThat(discrimination().missing()).isEqualTo(1);
        assertThat(discrimination().teacherScore()).isEqualTo(10);
        assertThat(written().judgements(1).get(0).teacherFirst()).contains(Verdict.abstain("abstained: no scores"));
        assertThat(written().judgements(1).get(0).gap()).isEmpty();
    }

    @Test
    void discrimination_unansweredInstruction_isMissing() {
        Teacher teacher = instruction -> {
            if (instruction.text().equals("too hard")) {
                throw new IllegalStateException("no idea");
            }
            return Response.of("right");
        };
        run(loop(config()).teacher(teacher), Fakes.pool("too hard", "fine"));
        assertThat(discrimination().missing()).isEqualTo(1);
        assertThat(written().judgements(1).get(0).teacherFirst())
                .contains(Verdict.abstain("java.lang.IllegalStateException: no idea"));
    }

    @Test
    void discrimination_nothingJudged_saysWhereToLook() {
        assertThatThrownBy(() -> run(loop(config()).referee(c -> Verdict.abstain("never")), Fakes.pool("a")))
                .isInstanceOf(NothingUsableException.class)
                .hasMessageContaining("judged none of the 1");
    }

    @Test
    void teacher_overTheWholeRun_isAskedOncePerInstruction() {
        List<String> asked = Collections.synchronizedList(new ArrayList<>());
        Teacher teacher = instruction -> {
            asked.add(instruction.id());
            return Response.of("right");
        };
        run(loop(config().iterations(3)).teacher(teacher), Fakes.pool("a", "b", "c"));
        assertThat(asked).doesNotHaveDuplicates().hasSize(3 + 3 * 4);
    }

    @Test
    void pools_afterGeneration_trainPoolIsReplacedAndCachePoolEnriched() {
        LoopResult result = run(loop(config().iterations(2)), Fakes.pool("a", "b", "c"));
        assertThat(result.iterations()).extracting(IterationSummary::trainPool).containsExactly(3, 4, 4);
        assertThat(result.iterations()).extracting(IterationSummary::cachePool).containsExactly(3, 7, 11);
        assertThat(lessons).extracting(List::size).containsExactly(3, 4, 4);
        assertThat(written().judgements(2)).hasSize(7);
        assertThat(written().instructions()).hasSize(11);
    }

    @Test
    void generation_hardAndEasy_fillTheirQuotasFromTheirParents() {
        Referee referee = c -> {
            boolean hard = c.instruction().text().equals("hard");
            boolean teacherFirst = c.first().text().equals("right");
            return hard ? Verdict.of(teacherFirst ? 9 : 2, teacherFirst ? 2 : 9) : Verdict.of(5, 5);
        };
        run(loop(config().generatedPerIteration(6).hardShare(2.0 / 3)).referee(referee), Fakes.pool("hard", "easy"));
        assertThat(generation().hard()).isEqualTo(4);
        assertThat(generation().easy()).isEqualTo(2);
        assertThat(written().generated(1))
                .extracting(each -> each.provenance().toString())
                .filteredOn(provenance -> provenance.contains(Instruction.idOf("hard", "")))
                .hasSize(4)
                .allMatch(provenance -> provenance.contains("HARD") && provenance.contains("iteration=1"));
    }

    @Test
    void generation_noHardInstruction_easyFillsBothQuotasAndItIsSaid() {
        run(loop(config()), Fakes.pool("a", "b"));
        assertThat(generation().hard()).isZero();
        assertThat(generation().easy()).isEqualTo(4);
        assertThat(events)
                .anyMatch(e -> e instanceof LoopEvent.Notice n && n.message().contains("no instruction is hard"));
    }

    @Test
    void generation_sameTextFromHardAndEasy_isTakenOnce() {
        Referee referee =
                c -> c.instruction().text().equals("hard") == c.first().text().equals("right")
                        ? Verdict.of(9, 2)
                        : Verdict.of(2, 9);
        Generator sameForBoth = request -> GenerationResponse.of(Instruction.of("the one and only proposal of all"));
        run(
                loop(config().generatedPerIteration(2).maxRequestsPerInstruction(2))
                        .referee(referee)
                        .generator(sameForBoth),
                Fakes.pool("hard", "easy"));
        assertThat(written().generated(1)).hasSize(1);
        assertThat(generation().rejected()).containsOnlyKeys("duplicate");
    }

    @Test
    void generation_rejectedProposals_areKeptWithRuleAndScore() {
        List<String> texts = List.of(
                "Follow this instruction and the next",
                "Only three words",
                "- name a colour of the rainbow",
                "Ünlü bir şehir adı söyle",
                "name every single colour of the rainbow",
                "name one single colour of the rainbow",
                "list the capitals of five countries");
        AtomicInteger next = new AtomicInteger();
        run(
                loop(config().generatedPerIteration(1).maxRequestsPerInstruction(7))
                        .generator(request -> GenerationResponse.of(Instruction.of(texts.get(next.getAndIncrement())))),
                Fakes.pool("name every single colour of the rainbow"));
        assertThat(written().rejected(1))
                .extracting(
                        rejection -> rejection.rule() + " " + rejection.score().isPresent())
                .containsExactly(
                        "mentions-instruction false",
                        "too-short false",
                        "begins-with-punctuation false",
                        "non-ascii-start false",
                        "duplicate false",
                        "near-duplicate true");
        assertThat(written().rejected(1).get(5).score().orElseThrow())
                .isEqualTo(2 * (6.0 / 7) * (6.0 / 7) / (12.0 / 7));
        assertThat(written().generated(1)).extracting(Instruction::text).containsExactly(texts.get(6));
    }

    @Test
    void generation_ruleSwitchedOff_doesNotReject() {
        run(
                loop(config().generatedPerIteration(1).maxRequestsPerInstruction(1))
                        .acceptanceRules(List.of())
                        .generator(request -> GenerationResponse.of(Instruction.of("- instruction"))),
                Fakes.pool("a"));
        assertThat(written().generated(1)).hasSize(1);
    }

    @Test
    void generation_deadEnd_endsWithAReasonAfterTheAllowedRequests() {
        AtomicInteger asked = new AtomicInteger();
        LoopResult result = run(
                loop(config().generatedPerIteration(4).maxRequestsPerInstruction(5))
                        .generator(request -> {
                            asked.incrementAndGet();
                            return GenerationResponse.of();
                        }),
                Fakes.pool("a"));
        assertThat(asked).hasValue(20);
        assertThat(result.status()).isEqualTo(LoopResult.Status.EXHAUSTED);
        assertThat(result.reason()).contains("iteration 1 brought no new instruction");
        assertThat(events)
                .anyMatch(e ->
                        e instanceof LoopEvent.Notice n && n.message().contains("ended with 0 of 4 after 20 requests"));
    }

    @Test
    void generation_nothingNewAnyMore_endsWithRequestsAndRejectsByRuleInsteadOfSpinning() {
        LoopResult result = run(
                loop(config().generatedPerIteration(6000))
                        .generator(request ->
                                GenerationResponse.of(request.parent(), Instruction.of("hardly three words"))),
                Fakes.pool("say the same again"));
        assertThat(result.status()).isEqualTo(LoopResult.Status.EXHAUSTED);
        assertThat(result.reason()).endsWith(": 200 requests, rejected: 200 duplicate, 200 too-short");
        assertThat(events)
                .anyMatch(e -> e instanceof LoopEvent.Notice n
                        && n.message()
                                .contains("ended with 0 of 6000 after 200 requests, since only 0 of the last 200"
                                        + " brought something new (leastYield 0.02); rejected so far: 200"));
    }

    @Test
    void generation_littleNewButEnough_goesOn() {
        AtomicInteger asked = new AtomicInteger();
        run(
                loop(config().generatedPerIteration(6)
                                .maxRequestsPerInstruction(1000)
                                .leastYield(0.02))
                        .generator(request -> asked.incrementAndGet() % 25 == 0
                                ? DISTINCT.generate(request)
                                : GenerationResponse.of()),
                Fakes.pool("a"));
        assertThat(generation().easy()).isEqualTo(6);
    }

    @Test
    void generation_leastYieldOfZero_goesOnToTheMostRequests() {
        LoopResult result = run(
                loop(config().generatedPerIteration(50)
                                .maxRequestsPerInstruction(6)
                                .leastYield(0))
                        .generator(request -> GenerationResponse.of()),
                Fakes.pool("a"));
        assertThat(result.reason()).endsWith(": 300 requests, rejected: none");
    }

    @Test
    void generation_someRejected_makesNoRequestThatCannotBeTaken() {
        AtomicInteger asked = new AtomicInteger();
        run(
                loop(config().generatedPerIteration(5)).generator(request -> {
                    int n = asked.incrementAndGet();
                    return n % 2 == 0 ? GenerationResponse.of() : DISTINCT.generate(request);
                }),
                Fakes.pool("a", "b"));
        assertThat(generation().requests()).isEqualTo(asked.get());
        assertThat(written().generated(1)).hasSize(5);
    }

    @Test
    void generation_moreProposalsThanWanted_areCountedAsOverQuota() {
        run(
                loop(config().generatedPerIteration(1))
                        .generator(request -> GenerationResponse.of(
                                Instruction.of("tell me about the first planet"),
                                Instruction.of("what is the boiling point"))),
                Fakes.pool("a"));
        assertThat(generation().easy()).isEqualTo(1);
        assertThat(generation().rejected()).isEqualTo(Map.of("over-quota", 1));
    }

    @Test
    void generation_ownNoveltyIndex_decidesAndIsPartOfTheManifest() {
        // nothing is ever new
        class Closed implements NoveltyIndex {
            @Override
            public void add(Instruction instruction) {}

            @Override
            public Optional<Match> nearDuplicateOf(Instruction candidate) {
                return Optional.of(new Match("any", 0.25));
            }

            @Override
            public String description() {
                return "closed";
            }
        }
        run(loop(config().generatedPerIteration(1)).novelty(Closed::new), Fakes.pool("a"));
        assertThat(written().rejected(1))
                .hasSize(10)
                .allMatch(rejection -> rejection.score().equals(OptionalDouble.of(0.25)));
        assertThat(written().manifest().configuration()).containsEntry("novelty", "closed");
    }

    @Test
    void evaluation_afterEveryImitation_isPartOfTheSummary() {
        AtomicInteger evaluated = new AtomicInteger();
        LoopResult result = run(
                loop(config())
                        .evaluation(student -> new EvaluationSummary(
                                Map.of("task", new EvaluationSummary.Score(evaluated.incrementAndGet(), 10)))),
                Fakes.pool("a"));
        assertThat(result.iterations())
                .extracting(
                        summary -> summary.evaluation().orElseThrow().overall().correct())
                .containsExactly(1, 2);
    }

    @Test
    void evaluation_fails_isAskedAgainWithoutAnotherImitation() {
        InstructionPool seeds = Fakes.pool("a");
        assertThatThrownBy(() -> run(
                        loop(config().iterations(0)).evaluation(student -> {
                            throw new IOException("items are gone");
                        }),
                        seeds))
                .isInstanceOf(RoleFailedException.class)
                .hasMessageContaining("the evaluation failed in evaluation of iteration 0");
        run(loop(config().iterations(0)).evaluation(student -> new EvaluationSummary(Map.of())), seeds);
        assertThat(lessons).hasSize(1);
    }

    @Test
    void retry_passingFailure_isTriedAgainAndTold() {
        AtomicInteger calls = new AtomicInteger();
        Teacher teacher = instruction -> {
            if (calls.incrementAndGet() < 3) {
                throw new RetryableRoleException("busy");
            }
            return Response.of("right");
        };
        run(loop(config().iterations(0).maxAttempts(3)).teacher(teacher), Fakes.pool("a"));
        assertThat(calls).hasValue(3);
        assertThat(events.stream().filter(LoopEvent.Retried.class::isInstance)).hasSize(2);
        assertThat(lessons.get(0)).hasSize(1);
    }
}
