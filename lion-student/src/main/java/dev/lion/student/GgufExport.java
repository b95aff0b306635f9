package dev.lion.student;

import dev.lion.student.checkpoint.CheckpointFolder;
import dev.lion.student.gguf.GgufModel;
import dev.lion.student.gguf.GgufTemplate;
import dev.lion.student.gguf.GgufType;
import dev.lion.student.gguf.GgufVocabulary;
import dev.lion.student.gguf.Modelfile;
import dev.lion.student.prompt.Message;
import dev.lion.student.prompt.PromptException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Writes what llama.cpp and Ollama need of a student. */
final class GgufExport {
    private final StudentModel student;
    private final StudentConfig config;

    GgufExport(StudentModel student, StudentConfig config) {
        this.student = student;
        this.config = config;
    }

    /** Writes into an empty folder, and compares. */
    Fidelity write(Path folder, String name, GgufType type) throws IOException {
        CheckpointFolder.requireEmpty(folder);
        Path file = folder.resolve(fileName(name, type));
        GgufModel said = said(name);
        said.write(file, type, (parameter, chunks) -> student.weights().read(parameter, chunks::accept));
        Fidelity fidelity = new ExportGate(student).requireGguf(file, said, type, config);
        modelfile(file, said).writeTo(folder);
        return fidelity;
    }

    private static String fileName(String name, GgufType type) {
        String plain = name.replaceAll("[^A-Za-z0-9._]+", "-").replaceAll("^[.-]+", "");
        return (plain.isEmpty() ? "student" : plain) + "-" + type + ".gguf";
    }

    private GgufModel said(String name) {
        var shape = student.decoder().config();
        var encoder = student.encoder();
        var vocabulary = GgufVocabulary.of(student.tokenizer(), encoder.beginning(), encoder.end(), shape.vocabSize());
        return new GgufModel(name, shape, vocabulary, GgufTemplate.of(student.format()));
    }

    private Modelfile modelfile(Path file, GgufModel said) {
        var tokenizer = student.tokenizer();
        var special = tokenizer.specialTokens();
        String bos = tokenizer.addedBosId().stream()
                .mapToObj(id -> special.textOf(id).orElse(""))
                .findFirst()
                .orElse("");
        List<String> stops = student.encoder().ends().stream()
                .sorted()
                .flatMap(id -> special.textOf(id).stream())
                .toList();
        return new Modelfile(
                String.valueOf(file.getFileName()), this::written, bos, stops, said.contextLength(), config.decoding());
    }

    private Optional<String> written(List<Message> conversation) {
        try {
            return Optional.of(student.encoder().text(conversation));
        } catch (PromptException e) {
            return Optional.empty();
        }
    }
}
