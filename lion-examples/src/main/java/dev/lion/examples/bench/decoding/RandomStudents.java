package dev.lion.examples.bench.decoding;

import dev.lion.data.Instruction;
import dev.lion.examples.bench.InventedText;
import dev.lion.examples.bench.ModelShape;
import dev.lion.student.DjlStudent;
import dev.lion.student.checkpoint.CheckpointFormat;
import dev.lion.student.checkpoint.StoredType;
import dev.lion.student.prompt.PromptFormat;
import dev.lion.student.tokenizer.StudentTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Students of a shape that have learnt nothing: what a token costs does not depend on what was learnt. */
final class RandomStudents {
    private static final int VOCABULARY = 4096;
    private static final int TEXTS = 2000;

    private RandomStudents() {}

    /** The folder of a shape's student in float32, written if it is not there. */
    static Path folder(Path parent, ModelShape shape, long seed) throws IOException {
        Path folder = parent.resolve(shape.title());
        if (!Files.isDirectory(folder)) {
            write(Files.createDirectories(folder), shape, seed);
        }
        return folder;
    }

    private static void write(Path folder, ModelShape shape, long seed) throws IOException {
        List<String> texts = InventedText.pool(TEXTS, seed).instructions().stream()
                .map(Instruction::text)
                .toList();
        try (var tokenizer = StudentTokenizer.train(texts, VOCABULARY);
                var student = DjlStudent.builder()
                        .fromScratch(shape.config(), tokenizer, seed)
                        .promptFormat(PromptFormat.plain())
                        .build()) {
            student.export(folder, CheckpointFormat.ofType(StoredType.F32));
        }
    }
}
