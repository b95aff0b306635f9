package dev.lion.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lion.student.checkpoint.CheckpointFormat;
import dev.lion.student.checkpoint.StoredType;
import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.decoder.WeightType;
import dev.lion.student.prompt.Conversation;
import dev.lion.student.prompt.Message;
import dev.lion.student.prompt.PromptFormat;
import dev.lion.student.tokenizer.StudentTokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuantizationLossTest {
    private static final List<Conversation> ANSWERS = List.of(
            talk("one", "What is two times three?", "It is six, and six is even."),
            talk("two", "Name a colour.", "Blue is one of them."));

    @TempDir
    private static Path models;

    private static Path folder;

    private static Conversation talk(String id, String question, String answer) {
        return new Conversation(id, List.of(Message.user(question), Message.assistant(answer)));
    }

    @BeforeAll
    static void writeAStudent() throws Exception {
        folder = Files.createDirectory(models.resolve("student"));
        try (var tokenizer = StudentTokenizer.train(List.of("What is it? It is six."), 280);
                var student = DjlStudent.builder()
                        .threads(1)
                        .promptFormat(PromptFormat.plain())
                        .fromScratch(
                                DecoderConfig.builder()
                                        .vocabSize(tokenizer.vocabSize())
                                        .hiddenSize(32)
                                        .intermediateSize(64)
                                        .numHiddenLayers(2)
                                        .numAttentionHeads(4)
                                        .numKeyValueHeads(2)
                                        .maxPositionEmbeddings(128)
                                        .build(),
                                tokenizer,
                                1)
                        .build()) {
            student.export(folder, CheckpointFormat.ofType(StoredType.F32));
        }
    }

    private static LoadConfig config(WeightType weights) {
        return LoadConfig.defaults().withThreads(1).withWeights(weights);
    }

    @Test
    void measure_foldersOwnType_losesNothing() throws Exception {
        var loss = QuantizationLoss.measure(folder, config(WeightType.FLOAT32), ANSWERS, 1000);

        assertThat(loss.after()).isEqualTo(loss.before());
        assertThat(loss.sameNext()).isEqualTo(1);
        assertThat(loss.divergence()).isZero();
    }

    @Test
    void measure_int8_losesALittleAndSaysSo() throws Exception {
        var loss = QuantizationLoss.measure(folder, config(WeightType.INT8), ANSWERS, 1000);

        assertThat(loss.after()).isNotEqualTo(loss.before()).isCloseTo(loss.before(), within(0.1));
        assertThat(loss.divergence()).isPositive().isLessThan(0.1);
        assertThat(loss.toString()).startsWith("int8 weights: perplexity ").contains("% of " + loss.positions());
    }

    @Test
    void measure_meanLikelihood_isThatOfScores() throws Exception {
        var loss = QuantizationLoss.measure(folder, config(WeightType.BFLOAT16), ANSWERS, 1000);

        try (var student = LoadedStudent.load(folder, config(WeightType.FLOAT32))) {
            double sum = 0;
            for (Conversation one : ANSWERS) {
                var question = one.messages().subList(0, 1);
                sum += student.scores(question, List.of(one.messages().get(1).content()))
                        .get(0);
            }
            assertThat(loss.before() * loss.positions()).isCloseTo(-sum, within(1e-3));
        }
    }

    @Test
    void measure_fewPositions_looksAtNoMore() throws Exception {
        assertThat(QuantizationLoss.measure(folder, config(WeightType.INT8), ANSWERS, 7)
                        .positions())
                .isEqualTo(7);
    }

    @Test
    void measure_answersWithoutWords_isRefused() {
        var silent = List.of(talk("none", "Name a colour.", " "));

        assertThatThrownBy(() -> QuantizationLoss.measure(folder, config(WeightType.INT8), silent, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no token of an answer");
    }

    @Test
    void ofOwnAnswers_questions_looksAtWhatTheStudentWrites() throws Exception {
        var loss = QuantizationLoss.ofOwnAnswers(
                folder, config(WeightType.INT8), List.of("What is it?", "Name a colour."), 12, 1000);

        assertThat(loss.positions()).isPositive();
        assertThat(loss.sameNext()).isBetween(0.5, 1.0);
    }

    @Test
    void divergenceTo_moreTokensThanAreKept_isAtMostTheWholeOne() {
        var random = new Random(4);
        float[] one = logits(random);
        float[] other = logits(random);
        double whole = 0;
        for (int i = 0; i < one.length; i++) {
            double p = one[i] - LikeliestTokens.logSumExp(one);
            whole += Math.exp(p) * (p - other[i] + LikeliestTokens.logSumExp(other));
        }

        assertThat(LikeliestTokens.of(one, 0).divergenceTo(other)).isBetween(0.3 * whole, whole);
        assertThat(LikeliestTokens.of(one, 0).divergenceTo(one)).isCloseTo(0, within(1e-9));
    }

    private static float[] logits(Random random) {
        var logits = new float[200];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) (3 * random.nextGaussian());
        }
        return logits;
    }
}
