package dev.lion.student;

import dev.lion.student.checkpoint.AdapterFolder;
import dev.lion.student.checkpoint.CheckpointFolder;
import dev.lion.student.checkpoint.ModelDescription;
import dev.lion.student.checkpoint.SpecialTokenIds;
import dev.lion.student.checkpoint.StoredType;
import dev.lion.student.checkpoint.TensorSource;
import dev.lion.student.decoder.Decoder;
import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.decoder.DecoderModel;
import dev.lion.student.decoder.Parameters;
import dev.lion.student.gguf.GgufFile;
import dev.lion.student.gguf.GgufModel;
import dev.lion.student.gguf.GgufType;
import dev.lion.student.prompt.ChatTemplate;
import dev.lion.student.prompt.PromptEncoder;
import dev.lion.student.prompt.PromptFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads back what was written of a student, and refuses what is not the student.
 *
 * <p>What a run saves after each iteration is compared byte by byte, as it is read: that is as much as to compare what it
 * computes, and takes no memory. What is written for others is read as others would read it, and has to say and compute the
 * same; while it is compared, it is in memory beside the student.
 */
final class ExportGate {
    private final StudentModel student;

    ExportGate(StudentModel student) {
        this.student = student;
    }

    /** What {@link StudentModel#write} has written: weights or adapter in float32, configuration, tokenizer, format. */
    void requireSaved(Path folder) throws IOException {
        var differences = new ArrayList<String>();
        var shapes =
                student.lora().map(lora -> lora.parameterShapes(config())).orElseGet(() -> config().parameterShapes());
        var trained = student.weights().trainable();
        TensorSource memory =
                (name, chunks) -> chunks.accept(trained.bytes(name).asFloatBuffer());
        TensorSource written = student.isAdapted() ? adapter(folder, differences) : whole(folder, differences);
        new WrittenWeights(memory, (name, values, count) -> {}).compare(written, shapes.keySet(), differences);
        student.tokenizer().compareFiles(folder, differences);
        compare("the prompt format", Optional.of(student.format()), PromptFormat.read(folder), differences);
        refuse(folder, differences);
    }

    private TensorSource whole(Path folder, List<String> differences) throws IOException {
        var found = CheckpointFolder.open(folder);
        compare(student.description(), found.description(), differences);
        return found;
    }

    private TensorSource adapter(Path folder, List<String> differences) throws IOException {
        var found = AdapterFolder.open(folder, config());
        compare("the adapter's description", student.adapter(), Optional.of(found.description()), differences);
        return found;
    }

    private static void compare(ModelDescription expected, ModelDescription found, List<String> differences) {
        compare("the model's shape", expected.config(), found.config(), differences);
        compare("the special tokens", expected.specialTokens(), found.specialTokens(), differences);
    }

    private static void compare(String what, Object expected, Object found, List<String> differences) {
        if (!expected.equals(found)) {
            differences.add(what + " is " + found + " instead of " + expected);
        }
    }

    /** A Hugging Face folder with all weights. */
    Fidelity requireFolder(Path folder, StoredType type, StudentConfig config) throws IOException {
        var differences = new ArrayList<String>();
        var folderWeights = CheckpointFolder.open(folder);
        compare(student.description(), folderWeights.description(), differences);
        compareWeights(folderWeights, (name, values, count) -> round(type, values, count), differences);
        refuse(folder, differences);
        try (var written = StudentModel.read(folder, config.toReadBack())) {
            compare(
                    "the token that every text begins with",
                    student.tokenizer().addedBosId(),
                    written.tokenizer().addedBosId(),
                    differences);
            wording().compare(new Wording(written.tokenizer(), written.encoder()), differences);
            var tolerance = Tolerance.of(type, student, config);
            return judged(folder, written.weights(), tolerance, differences);
        }
    }

    private static void round(StoredType type, float[] values, int count) {
        for (int i = 0; i < count; i++) {
            values[i] = type.rounded(values[i]);
        }
    }

    /** A file for llama.cpp, which says this. */
    Fidelity requireGguf(Path file, GgufModel said, GgufType type, StudentConfig config) throws IOException {
        var differences = new ArrayList<String>();
        GgufFile written = GgufFile.open(file);
        said.compare(written, differences);
        compareWeights(written, (name, values, count) -> written.typeOf(name).round(values, count), differences);
        refuse(file, differences);
        var steering = written.model().vocabulary().steering();
        try (var tokenizer = written.model().vocabulary().tokenizer(file)) {
            // Further tokens that end a text are known to llama.cpp by their texts, and to Ollama as stops.
            var ends = student.encoder().ends().stream()
                    .sorted((a, b) -> Boolean.compare(b == steering.eos(), a == steering.eos()))
                    .toList();
            var tokens = new SpecialTokenIds(steering.bos(), ends, steering.pad());
            var template = ChatTemplate.of(written.model().chatTemplate());
            wording().compare(new Wording(tokenizer, new PromptEncoder(tokenizer, tokens, template)), differences);
        }
        try (var model = model(written.model().config(), written, config)) {
            return judged(file, model.model(), Tolerance.of(type, student, config), differences);
        }
    }

    /** A model that was read, with its script. */
    private record ReadModel(Decoder decoder, DecoderModel model) implements AutoCloseable {
        @Override
        public void close() {
            model.close();
            decoder.close();
        }
    }

    /** The file's shape; factors of its rope scaling, which have been compared, are given here as what they came from. */
    private ReadModel model(DecoderConfig shape, TensorSource weights, StudentConfig config) throws IOException {
        var builder = shape.toBuilder();
        config().ropeScaling().ifPresent(builder::ropeScaling);
        var decoder = Decoder.open(builder.build(), config.precision().usesBfloat16());
        try {
            var numbers = Parameters.zeros(decoder);
            for (String name : numbers.names()) {
                weights.readInto(name, numbers.bytes(name).asFloatBuffer());
            }
            return new ReadModel(decoder, DecoderModel.full(decoder, numbers));
        } catch (IOException | RuntimeException e) {
            decoder.close();
            throw e;
        }
    }

    private void compareWeights(TensorSource written, WrittenWeights.Rounding rounding, List<String> differences)
            throws IOException {
        new WrittenWeights((name, chunks) -> student.weights().read(name, chunks::accept), rounding)
                .compare(written, config().parameterShapes().keySet(), differences);
    }

    private Fidelity judged(Path where, DecoderModel written, Tolerance tolerance, List<String> differences) {
        Fidelity found = Predictions.of(student.weights(), wording().prompts()).compare(written);
        tolerance.check(found, differences);
        refuse(where, differences);
        return found;
    }

    private Wording wording() {
        return new Wording(student.tokenizer(), student.encoder());
    }

    private DecoderConfig config() {
        return student.decoder().config();
    }

    private static void refuse(Path where, List<String> differences) {
        if (!differences.isEmpty()) {
            throw new ExportMismatchException(where, differences);
        }
    }
}
