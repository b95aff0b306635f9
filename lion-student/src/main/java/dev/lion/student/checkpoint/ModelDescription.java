package dev.lion.student.checkpoint;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.student.decoder.DecoderConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a checkpoint says of its model beside the weights. One that was read keeps all it does not interpret, and writes it
 * again: fields of {@code config.json} and {@code generation_config.json}, a chat template of its own file, further files
 * of the tokenizer, the licence. A link that leads out of the folder is left out, unless the folder is one of a Hugging Face
 * cache and the link leads to its blobs. Immutable.
 */
public final class ModelDescription {
    static final String CONFIG = "config.json";
    static final String GENERATION_CONFIG = "generation_config.json";

    /** {@code tokenizer.json} and {@code tokenizer_config.json} are not among them: the tokenizer writes these. */
    private static final List<String> KEPT = List.of(
            "special_tokens_map.json",
            "added_tokens.json",
            "chat_template.jinja",
            "tokenizer.model",
            "vocab.json",
            "merges.txt",
            "LICENSE",
            "LICENSE.txt",
            "LICENSE.md",
            "NOTICE",
            "NOTICE.txt",
            "USE_POLICY.md");

    /** What newer files call {@code torch_dtype}. */
    private static final String DTYPE = "dtype";

    private final ModelConfig model;
    private final ObjectNode config;
    private final ObjectNode generation;
    private final Map<String, byte[]> files;

    private ModelDescription(ModelConfig model, ObjectNode config, ObjectNode generation, Map<String, byte[]> files) {
        this.model = model;
        this.config = config;
        this.generation = generation;
        this.files = files;
    }

    /** A new model's. */
    public static ModelDescription of(DecoderConfig config, SpecialTokenIds specialTokens) {
        var model = new ModelConfig(config, specialTokens);
        return new ModelDescription(model, model.toConfigJson(), model.toGenerationConfigJson(), Map.of());
    }

    /** That of a folder; errors as for {@link CheckpointFolder#open}. */
    static ModelDescription read(Path folder) throws IOException {
        ObjectNode config = JsonFile.read(folder.resolve(CONFIG));
        Path generationFile = folder.resolve(GENERATION_CONFIG);
        boolean generates = Files.isRegularFile(generationFile);
        ObjectNode generation = generates ? JsonFile.read(generationFile) : JsonNodeFactory.instance.objectNode();
        ModelConfig model = ModelConfigReader.read(folder.resolve(CONFIG), config, generation);
        return new ModelDescription(
                model, config, generates ? generation : model.toGenerationConfigJson(), keptFiles(folder));
    }

    private static Map<String, byte[]> keptFiles(Path folder) throws IOException {
        var files = new LinkedHashMap<String, byte[]>();
        for (String name : KEPT) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file) && isOfFolder(folder.toRealPath(), file.toRealPath())) {
                files.put(name, JsonFile.readBytes(file, JsonFile.MOST_MEBIBYTES));
            }
        }
        return files;
    }

    /** Whether a file lies in the folder, or among the blobs that the folder of a Hugging Face cache links to. */
    private static boolean isOfFolder(Path folder, Path file) {
        int parts = folder.getNameCount();
        boolean isSnapshot = parts > 2 && folder.getName(parts - 2).toString().equals("snapshots");
        Path blobs = folder.resolve("../../blobs").normalize();
        return file.startsWith(folder) || (isSnapshot && file.startsWith(blobs));
    }

    /** The shape of the decoder. */
    public DecoderConfig config() {
        return model.decoder();
    }

    /** The special tokens of {@code config.json}, with the further end-of-text tokens of {@code generation_config.json}. */
    public SpecialTokenIds specialTokens() {
        return model.specialTokens();
    }

    /** Writes all of it into a folder, beside weights of this type. */
    void writeTo(Path folder, StoredType type) throws IOException {
        ObjectNode typed = config.deepCopy().put(ModelConfig.TORCH_DTYPE, type.torchName());
        if (typed.has(DTYPE)) {
            typed.put(DTYPE, type.torchName());
        }
        JsonFile.write(folder.resolve(CONFIG), typed);
        JsonFile.write(folder.resolve(GENERATION_CONFIG), generation);
        for (var file : files.entrySet()) {
            JsonFile.writeBytes(folder.resolve(file.getKey()), file.getValue());
        }
    }
}
