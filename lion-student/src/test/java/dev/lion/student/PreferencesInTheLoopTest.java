package dev.lion.student;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.data.ImitationSummary;
import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.data.Response;
import dev.lion.data.Verdict;
import dev.lion.loop.AdversarialLoop;
import dev.lion.loop.LoopConfig;
import dev.lion.loop.LoopEvent;
import dev.lion.loop.LoopListener;
import dev.lion.loop.LoopResult;
import dev.lion.run.RunDirectory;
import dev.lion.strategy.PreferenceRule;
import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.decoding.DecodingConfig;
import dev.lion.student.prompt.PromptFormat;
import dev.lion.student.tokenizer.StudentTokenizer;
import dev.lion.student.training.DpoConfig;
import dev.lion.student.training.TrainingConfig;
import dev.lion.testing.ScriptedRoles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole run with a student of some thousand weights, which learns from the verdicts of a referee that knows the teacher. */
class PreferencesInTheLoopTest {
    private static final Set<String> HAPPENED = Set.of("times.jsonl", "spending.jsonl", "lock");
    private static final InstructionPool SEEDS = InstructionPool.of(IntStream.range(0, 12)
            .mapToObj(i -> Instruction.of("Tell me about subject number " + i))
            .toList());
    private static StudentTokenizer tokenizer;

    @TempDir
    Path temp;

    @BeforeAll
    static void trainTokenizer() {
        var texts = SEEDS.instructions().stream().map(seed -> "teacher on " + seed.text());
        tokenizer = StudentTokenizer.train(texts.toList(), 300);
    }

    @AfterAll
    static void free() {
        tokenizer.close();
    }

    private static DjlStudent student() throws IOException {
        return DjlStudent.builder()
                .fromScratch(
                        DecoderConfig.builder()
                                .vocabSize(tokenizer.vocabSize())
                                .hiddenSize(16)
                                .intermediateSize(32)
                                .numHiddenLayers(1)
                                .numAttentionHeads(2)
                                .numKeyValueHeads(1)
                                .headDim(8)
                                .maxPositionEmbeddings(256)
                                .build(),
                        tokenizer,
                        1)
                .promptFormat(PromptFormat.plain())
                .training(TrainingConfig.builder()
                        .epochs(1)
                        .learningRate(1e-2)
                        .batchSize(4)
                        .dpo(new DpoConfig(0.1, 2, 1e-3, 2))
                        .build())
                .decoding(DecodingConfig.defaults().withMaxNewTokens(8))
                .threads(2)
                .build();
    }

    /** One sitting of a run. */
    private static LoopResult sit(Path directory, List<AdversarialLoop> running, LoopListener listener)
            throws IOException {
        ScriptedRoles roles = ScriptedRoles.prompt();
        try (var student = student();
                var run = RunDirectory.open(directory)) {
            AdversarialLoop loop = AdversarialLoop.builder()
                    .teacher(roles.teacher())
                    .referee(comparison -> Verdict.of(score(comparison.first()), score(comparison.second())))
                    .generator(roles.generator())
                    .student(student)
                    .listener(listener)
                    .config(LoopConfig.builder()
                            .iterations(1)
                            .generatedPerIteration(4)
                            .preferences(PreferenceRule.hard())
                            .seed(7)
                            .firstBackoff(Duration.ZERO)
                            .toleratedFailureShare(1)
                            .build())
                    .build();
            running.add(loop);
            return loop.run(SEEDS, run);
        }
    }

    private static double score(Response answer) {
        return answer.text().startsWith("teacher") ? 8 : 3;
    }

    @Test
    void run_verdictsPreferTheTeacher_areLearntFromBehindTheAnswers() throws IOException {
        LoopResult result = sit(temp, new ArrayList<>(), event -> {});

        ImitationSummary first = result.iterations().get(0).imitation();
        ImitationSummary second = result.iterations().get(1).imitation();
        assertThat(first.preferences()).isEmpty();
        var preferences = second.preferences().orElseThrow();
        assertThat(preferences.pairs()).isPositive();
        assertThat(second.preferenceLosses()).hasSize((int) (2 * ((preferences.pairs() + 1) / 2)));
        assertThat(second.preferenceLosses().get(0).loss()).isBetween(0.69, 0.70);
        assertThat(mean(second, preferences.pairs(), true)).isLessThan(mean(second, preferences.pairs(), false));
    }

    /** Over the last or the first half of the steps on preferences: an epoch each. */
    private static double mean(ImitationSummary summary, long pairs, boolean last) {
        var points = summary.preferenceLosses();
        return points.stream()
                .skip(last ? points.size() / 2 : 0)
                .limit((pairs + 1) / 2)
                .mapToDouble(ImitationSummary.LossPoint::loss)
                .average()
                .orElseThrow();
    }

    @Test
    void run_stoppedAmongTheStepsOnPreferences_endsWithTheSameFiles() throws IOException {
        LoopResult whole = sit(temp.resolve("whole"), new ArrayList<>(), event -> {});
        long step = whole.iterations()
                        .get(1)
                        .imitation()
                        .preferences()
                        .orElseThrow()
                        .firstStep()
                + 1;
        Path cut = temp.resolve("cut");
        var running = new ArrayList<AdversarialLoop>();

        LoopResult stopped = sit(cut, running, event -> {
            if (event instanceof LoopEvent.TrainingStep made
                    && made.iteration() == 1
                    && made.point().step() == step) {
                running.get(0).stop();
            }
        });

        assertThat(stopped.status()).isEqualTo(LoopResult.Status.STOPPED);
        assertThat(cut.resolve("iteration-1/in-progress/training/preferences/training.state"))
                .exists();
        assertThat(sit(cut, new ArrayList<>(), event -> {}).status()).isEqualTo(LoopResult.Status.COMPLETED);
        assertThat(files(cut)).isEqualTo(files(temp.resolve("whole")));
    }

    private static Map<String, ByteBuffer> files(Path directory) throws IOException {
        Map<String, ByteBuffer> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(directory)) {
            all.filter(Files::isRegularFile)
                    .filter(file ->
                            !HAPPENED.contains(directory.relativize(file).toString()))
                    .forEach(file -> files.put(directory.relativize(file).toString(), contents(file)));
        }
        return files;
    }

    private static ByteBuffer contents(Path file) {
        try {
            return ByteBuffer.wrap(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
