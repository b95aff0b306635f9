package dev.lion.student.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.student.decoder.DecoderConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointFolderTest {
    private static final DecoderConfig CONFIG = DecoderConfig.builder()
            .vocabSize(10)
            .hiddenSize(8)
            .intermediateSize(12)
            .numHiddenLayers(2)
            .numAttentionHeads(4)
            .numKeyValueHeads(2)
            .headDim(2)
            .maxPositionEmbeddings(64)
            .ropeTheta(5000)
            .rmsNormEps(1e-5)
            .tieWordEmbeddings(false)
            .build();
    private static final CheckpointFormat F32 = CheckpointFormat.ofType(StoredType.F32);
    private static final List<String> KEPT = List.of(
            "special_tokens_map.json", "added_tokens.json", "chat_template.jinja", "tokenizer.model", "LICENSE");
    private static final SpecialTokenIds TOKENS = SpecialTokenIds.of(0, 1);

    @TempDir
    Path folder;

    @Test
    void open_ofAWrittenFolder_givesEverythingBack() throws IOException {
        write(CONFIG);

        var opened = CheckpointFolder.open(folder);

        assertThat(opened.config()).isEqualTo(CONFIG);
        assertThat(opened.description().specialTokens()).isEqualTo(TOKENS);
        for (String name : CONFIG.parameterShapes().keySet()) {
            assertThat(values(opened, name)).isEqualTo(values(CONFIG.parameterShapes(), name));
        }
    }

    @Test
    void write_configJson_isOneThatTransformersReads() throws IOException {
        write(CONFIG);

        assertThat(folder.resolve("config.json")).content().isEqualToNormalizingNewlines("""
                        {
                          "architectures" : [ "LlamaForCausalLM" ],
                          "model_type" : "llama",
                          "vocab_size" : 10,
                          "hidden_size" : 8,
                          "intermediate_size" : 12,
                          "num_hidden_layers" : 2,
                          "num_attention_heads" : 4,
                          "num_key_value_heads" : 2,
                          "head_dim" : 2,
                          "max_position_embeddings" : 64,
                          "rope_theta" : 5000.0,
                          "rms_norm_eps" : 1.0E-5,
                          "tie_word_embeddings" : false,
                          "rope_scaling" : null,
                          "attention_bias" : false,
                          "mlp_bias" : false,
                          "hidden_act" : "silu",
                          "attention_dropout" : 0.0,
                          "bos_token_id" : 0,
                          "eos_token_id" : 0,
                          "pad_token_id" : 1,
                          "torch_dtype" : "float32"
                        }""");
        assertThat(JsonFile.read(folder.resolve("generation_config.json")).toString())
                .isEqualTo("{\"_from_model_config\":true,\"bos_token_id\":0,\"eos_token_id\":0,\"pad_token_id\":1}");
    }

    @Test
    void write_intoAFolderWithFiles_isRefusedAndLeavesThem() throws IOException {
        Files.writeString(folder.resolve("notes.txt"), "mine");

        assertThatThrownBy(
                        () -> CheckpointFolder.write(folder, ModelDescription.of(CONFIG, TOKENS), F32, weights(CONFIG)))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll(folder.toString(), "empty");
        assertThat(folder).isDirectoryNotContaining("glob:**.safetensors");
    }

    @Test
    void write_intoNoFolder_isRefused() {
        Path absent = folder.resolve("absent");

        assertThatThrownBy(
                        () -> CheckpointFolder.write(absent, ModelDescription.of(CONFIG, TOKENS), F32, weights(CONFIG)))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll(absent.toString(), "create it first");
    }

    @Test
    void open_ofNoFolder_saysWhatOneHolds() {
        assertRefused(folder.resolve("absent"), "no such folder", "config.json", "tokenizer.json", "model.safetensors");
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"})
    void open_withAFileMissing_namesItAndWhatAFolderHolds(String name) throws IOException {
        write(CONFIG);
        Files.delete(folder.resolve(name));

        assertRefused(folder, name + " missing", "model.safetensors.index.json");
    }

    /** Three gigabytes that take up no space on disk, and would take it in memory. */
    @ParameterizedTest
    @CsvSource({"config.json, 16", "generation_config.json, 16", "LICENSE, 16", "tokenizer.json, 256"})
    void open_withAHugeFile_namesItAndWhatItMayHave(String name, int most) throws IOException {
        write(CONFIG);
        Path file = folder.resolve(name);
        Files.deleteIfExists(file);
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {'x'}), 3L << 30);
        }

        assertRefused(folder, file + ": has more than " + most + " MiB");
    }

    /** A folder here; a pipe, which to open is to wait for ever, is no file either. */
    @ParameterizedTest
    @ValueSource(strings = {"model.safetensors", "model.safetensors.index.json"})
    void open_ofWeightsThatAreNoFile_saysThatTheyAreMissing(String name) throws IOException {
        write(CONFIG);
        Files.delete(folder.resolve("model.safetensors"));
        Files.createDirectory(folder.resolve(name));

        assertRefused(folder, "model.safetensors missing");
    }

    @Test
    void open_withoutGenerationConfig_isFine() throws IOException {
        write(CONFIG);
        Files.delete(folder.resolve("generation_config.json"));

        assertThat(CheckpointFolder.open(folder).description().specialTokens()).isEqualTo(TOKENS);
    }

    @Test
    void open_withSeveralEndsOfTextWritten_readsThemAgain() throws IOException {
        var tokens = new SpecialTokenIds(OptionalInt.empty(), List.of(2, 3), OptionalInt.empty());
        CheckpointFolder.write(folder, ModelDescription.of(CONFIG, tokens), F32, weights(CONFIG));
        addTokenizerFiles();

        assertThat(CheckpointFolder.open(folder).description().specialTokens()).isEqualTo(tokens);
    }

    @Test
    void open_withTensorsThatDoNotFit_listsAllOfThem() throws IOException {
        write(DecoderConfig.builder()
                .vocabSize(10)
                .hiddenSize(8)
                .intermediateSize(12)
                .numHiddenLayers(1)
                .numAttentionHeads(4)
                .numKeyValueHeads(2)
                .headDim(2)
                .maxPositionEmbeddings(64)
                .ropeTheta(5000)
                .rmsNormEps(1e-5)
                .tieWordEmbeddings(false)
                .build());
        config(json -> json.put("num_hidden_layers", 2).put("vocab_size", 11).put("tie_word_embeddings", true));

        assertRefused(
                folder,
                "model.embed_tokens.weight has shape [10, 8], expected [11, 8]",
                "model.layers.1.self_attn.k_proj.weight is missing, expected [4, 8]",
                "model.layers.1.mlp.down_proj.weight is missing, expected [8, 12]");
    }

    @Test
    void open_withATensorOfAnotherName_namesBoth() throws IOException {
        write(CONFIG);
        rewrite(SafetensorsFile.open(folder.resolve("model.safetensors")), "model.norm.weight", "model.norm.scale");

        assertRefused(
                folder, "model.norm.weight is missing, expected [8]", "model.norm.scale of shape [8] is unexpected");
    }

    @Test
    void open_withManyTensorsMissing_listsTenAndCountsTheOthers() throws IOException {
        write(CONFIG);
        config(json -> json.put("num_hidden_layers", 9999));

        assertThatThrownBy(() -> CheckpointFolder.open(folder))
                .isInstanceOf(CheckpointException.class)
                .message()
                .contains("model.layers.2.input_layernorm.weight is missing", "and 89963 more")
                .hasLineCount(12);
    }

    @Test
    void open_withUntiedHeadMissing_saysSo() throws IOException {
        write(DecoderConfig.builder()
                .vocabSize(10)
                .hiddenSize(8)
                .intermediateSize(12)
                .numHiddenLayers(1)
                .numAttentionHeads(4)
                .numKeyValueHeads(2)
                .headDim(2)
                .maxPositionEmbeddings(64)
                .ropeTheta(5000)
                .rmsNormEps(1e-5)
                .build());
        config(json -> json.put("tie_word_embeddings", false));

        assertRefused(folder, "lm_head.weight is missing, expected [10, 8]");
    }

    @Test
    void open_withTiedHeadStoredAsWell_isFine() throws IOException {
        write(CONFIG);
        config(json -> json.put("tie_word_embeddings", true));

        assertThat(CheckpointFolder.open(folder).config().tieWordEmbeddings()).isTrue();
    }

    @Test
    void open_withRotaryBuffersOfOlderFiles_isFine() throws IOException {
        write(CONFIG);
        var file = SafetensorsFile.open(folder.resolve("model.safetensors"));
        var shapes = new LinkedHashMap<>(file.shapes());
        shapes.put("model.layers.0.self_attn.rotary_emb.inv_freq", List.of(1L));
        Path added = folder.resolve("added.safetensors");
        SafetensorsFile.write(added, shapes, StoredType.F32, (name, chunks) -> chunks.accept(values(shapes, name)));
        Files.move(added, folder.resolve("model.safetensors"), StandardCopyOption.REPLACE_EXISTING);

        assertThat(CheckpointFolder.open(folder).config()).isEqualTo(CONFIG);
    }

    @Test
    void open_ofShards_readsEachTensorFromItsOwn() throws IOException {
        writeShards(name -> name.startsWith("model.layers.1") ? "second.safetensors" : "first.safetensors");

        var opened = CheckpointFolder.open(folder);

        for (String name : CONFIG.parameterShapes().keySet()) {
            assertThat(values(opened, name)).isEqualTo(values(CONFIG.parameterShapes(), name));
        }
    }

    @Test
    void open_ofAnIndexThatDoesNotFitItsShards_listsTheFaults() throws IOException {
        writeShards(name -> "first.safetensors");
        edit(
                "model.safetensors.index.json",
                json -> ((ObjectNode) json.path("weight_map"))
                        .put("model.norm.weight", "third.safetensors")
                        .put("lm_head.weight", "../first.safetensors")
                        .put("extra.weight", "first.safetensors"));

        assertRefused(
                folder,
                "model.safetensors.index.json",
                "tensor model.norm.weight is said to be in third.safetensors, and there is no such file",
                "tensor lm_head.weight is said to be in '../first.safetensors', not a file of this folder",
                "tensor extra.weight is not in first.safetensors");
    }

    /** Neither a zero nor half a surrogate pair can be in the name of a file. */
    @ParameterizedTest
    @ValueSource(strings = {"\u0000first.safetensors", "\ud800"})
    void open_ofAShardThatCannotBeAFile_namesTheTensor(String shard) throws IOException {
        writeShards(name -> "first.safetensors");
        Path index = folder.resolve("model.safetensors.index.json");
        String escaped = "\\u%04x".formatted((int) shard.charAt(0)) + shard.substring(1);
        String json = Files.readString(index).replaceFirst("first.safetensors", Matcher.quoteReplacement(escaped));
        Files.writeString(index, json);

        assertRefused(folder, index.toString(), "tensor model.embed_tokens.weight is said to be in");
    }

    @Test
    void open_ofAShardWithTensorsThatTheIndexDoesNotList_namesThem() throws IOException {
        writeShards(name -> "first.safetensors");
        edit(
                "model.safetensors.index.json",
                json -> ((ObjectNode) json.path("weight_map")).remove("model.norm.weight"));

        assertRefused(
                folder,
                "model.safetensors.index.json",
                "tensor model.norm.weight is in first.safetensors, where the index does not look for it");
    }

    @Test
    void open_ofATruncatedShard_namesItAndTheTensor() throws IOException {
        writeShards(name -> name.startsWith("model.layers.1") ? "second.safetensors" : "first.safetensors");
        Path shard = folder.resolve("second.safetensors");
        try (var channel = FileChannel.open(shard, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 4);
        }

        assertRefused(folder, shard.toString(), "tensor model.layers.1.mlp.down_proj.weight ends at byte", "cut off");
    }

    @Test
    void open_throughSymbolicLinks_isFine(@TempDir Path elsewhere) throws IOException {
        write(CONFIG);
        for (String name : List.of("model.safetensors", "config.json")) {
            Files.move(folder.resolve(name), elsewhere.resolve("blob-of-" + name));
            Files.createSymbolicLink(folder.resolve(name), elsewhere.resolve("blob-of-" + name));
        }
        Path link = Files.createSymbolicLink(elsewhere.resolve("snapshot"), folder);

        assertThat(CheckpointFolder.open(link).config()).isEqualTo(CONFIG);
    }

    @Test
    void open_ofWeightsThatAreNoFloats_namesThem() throws IOException {
        write(CONFIG);
        Path file = folder.resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.ISO_8859_1)
                .replace("model.norm.weight\":{\"dtype\":\"F32", "model.norm.weight\":{\"dtype\":\"I32");
        Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));

        assertRefused(folder, "model.norm.weight has dtype I32; only F32, F16 and BF16 are read as weights");
    }

    @Test
    void open_ofAFolderWithoutSafetensors_saysWhatToDo() throws IOException {
        write(CONFIG);
        Files.move(folder.resolve("model.safetensors"), folder.resolve("pytorch_model.bin"));

        assertRefused(folder, "model.safetensors (pytorch_model.bin is not read", "save the model with transformers");
    }

    /** More numbers than a machine has memory for: refused by the configuration, before anything is allocated for them. */
    @Test
    void open_ofAnotherFamily_isRefusedBeforeWeightsAreLookedAt() throws IOException {
        write(CONFIG);
        Files.write(folder.resolve("model.safetensors"), new byte[3]);
        config(json -> json.put("model_type", "gemma3").put("vocab_size", Integer.MAX_VALUE));

        assertRefused(folder, "config.json", "model_type 'gemma3' is not supported");
    }

    @Test
    void write_inShards_isWhatTransformersLooksFor() throws IOException {
        CheckpointFolder.write(
                folder, ModelDescription.of(CONFIG, TOKENS), F32.withMaxShardBytes(400), weights(CONFIG));
        addTokenizerFiles();

        ObjectNode index = JsonFile.read(folder.resolve("model.safetensors.index.json"));
        long bytes = 4 * CONFIG.parameterCount();
        assertThat(index.path("metadata").path("total_size").asLong()).isEqualTo(bytes);
        var shards = new LinkedHashSet<String>();
        index.path("weight_map").forEach(shard -> shards.add(shard.asText()));
        assertThat(shards).startsWith("model-00001-of-00014.safetensors").endsWith("model-00014-of-00014.safetensors");
        assertThat(folder).isDirectoryNotContaining("glob:**model.safetensors");
        for (String shard : shards) {
            var tensors = SafetensorsFile.open(folder.resolve(shard)).shapes();
            long size = tensors.values().stream()
                            .mapToLong(SafetensorsHeader::count)
                            .sum()
                    * 4;
            assertThat(size <= 400 || tensors.size() == 1).as(shard).isTrue();
        }
        var opened = CheckpointFolder.open(folder);
        for (String name : CONFIG.parameterShapes().keySet()) {
            assertThat(values(opened, name)).isEqualTo(values(CONFIG.parameterShapes(), name));
        }
    }

    @ParameterizedTest
    @CsvSource({"F32, float32", "F16, float16", "BF16, bfloat16"})
    void write_ofAType_saysItInBothSpellings(StoredType type, String name, @TempDir Path copy) throws IOException {
        write(CONFIG);
        config(json -> json.put("dtype", "float64"));

        CheckpointFolder.write(
                copy,
                CheckpointFolder.open(folder).description(),
                CheckpointFormat.ofType(type),
                CheckpointFolder.open(folder));

        ObjectNode config = JsonFile.read(copy.resolve("config.json"));
        assertThat(config.path("torch_dtype").asText()).isEqualTo(name);
        assertThat(config.path("dtype").asText()).isEqualTo(name);
        assertThat(Files.size(copy.resolve("model.safetensors")))
                .isBetween(CONFIG.parameterCount() * type.bytes(), CONFIG.parameterCount() * type.bytes() + 4096);
    }

    @Test
    void write_ofAFolderThatWasRead_keepsWhatIsNotInterpreted(@TempDir Path copy) throws IOException {
        write(CONFIG);
        config(json -> json.put("transformers_version", "4.40.1").put("use_cache", true));
        edit("generation_config.json", json -> json.put("temperature", 0.6).put("top_p", 0.9));
        for (String name : KEPT) {
            Files.writeString(folder.resolve(name), "content of " + name);
        }
        Files.writeString(folder.resolve("README.md"), "not the copy's");
        ObjectNode config = JsonFile.read(folder.resolve("config.json"));
        ObjectNode generation = JsonFile.read(folder.resolve("generation_config.json"));
        var opened = CheckpointFolder.open(folder);

        CheckpointFolder.write(copy, opened.description(), F32, weights(CONFIG));

        assertThat(JsonFile.read(copy.resolve("config.json"))).isEqualTo(config);
        assertThat(JsonFile.read(copy.resolve("generation_config.json"))).isEqualTo(generation);
        for (String name : KEPT) {
            assertThat(copy.resolve(name)).hasContent("content of " + name);
        }
        assertThat(copy.resolve("README.md")).doesNotExist();
    }

    /** Whoever made the folder must not get a file of the machine into what is passed on. */
    @Test
    void write_ofAFolderWithALinkOutOfIt_leavesTheFileOut(@TempDir Path copy, @TempDir Path elsewhere)
            throws IOException {
        write(CONFIG);
        Path secret = Files.writeString(elsewhere.resolve("secret"), "a password");
        Files.createSymbolicLink(folder.resolve("LICENSE"), secret);
        Files.writeString(folder.resolve("terms"), "free");
        Files.createSymbolicLink(folder.resolve("NOTICE"), Path.of("terms"));

        CheckpointFolder.write(copy, CheckpointFolder.open(folder).description(), F32, weights(CONFIG));

        assertThat(copy.resolve("LICENSE")).doesNotExist();
        assertThat(copy.resolve("NOTICE")).hasContent("free");
    }

    @Test
    void write_ofASnapshotInAHubCache_keepsItsBlobs(@TempDir Path copy, @TempDir Path cache) throws IOException {
        write(CONFIG);
        Path snapshots = Files.createDirectories(cache.resolve("models--a--b/snapshots"));
        Path snapshot = Files.move(folder, snapshots.resolve("0123"));
        Files.createDirectories(folder);
        Files.writeString(
                Files.createDirectory(cache.resolve("models--a--b/blobs")).resolve("45"), "free");
        Files.createSymbolicLink(snapshot.resolve("LICENSE"), Path.of("../../blobs/45"));

        CheckpointFolder.write(copy, CheckpointFolder.open(snapshot).description(), F32, weights(CONFIG));

        assertThat(copy.resolve("LICENSE")).hasContent("free");
    }

    @Test
    void write_ofWeightsBeyondTheType_namesFileAndTensor() {
        assertThatThrownBy(() -> CheckpointFolder.write(
                        folder,
                        ModelDescription.of(CONFIG, TOKENS),
                        CheckpointFormat.ofType(StoredType.F16),
                        (name, chunks) -> chunks.accept(
                                name.equals("model.norm.weight") ? huge(8) : values(CONFIG.parameterShapes(), name))))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll(folder.toString(), "tensor model.norm.weight", "range of F16");
    }

    private static FloatBuffer huge(int count) {
        var values = FloatBuffer.allocate(count);
        values.put(3, 70_000);
        return values;
    }

    @Test
    void read_ofWeightsWithNan_namesFileAndTensor() throws IOException {
        write(CONFIG);
        Path file = folder.resolve("model.safetensors");
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            var nan = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(0, Float.NaN);
            channel.write(nan, channel.size() - 4);
        }
        var opened = CheckpointFolder.open(folder);

        assertThatThrownBy(() -> values(opened, "lm_head.weight"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll(file.toString(), "tensor lm_head.weight is NaN at place 79");
    }

    @Test
    void open_ofAnIndexWithoutMap_isRefused() throws IOException {
        writeShards(name -> "first.safetensors");
        edit("model.safetensors.index.json", json -> json.remove("weight_map"));

        assertRefused(folder, "model.safetensors.index.json", "weight_map");
    }

    @Test
    void open_ofDamagedConfigJson_namesTheFile() throws IOException {
        write(CONFIG);
        Files.writeString(folder.resolve("config.json"), "{\"vocab_size\": 10, \"vocab_size\": 11}");

        assertRefused(folder, folder.resolve("config.json").toString(), "Duplicate field 'vocab_size'");
    }

    private void write(DecoderConfig config) throws IOException {
        CheckpointFolder.write(folder, ModelDescription.of(config, TOKENS), F32, weights(config));
        addTokenizerFiles();
    }

    private void addTokenizerFiles() throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), "{}");
        Files.writeString(folder.resolve("tokenizer_config.json"), "{}");
    }

    private void writeShards(UnaryOperator<String> shardOf) throws IOException {
        write(CONFIG);
        Files.delete(folder.resolve("model.safetensors"));
        var byShard = new LinkedHashMap<String, Map<String, List<Long>>>();
        var index = JsonNodeFactory.instance.objectNode();
        ObjectNode map = index.putObject("weight_map");
        CONFIG.parameterShapes().forEach((name, shape) -> {
            map.put(name, shardOf.apply(name));
            byShard.computeIfAbsent(shardOf.apply(name), shard -> new LinkedHashMap<>())
                    .put(name, shape);
        });
        for (var shard : byShard.entrySet()) {
            SafetensorsFile.write(folder.resolve(shard.getKey()), shard.getValue(), StoredType.F32, weights(CONFIG));
        }
        JsonFile.write(folder.resolve("model.safetensors.index.json"), index);
    }

    private void rewrite(SafetensorsFile file, String name, String newName) throws IOException {
        var shapes = new LinkedHashMap<String, List<Long>>();
        file.shapes().forEach((old, shape) -> shapes.put(old.equals(name) ? newName : old, shape));
        SafetensorsFile.write(
                file.path(), shapes, StoredType.F32, (wanted, chunks) -> chunks.accept(values(shapes, wanted)));
    }

    private void config(Consumer<ObjectNode> change) throws IOException {
        edit("config.json", change);
    }

    private void edit(String name, Consumer<ObjectNode> change) throws IOException {
        ObjectNode json = JsonFile.read(folder.resolve(name));
        change.accept(json);
        JsonFile.write(folder.resolve(name), json);
    }

    private static void assertRefused(Path folder, String... parts) {
        assertThatThrownBy(() -> CheckpointFolder.open(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContainingAll(parts);
    }

    private static TensorSource weights(DecoderConfig config) {
        return (name, chunks) -> chunks.accept(values(config.parameterShapes(), name));
    }

    private static FloatBuffer values(CheckpointFolder opened, String name) throws IOException {
        var values = FloatBuffer.allocate(
                (int) SafetensorsHeader.count(CONFIG.parameterShapes().getOrDefault(name, List.of())));
        opened.readInto(name, values);
        return values.flip();
    }

    private static FloatBuffer values(Map<String, List<Long>> shapes, String name) {
        var values = FloatBuffer.allocate((int) SafetensorsHeader.count(shapes.getOrDefault(name, List.of())));
        for (int i = 0; i < values.capacity(); i++) {
            values.put(i, name.hashCode() % 1000 + i / 8f);
        }
        return values;
    }
}
