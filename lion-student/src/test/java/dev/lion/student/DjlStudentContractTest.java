package dev.lion.student;

import dev.lion.role.Student;
import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.decoding.DecodingConfig;
import dev.lion.student.prompt.PromptFormat;
import dev.lion.student.tokenizer.StudentTokenizer;
import dev.lion.student.training.TrainingConfig;
import dev.lion.testing.StudentContract;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A decoder of some thousand weights, on two threads. */
class DjlStudentContractTest extends StudentContract {
    private static StudentTokenizer tokenizer;

    @BeforeAll
    static void trainTokenizer() {
        tokenizer =
                StudentTokenizer.train(List.of("What is 1 plus 1?", "It is 2.", "What is 5 plus 5?", "It is 10."), 270);
    }

    @AfterAll
    static void free() {
        tokenizer.close();
    }

    @Override
    protected Student create() throws IOException {
        int vocabulary = tokenizer.vocabSize();
        return DjlStudent.builder()
                .fromScratch(
                        DecoderConfig.builder()
                                .vocabSize(vocabulary)
                                .hiddenSize(16)
                                .intermediateSize(32)
                                .numHiddenLayers(1)
                                .numAttentionHeads(2)
                                .numKeyValueHeads(1)
                                .headDim(8)
                                .maxPositionEmbeddings(64)
                                .build(),
                        tokenizer,
                        1)
                .promptFormat(PromptFormat.plain())
                .training(TrainingConfig.builder()
                        .epochs(6)
                        .learningRate(2e-2)
                        .batchSize(3)
                        .build())
                .decoding(DecodingConfig.defaults().withMaxNewTokens(8))
                .threads(2)
                .build();
    }
}
