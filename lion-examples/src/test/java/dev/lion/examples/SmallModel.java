package dev.lion.examples;

import dev.lion.student.DjlStudent;
import dev.lion.student.tokenizer.StudentTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A tiny model with random weights, in a Hugging Face folder as a published one would be. */
final class SmallModel {
    private SmallModel() {}

    static Path in(Path folder) throws IOException {
        Files.createDirectory(folder);
        List<String> texts = Stream.of(
                        "Say the word loudly, please", "Describe ox and hut near oak briefly", "ANSWER TO please")
                .flatMap(text -> Stream.of(text, text))
                .toList();
        try (var tokenizer = StudentTokenizer.train(texts, 300);
                var student = DjlStudent.builder()
                        .fromScratch(ScratchStudent.shape(tokenizer, 64, 1, 256), tokenizer, 1)
                        .build()) {
            student.save(folder);
        }
        return folder;
    }
}
