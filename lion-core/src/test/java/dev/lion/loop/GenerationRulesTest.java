package dev.lion.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.data.TokenUsage;
import dev.lion.fixture.Fakes;
import dev.lion.novelty.NoveltyIndex;
import dev.lion.novelty.Tokenization;
import dev.lion.role.GenerationRequest;
import dev.lion.role.GenerationResponse;
import dev.lion.role.Generator;
import dev.lion.run.IterationSummary;
import dev.lion.run.Rejection;
import dev.lion.run.RunDirectory;
import dev.lion.testing.CountingStudent;
import dev.lion.testing.ScriptedRoles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What keeps a proposal out, one rule at a time, and how it is counted. */
class GenerationRulesTest {
    private static final InstructionPool SEEDS = Fakes.pool(
            "name every single colour of the rainbow",
            "What do owls eat?",
            "Add two and three.",
            "Why is the sea salty?");
    private static final String QUESTION = "How can I improve my time management skills?";

    @TempDir
    private Path temp;

    private final List<LoopEvent> events = Collections.synchronizedList(new ArrayList<>());

    private AdversarialLoop.Builder loop(Generator generator, int wanted) {
        return LoopFixture.loop(ScriptedRoles.prompt(), new CountingStudent())
                .generator(generator)
                .listener(events::add)
                .config(LoopFixture.config()
                        .iterations(1)
                        .generatedPerIteration(wanted)
                        .maxRequestsPerInstruction(1)
                        .maxConcurrentCalls(1)
                        .build());
    }

    private RunDirectory run(AdversarialLoop.Builder loop) {
        try (RunDirectory run = RunDirectory.open(temp.resolve("run"))) {
            loop.build().run(SEEDS, run);
        }
        return RunDirectory.read(temp.resolve("run"));
    }

    private static Generator proposing(String... texts) {
        AtomicInteger next = new AtomicInteger();
        return request -> GenerationResponse.of(Instruction.of(texts[next.getAndIncrement() % texts.length]));
    }

    private static Map<String, Integer> rejected(RunDirectory run) {
        return run.summaries().get(1).generation().orElseThrow().rejected();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    mentions-instruction, Follow the next instruction with care
                    too-short, Only three words
                    begins-with-punctuation, - list four colours of the sea
                    non-ascii-start, Ünlü bir şehir adı söyle
                    """)
    void named_ruleLeftOut_takesWhatItRejectsAndTheOthersStay(String name, String text) {
        Set<String> others = new TreeSet<>();
        AcceptanceRule.paper().forEach(rule -> others.add(rule.name()));
        others.remove(name);

        assertThat(run(loop(proposing(text), 1).acceptanceRules(AcceptanceRule.named(others)))
                        .generated(1))
                .hasSize(1);
        assertThat(AcceptanceRule.named(others))
                .extracting(AcceptanceRule::name)
                .hasSize(3);
        assertThat(AcceptanceRule.named(List.of(name)).get(0).rejection(Instruction.of(text)))
                .isPresent();
    }

    @Test
    void named_unknownNames_areRefusedWithTheNamesThereAre() {
        assertThatThrownBy(() -> AcceptanceRule.named(List.of("too-short", "too-long", "dull")))
                .hasMessage("no acceptance rule is named dull, too-long; there are mentions-instruction, too-short,"
                        + " begins-with-punctuation, non-ascii-start");
    }

    @Test
    void generation_withoutNoveltyIndex_takesNearDuplicatesButNothingTwice() {
        String near = "name one single colour of the rainbow";
        RunDirectory run = run(loop(proposing(near, near), 2).novelty(NoveltyIndex::none));

        assertThat(run.generated(1)).extracting(Instruction::text).containsExactly(near);
        assertThat(rejected(run)).isEqualTo(Map.of("duplicate", 1));
        assertThat(run.manifest().configuration()).containsEntry("novelty", "none: near-duplicates are taken");
    }

    @Test
    void generation_heldBackByTheGenerator_isCountedInSummaryAndLog() {
        AtomicInteger asked = new AtomicInteger();
        Generator holdingBack = request -> asked.incrementAndGet() == 1
                ? GenerationResponse.of(Instruction.of("list the capitals of five countries"))
                : new GenerationResponse(List.of(), TokenUsage.NONE, Map.of("cut-by-length", 1, "withheld", 2));
        RunDirectory run = run(loop(holdingBack, 3));

        assertThat(rejected(run)).isEqualTo(Map.of("cut-by-length", 2, "withheld", 4));
        assertThat(events)
                .filteredOn(LoopEvent.StageFinished.class::isInstance)
                .extracting(event -> ((LoopEvent.StageFinished) event).result())
                .anyMatch(result -> result.contains("accepted, 6 rejected (4 withheld, 2 cut-by-length)"));
    }

    @Test
    void generation_copiesOfTheEvaluation_areRejectedUnderTheirOwnName() {
        AcceptanceRule guard = AcceptanceRule.notNearEvaluation(List.of(Instruction.of(QUESTION)));
        List<AcceptanceRule> rules = new ArrayList<>(AcceptanceRule.paper());
        rules.add(guard);
        RunDirectory run = run(loop(
                        proposing(
                                QUESTION,
                                "How could I improve my time management skills?",
                                "How does a plant make sugar from light?"),
                        3)
                .acceptanceRules(rules));

        assertThat(run.generated(1))
                .extracting(Instruction::text)
                .containsExactly("How does a plant make sugar from light?");
        assertThat(rejected(run)).isEqualTo(Map.of("near-evaluation", 2));
        assertThat(run.rejected(1))
                .extracting(Rejection::reason)
                .containsExactly(
                        "has ROUGE-L 1.00 with " + Instruction.idOf(QUESTION, "") + " of the evaluation",
                        "has ROUGE-L 0.88 with " + Instruction.idOf(QUESTION, "") + " of the evaluation");
        assertThat(run.manifest().configuration().get("acceptanceRules")).endsWith(guard.description());
    }

    @Test
    void generation_seedsThatCopyTheEvaluation_passNothingOn() {
        List<Instruction> evaluation = SEEDS.instructions();
        RunDirectory run = run(loop(request -> GenerationResponse.of(request.parent()), 4)
                .acceptanceRules(List.of(AcceptanceRule.notNearEvaluation(evaluation))));

        assertThat(run.generated(1)).isEmpty();
        assertThat(run.rejected(1)).hasSize(4).extracting(Rejection::rule).containsOnly("near-evaluation");
    }

    @Test
    void notNearEvaluation_scoreAtTheLimit_isACopy() {
        List<Instruction> items = List.of(Instruction.of("a b c d e f g h i j"));
        Instruction sevenOfTen = Instruction.of("a b c d e f g x y z"); // 2PR/(P+R) = 0.7

        assertThat(AcceptanceRule.notNearEvaluation(items, 0.7, Tokenization.PAPER)
                        .rejection(sevenOfTen))
                .isPresent();
        assertThat(AcceptanceRule.notNearEvaluation(items, 0.71, Tokenization.PAPER)
                        .rejection(sevenOfTen))
                .isEmpty();
    }

    @Test
    void notNearEvaluation_otherAlphabetsAndInputs_areCompared() {
        AcceptanceRule guard = AcceptanceRule.notNearEvaluation(
                List.of(Instruction.of("Переведи это предложение на немецкий язык", "Кошка спит на крыше")));

        assertThat(guard.rejection(Instruction.of("Переведи предложение на немецкий язык\nКошка спит на крыше")))
                .isPresent();
        assertThat(guard.rejection(Instruction.of("Назови три реки Сибири и две реки Кавказа")))
                .isEmpty();
    }

    @Test
    void notNearEvaluation_faultySettings_areRefused() {
        List<Instruction> item = List.of(Instruction.of(QUESTION));

        assertThatThrownBy(() -> AcceptanceRule.notNearEvaluation(List.of())).hasMessageContaining("at least one item");
        assertThatThrownBy(() -> AcceptanceRule.notNearEvaluation(item, 0, Tokenization.PAPER))
                .hasMessageContaining("above 0 and at most 1, but is 0.0");
        assertThat(AcceptanceRule.notNearEvaluation(item).description())
                .isNotEqualTo(AcceptanceRule.notNearEvaluation(List.of(Instruction.of("Another question")))
                        .description());
    }

    /** Brings four at each request, all of them new. */
    private record Quadruplets(ScriptedRoles roles) implements Generator {
        @Override
        public GenerationResponse generate(GenerationRequest request) throws Exception {
            roles.generator().generate(request);
            List<Instruction> four = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String words =
                        Long.toHexString(request.randomSeed() * (2 * i + 1)).replaceAll("(..)", "$1 ");
                four.add(Instruction.of("explain " + words));
            }
            return new GenerationResponse(four, TokenUsage.NONE);
        }

        @Override
        public int proposalsPerRequest() {
            return 4;
        }
    }

    @Test
    void generation_severalProposalsARequest_asksNoOftenerThanNeeded() {
        RunDirectory run = run(loop(new Quadruplets(ScriptedRoles.prompt()), 18));
        IterationSummary.Generation generation =
                run.summaries().get(1).generation().orElseThrow();

        assertThat(generation.hard() + generation.easy()).isEqualTo(18);
        assertThat(generation.requests()).isEqualTo(6); // three for nine from hard, three for nine from easy
        assertThat(run.generated(1)).hasSize(18);
    }

    @Test
    void build_generatorThatExpectsNoProposals_isRefused() {
        Generator unwilling = new Generator() {
            @Override
            public GenerationResponse generate(GenerationRequest request) {
                return GenerationResponse.of();
            }

            @Override
            public int proposalsPerRequest() {
                return 0;
            }
        };
        assertThatThrownBy(() -> loop(unwilling, 1).build())
                .isInstanceOf(LoopConfigException.class)
                .hasMessageContaining("the generator expects 0 proposals of a request (proposalsPerRequest)");
    }

    @ParameterizedTest
    @CsvSource({"20", "40", "58"})
    void generation_severalProposalsARequest_resumesToTheSameFiles(int call) {
        ScriptedRoles whole = ScriptedRoles.prompt();
        run(LoopFixture.loop(whole).generator(new Quadruplets(whole)));
        RunDirectory undisturbed = RunDirectory.read(temp.resolve("run"));
        ScriptedRoles breaking = ScriptedRoles.breakingDownAt(call);
        assertThatThrownBy(() -> cut(LoopFixture.loop(breaking).generator(new Quadruplets(breaking))))
                .isInstanceOf(ScriptedRoles.InjectedFault.class);
        ScriptedRoles healthy = ScriptedRoles.prompt();
        RunDirectory resumed = cut(LoopFixture.loop(healthy).generator(new Quadruplets(healthy)));

        assertThat(resumed.summaries()).isEqualTo(undisturbed.summaries());
        assertThat(resumed.generated(2)).isEqualTo(undisturbed.generated(2)).isNotEmpty();
        assertThat(resumed.rejected(2)).isEqualTo(undisturbed.rejected(2));
    }

    private RunDirectory cut(AdversarialLoop.Builder loop) {
        try (RunDirectory run = RunDirectory.open(temp.resolve("cut"))) {
            loop.build().run(SEEDS, run);
        }
        return RunDirectory.read(temp.resolve("cut"));
    }
}
