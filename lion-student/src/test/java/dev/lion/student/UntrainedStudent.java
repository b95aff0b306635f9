package dev.lion.student;

import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.decoding.BatchingConfig;
import dev.lion.student.decoding.DecodingConfig;
import dev.lion.student.prompt.PromptFormat;
import dev.lion.student.tokenizer.StudentTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A tiny student with random weights: it writes nonsense, always the same, and without an end unless one is set. */
public final class UntrainedStudent {
    /** Tokens that it can see. */
    public static final int CONTEXT = 16_384;

    private UntrainedStudent() {}

    /** Writes its folder. */
    public static Path write(Path parent) throws IOException {
        Path folder = Files.createDirectory(parent.resolve("untrained"));
        try (var tokenizer = StudentTokenizer.train(List.of("a question and an answer"), 260);
                var student = DjlStudent.builder()
                        .fromScratch(shape(tokenizer), tokenizer, 4)
                        .promptFormat(PromptFormat.plain())
                        .threads(1)
                        .build()) {
            student.save(folder);
        }
        return folder;
    }

    private static DecoderConfig shape(StudentTokenizer tokenizer) {
        return DecoderConfig.builder()
                .vocabSize(tokenizer.vocabSize())
                .hiddenSize(32)
                .intermediateSize(48)
                .numHiddenLayers(1)
                .numAttentionHeads(2)
                .numKeyValueHeads(1)
                .headDim(16)
                .maxPositionEmbeddings(CONTEXT)
                .build();
    }

    /** Loads it to answer greedily, until its context is full. */
    public static LoadedStudent load(Path folder, int rows, int waiting) throws IOException {
        return LoadedStudent.load(
                folder,
                LoadConfig.defaults()
                        .withThreads(1)
                        .withDecoding(DecodingConfig.greedy(CONTEXT))
                        .withBatching(BatchingConfig.defaults().withRows(rows).withWaiting(waiting)));
    }
}
