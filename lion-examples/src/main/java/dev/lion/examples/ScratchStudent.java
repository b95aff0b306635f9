package dev.lion.examples;

import dev.lion.data.InstructionPool;
import dev.lion.student.DjlStudent;
import dev.lion.student.DjlStudentBuilder;
import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.prompt.InstructionFormat;
import dev.lion.student.tokenizer.StudentTokenizer;
import java.util.List;

/** A small student with random weights and a tokenizer of its own, for those who have no model at hand. */
public final class ScratchStudent {
    private static final int VOCABULARY = 4096;
    private static final int CONTEXT = 1024;

    private ScratchStudent() {}

    /** Five million parameters; the tokenizer is trained on the instructions. */
    static DjlStudentBuilder of(InstructionPool pool, long seed) {
        InstructionFormat format = InstructionFormat.alpaca();
        List<String> texts = pool.instructions().stream().map(format::prompt).toList();
        StudentTokenizer tokenizer = StudentTokenizer.train(texts, VOCABULARY);
        return DjlStudent.builder()
                .fromScratch(shape(tokenizer, 256, 6, CONTEXT), tokenizer, seed)
                .promptFormat(format);
    }

    /** Heads of 32, feed-forward of 8/3 the width, tied embeddings. */
    public static DecoderConfig shape(StudentTokenizer tokenizer, int hidden, int layers, int context) {
        int heads = hidden / 32;
        int feedForward = (hidden * 8 / 3 + 15) / 16 * 16;
        return DecoderConfig.builder()
                .vocabSize(tokenizer.vocabSize())
                .hiddenSize(hidden)
                .intermediateSize(feedForward)
                .numHiddenLayers(layers)
                .numAttentionHeads(heads)
                .numKeyValueHeads(heads / 2)
                .headDim(32)
                .maxPositionEmbeddings(context)
                .rmsNormEps(1e-5)
                .build();
    }
}
